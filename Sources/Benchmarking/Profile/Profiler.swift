import Glibc
import OCRInference
import Synchronization

/// Times every operation of a thread pool, and what each of its threads did meanwhile.
public final class Profiler: OperationObserver {
  struct Event {
    var operation: OCRInference.Operation
    var cost: OperationCost
    /// Nanoseconds of the monotonic clock, as the pool's own spans.
    var start: Int64
    var end: Int64
  }

  private let events = Mutex<[Event]>([])
  /// By thread.
  private let spans: Mutex<[[ThreadPool.Span]]>
  private let pool: ThreadPool

  public init(_ pool: ThreadPool) {
    self.pool = pool
    spans = Mutex(Array(repeating: [], count: pool.threads))
  }

  /// Watches the pool while `work` runs, whole passes; what was watched before is kept.
  public func watch<Result>(_ work: () throws -> Result) rethrows -> Result {
    _ = pool.beginTrace()
    pool.observer = self
    defer {
      pool.observer = nil
      let traced = pool.tracedSpans()
      pool.endTrace()
      spans.withLock { all in
        for thread in traced.indices { all[thread] += traced[thread] }
      }
    }
    return try work()
  }

  package func observe(_ operation: OCRInference.Operation, perform: () -> Void) {
    // Before: attention's cost follows the length of the cache now.
    let cost = OperationCost(operation)
    let start = Self.now()
    perform()
    let end = Self.now()
    events.withLock {
      $0.append(Event(operation: operation, cost: cost, start: start, end: end))
    }
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Of all that was watched so far.
  public var profile: Profile {
    Profile(events: events.withLock { $0 }, spans: spans.withLock { $0 })
  }
}
