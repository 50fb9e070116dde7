import Glibc

/// Processor time that this process has taken so far, user and system seconds.
package struct ProcessorTime: Sendable, Equatable {
  package var own: Double
  /// Of children that have ended and were waited for: getrusage(2) tells of no others, so a program counts in the
  /// measurement in which it ends.
  package var children: Double

  package init(own: Double, children: Double) {
    self.own = own
    self.children = children
  }

  package static var now: ProcessorTime {
    ProcessorTime(
      own: seconds(of: RUSAGE_SELF.rawValue), children: seconds(of: RUSAGE_CHILDREN.rawValue))
  }

  /// - Parameter countingChildren: whether they are part of what was measured; nvidia-smi, which only watches, is none.
  package func seconds(since first: ProcessorTime, countingChildren: Bool) -> Double {
    own - first.own + (countingChildren ? children - first.children : 0)
  }

  private static func seconds(of whom: Int32) -> Double {
    var usage = rusage()
    guard getrusage(whom, &usage) == 0 else { return 0 }
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }
}
