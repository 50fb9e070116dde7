import Foundation

/// Ctrl-C and SIGTERM end a run as a cancelled task does: the engine's child is stopped, what was
/// read is on disk, and the run can be resumed.
struct Interruption: Error, CustomStringConvertible {
  let directory: String

  var description: String {
    "interrupted; every document read so far is kept: medbench run --resume \(directory)"
  }

  /// Runs `work` in a task that either signal cancels.
  static func cancelling<T: Sendable>(
    _ work: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }
}
