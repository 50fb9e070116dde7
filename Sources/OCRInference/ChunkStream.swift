import Synchronization

/// The chunks that `work` yields, as a stream that ends only when `work` has.
///
/// A plain `AsyncThrowingStream` ends for its consumer the moment the consuming task is cancelled,
/// while its producer is still taking a child process down. Here the end is handed on after `work`
/// has returned or thrown; whatever it throws, the consumer gets.
public func chunkStream(
  _ work: @escaping @Sendable (@escaping @Sendable (TextChunk) -> Void) async throws -> Void
) -> AsyncThrowingStream<TextChunk, any Error> {
  let pump = ChunkPump(work)
  return AsyncThrowingStream { try await pump.next() }
}

/// Runs the work in a task of its own and hands its chunks on; cancels it when let go.
private final class ChunkPump: Sendable {
  private let worker: Task<Void, any Error>
  private let arrived: ChunkQueue

  init(_ work: @escaping @Sendable (@escaping @Sendable (TextChunk) -> Void) async throws -> Void) {
    let queue = ChunkQueue()
    arrived = queue
    worker = Task {
      defer { queue.finish() }
      try await work { queue.append($0) }
    }
  }

  deinit { worker.cancel() }

  func next() async throws -> TextChunk? {
    let chunk = await withTaskCancellationHandler {
      await arrived.next()
    } onCancel: {
      worker.cancel()
    }
    if let chunk { return chunk }
    try await worker.value
    return nil
  }
}

/// Chunks waiting for one consumer. Unlike a stream it does not end on cancellation: it is the
/// worker, cancelled, that ends it.
private final class ChunkQueue: Sendable {
  private struct State {
    var chunks: [TextChunk] = []
    var finished = false
    var waiter: CheckedContinuation<TextChunk?, Never>?
  }
  private let state = Mutex(State())

  func append(_ chunk: TextChunk) {
    let waiter = state.withLock { state -> CheckedContinuation<TextChunk?, Never>? in
      defer { state.waiter = nil }
      if state.waiter == nil { state.chunks.append(chunk) }
      return state.waiter
    }
    waiter?.resume(returning: chunk)
  }

  func finish() {
    let waiter = state.withLock { state -> CheckedContinuation<TextChunk?, Never>? in
      defer { state.waiter = nil }
      state.finished = true
      return state.waiter
    }
    waiter?.resume(returning: nil)
  }

  func next() async -> TextChunk? {
    await withCheckedContinuation { continuation in
      let ready: TextChunk?? = state.withLock { state in
        if !state.chunks.isEmpty { return .some(state.chunks.removeFirst()) }
        if state.finished { return .some(nil) }
        state.waiter = continuation
        return .none
      }
      if let ready { continuation.resume(returning: ready) }
    }
  }
}
