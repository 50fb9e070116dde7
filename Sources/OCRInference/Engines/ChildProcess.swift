import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// One run of another program: its output as it comes, and no process left when it ends.
///
/// The child leads a session of its own, so that its children can be signalled with it. When the
/// calling task is cancelled the whole group gets TERM and, half a second later, KILL; a group
/// outlives its leader in no case. What a child moves into yet another session is out of reach.
struct ChildProcess: Sendable {
  /// An absolute path.
  var program: String
  var arguments: [String]
  /// Added to the environment of this process, which the child inherits.
  var environment: [String: String] = [:]

  /// What a child told to stop gets before it is killed.
  static let grace = Duration.milliseconds(500)

  /// Runs the program to its end with nothing on standard input, handing on standard output.
  ///
  /// Output counts until the program itself exits: what a child it left behind prints later is
  /// not waited for.
  /// - Returns: the tail of standard error of a child that exited with 0.
  /// - Throws: `EngineFailure` for any other end, `ReadingCancelled` after cancellation, and what
  ///   `take` throws, for which the child is taken down too.
  func run(take: @Sendable ([UInt8]) throws -> Void) async throws -> String {
    let diagnostics = DiagnosticTail()
    let status: TerminationStatus
    do {
      status = try await finishedStatus(diagnostics: diagnostics, take: take)
    } catch  where Task.isCancelled {
      throw ReadingCancelled(diagnostics: diagnostics.text)
    } catch let failure as EngineFailure {
      throw failure.with(diagnostics: diagnostics.text)
    } catch let error as SubprocessError {
      let reason = "\(error)".replacing("\n", with: " ")
      throw EngineFailure.unreadableOutput(
        reason: "\(program) cannot be run (\(reason)); a script needs a #! line",
        diagnostics: diagnostics.text)
    }
    if Task.isCancelled { throw ReadingCancelled(diagnostics: diagnostics.text) }
    switch status {
    case .exited(0): return diagnostics.text
    case .exited(let code): throw EngineFailure.exited(code: code, diagnostics: diagnostics.text)
    case .signaled(let signal):
      throw EngineFailure.crashed(signal: signal, diagnostics: diagnostics.text)
    }
  }

  private func finishedStatus(
    diagnostics: DiagnosticTail, take: @Sendable ([UInt8]) throws -> Void
  ) async throws -> TerminationStatus {
    var platform = PlatformOptions()
    platform.createSession = true
    platform.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.grace)
    ]
    let group = Mutex<pid_t?>(nil)
    // The leader may be gone before its children are: teardown stops at its end, and so does a
    // run in which it exits by itself. The number of a group in use is not given out again, and
    // an empty group cannot be signalled.
    defer {
      if let leader = group.withLock({ $0 }) { kill(-leader, SIGKILL) }
    }
    return try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments),
      environment: .inherit.updating(
        [Environment.Key: String?](
          uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
      platformOptions: platform, input: .none, output: .sequence, error: .sequence
    ) { execution in
      group.withLock { $0 = execution.processIdentifier.value }
      async let errors: Void = diagnostics.fill(from: execution.standardError)
      // Cancelled when this closure ends.
      async let _ = PeakMemory.watch(execution.processIdentifier.value)
      for try await buffer in execution.standardOutput {
        try take(buffer.withUnsafeBytes { Array($0) })
      }
      try await errors
    }.terminationStatus
  }
}

/// The last 8 KiB of what a child wrote to standard error: enough for a message, not a log.
private final class DiagnosticTail: Sendable {
  private static let limit = 8 << 10
  private let bytes = Mutex<[UInt8]>([])

  func fill(from stream: SubprocessOutputSequence) async throws {
    for try await buffer in stream {
      let new = buffer.withUnsafeBytes { Array($0) }
      bytes.withLock {
        $0.append(contentsOf: new)
        if $0.count > Self.limit { $0.removeFirst($0.count - Self.limit) }
      }
    }
  }

  /// As UTF-8, with U+FFFD where it is none (the cut may fall inside a character).
  var text: String {
    String(decoding: bytes.withLock { $0 }, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
