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
  private let pool: ThreadPool

  /// Watches `pool` until `finish`. Between passes only.
  public init(_ pool: ThreadPool) {
    self.pool = pool
    _ = pool.beginTrace()
    pool.observer = self
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

  /// Stops watching, and gives what was seen.
  public func finish() -> Profile {
    pool.observer = nil
    let spans = pool.tracedSpans()
    pool.endTrace()
    return Profile(events: events.withLock { $0 }, spans: spans)
  }
}
