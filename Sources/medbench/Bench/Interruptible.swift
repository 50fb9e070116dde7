import Foundation
import Synchronization

/// Ctrl-C and SIGTERM end a benchmark between two measurements: what was measured so far is reported, marked partial.
enum Interruptible {
  static func run<Result>(
    _ work: (_ isCancelled: @escaping @Sendable () -> Bool) async throws -> Result
  ) async rethrows -> Result {
    let asked = Flag()
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { asked.value.store(true, ordering: .relaxed) }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await work { asked.value.load(ordering: .relaxed) }
  }

  private final class Flag: Sendable {
    let value = Atomic(false)
  }
}
