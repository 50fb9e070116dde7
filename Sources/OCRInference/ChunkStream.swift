import Synchronization

/// The chunks that `work` yields. Work whose consumer is cancelled or gone is cancelled.
///
/// A stream ends for a cancelled consumer at once, while a child process is still being taken
/// down; `transcribe` waits for that too, so that no page runs into the time of the next.
public func chunkStream(
  _ work: @escaping @Sendable (@escaping @Sendable (TextChunk) -> Void) async throws -> Void
) -> AsyncThrowingStream<TextChunk, any Error> {
  AsyncThrowingStream { continuation in
    let worker = Task {
      do {
        try await work { continuation.yield($0) }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
        throw error
      }
    }
    continuation.onTermination = { _ in worker.cancel() }
    StreamWorkers.current?.add(worker)
  }
}

/// The tasks behind the streams made for one page.
final class StreamWorkers: Sendable {
  @TaskLocal static var current: StreamWorkers?

  private let tasks = Mutex<[Task<Void, any Error>]>([])

  fileprivate func add(_ task: Task<Void, any Error>) { tasks.withLock { $0.append(task) } }

  /// Ends what still works, and waits for it.
  /// - Returns: what the child process of a cancelled worker had written to standard error.
  func ended() async -> String {
    var diagnostics = ""
    for task in tasks.withLock({ $0 }) {
      task.cancel()
      if case .failure(let error as ReadingCancelled) = await task.result {
        diagnostics = error.diagnostics
      }
    }
    return diagnostics
  }
}
