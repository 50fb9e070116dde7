import CKernels

extension ThreadPool {
  /// When a thread worked: nanoseconds of `traceClock`.
  public struct Span: Sendable, Equatable {
    public let start: Int64
    public let end: Int64
  }

  /// Nanoseconds since a moment that stays the same; a few of them to read.
  package static var traceClock: Int64 { mb_clock() }

  /// Notes when each thread works, from now on; what was noted before is forgotten. Between passes only.
  /// - Returns: false where memory is short.
  package func beginTrace() -> Bool { mb_pool_trace_begin(handle) }

  /// By thread, in the order of time.
  package func tracedSpans() -> [[Span]] {
    (0..<threads).map { thread in
      var start: UnsafePointer<mb_span>?
      let count = mb_pool_trace_spans(handle, Int32(thread), &start)
      return UnsafeBufferPointer(start: start, count: count).map {
        Span(start: $0.start, end: $0.end)
      }
    }
  }

  package func endTrace() { mb_pool_trace_end(handle) }
}
