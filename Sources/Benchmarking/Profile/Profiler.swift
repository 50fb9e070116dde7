import OCRInference
import Synchronization

/// Times every operation of a thread pool, and what each of its threads did meanwhile.
public final class Profiler: OperationObserver {
  struct Event {
    var operation: OCRInference.Operation
    /// Of an operation whose cost is another once the pass goes on; the others' are counted afterwards.
    var earlyCost: OperationCost?
    /// Nanoseconds of `ThreadPool.traceClock`, as the pool's own spans.
    var start: Int64
    var end: Int64
  }

  private let events: Mutex<[Event]>
  /// By thread.
  private let spans: Mutex<[[ThreadPool.Span]]>
  private let pool: ThreadPool

  public init(_ pool: ThreadPool) {
    self.pool = pool
    spans = Mutex(Array(repeating: [], count: pool.threads))
    events = Mutex(Self.room(for: 1 << 16))
  }

  /// An empty array whose memory was written to: nothing grows, and no page is had from the system, while it is timed.
  private static func room(for count: Int) -> [Event] {
    [Event](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, repeating: 0)
      initialized = 0
    }
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
    let earlyCost = operation.changesCost ? OperationCost(operation) : nil
    let start = ThreadPool.traceClock
    perform()
    let end = ThreadPool.traceClock
    events.withLock {
      $0.append(Event(operation: operation, earlyCost: earlyCost, start: start, end: end))
    }
  }

  /// Of all that was watched so far.
  public var profile: Profile {
    Profile(events: events.withLock { $0 }, spans: spans.withLock { $0 })
  }
}

extension OCRInference.Operation {
  /// Attention's follows the length of the cache now, and the angles' the positions of this pass.
  fileprivate var changesCost: Bool {
    switch self {
    case .attend, .angles: true
    default: false
    }
  }
}
