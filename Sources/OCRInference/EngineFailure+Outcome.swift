import Foundation

extension EngineFailure {
  var diagnostics: String {
    switch self {
    case .crashed(_, let diagnostics), .exited(_, let diagnostics),
      .timedOut(_, let diagnostics), .unreadableOutput(_, let diagnostics):
      diagnostics
    case .repeated, .truncated: ""
    }
  }

  /// A failure found in the output, with what its child had to say.
  func with(diagnostics: String) -> EngineFailure {
    switch self {
    case .crashed(let signal, _): .crashed(signal: signal, diagnostics: diagnostics)
    case .exited(let code, _): .exited(code: code, diagnostics: diagnostics)
    case .timedOut(let limit, _): .timedOut(after: limit, diagnostics: diagnostics)
    case .unreadableOutput(let reason, _):
      .unreadableOutput(reason: reason, diagnostics: diagnostics)
    case .repeated, .truncated: self
    }
  }

  /// The failure as a record keeps it: `exit code 3`, `signal 11 (Segmentation fault)`.
  var outcome: PageOutcome {
    let (status, detail): (PageOutcome.Status, String) =
      switch self {
      case .crashed(let signal, _):
        (.crashed, "signal \(signal) (\(String(cString: strsignal(signal))))")
      case .exited(let code, _): (.exited, "exit code \(code)")
      case .timedOut(let limit, _): (.timedOut, "stopped after \(limit.milliseconds) ms")
      case .unreadableOutput(let reason, _): (.unreadableOutput, reason)
      case .repeated(let tokens): (.repeated, "stopped after \(tokens) tokens")
      case .truncated(let tokens): (.truncated, "no end within \(tokens) tokens")
      }
    return PageOutcome(
      status: status, detail: detail, diagnostics: diagnostics.isEmpty ? nil : diagnostics)
  }

  static func overlongOutput(diagnostics: String = "") -> EngineFailure {
    .unreadableOutput(
      reason: "more than \(outputLimit >> 20) MiB of output; a page is a few kilobytes",
      diagnostics: diagnostics)
  }
}
