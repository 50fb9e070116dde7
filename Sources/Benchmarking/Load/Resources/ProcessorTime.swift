import Glibc

/// Processor time that this process and its ended children have taken.
enum ProcessorTime {
  /// User and system seconds so far.
  static var seconds: Double {
    seconds(of: RUSAGE_SELF.rawValue) + seconds(of: RUSAGE_CHILDREN.rawValue)
  }

  private static func seconds(of whom: Int32) -> Double {
    var usage = rusage()
    guard getrusage(whom, &usage) == 0 else { return 0 }
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }
}
