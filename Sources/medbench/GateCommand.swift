import ArgumentParser
import Foundation
import Pipeline
import Reporting
import Scoring

/// `medbench gate --baseline DIR --candidate DIR`: a candidate's SLAs, and whether it is no worse.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge a candidate's run by its SLAs and against a baseline's.",
    discussion: """
      Both runs must have read the same pages at the same DPI with the same degradation, scored by the \
      same scorer. A margin says by how much the candidate may be worse; the bound on the difference, \
      paired by document, must lie inside it. A margin of critical=0 lets no more documents have a \
      critical error than the baseline's. docs/verdicts.md has the formulas, docs/ci.md a pipeline.

      Examples:
        medbench gate --baseline results/released --candidate results/new \\
          --margin cer=0.002 --margin critical=0
        medbench gate --history history.sqlite --baseline history:released \\
          --candidate results/new --margin critical=0

      Exits 0 for PASS, 1 for FAIL, 2 for INCONCLUSIVE.
      """)

  @Option(
    help: "Results directory of the released model, or history:NAME with --history.",
    completion: .directory)
  var baseline: String

  @Option(help: "Results directory of the model to judge.", completion: .directory)
  var candidate: String

  @Option(help: "The history whose baseline is meant.", completion: .file())
  var history: String?

  @Option(help: "METRIC=NUMBER, of cer, critical, fields, hallucination, latency; several allowed.")
  var margin: [String] = []

  @OptionGroup var sureness: ConfidenceOption

  @Option(help: "Write the gate's verdicts to this file as JSON.", completion: .file())
  var json: String?

  @Option(help: "Write them to this file as JUnit XML.", completion: .file())
  var junit: String?

  @Option(help: "Language of the report: ko or en (default: the locale's).")
  var language: Language?

  func validate() throws {
    if baseline.hasPrefix(BaselineLocation.prefix), history == nil {
      throw ValidationError("--baseline \(baseline): name the history with --history FILE.")
    }
  }

  func run() throws {
    let margins = try Margin.list(margin)
    let gate = try Gate(
      baseline: try BaselineLocation.record(of: baseline, history: history),
      candidate: try ResultsDirectory(candidate).read(), margins: margins,
      confidence: sureness.confidence)
    let report = GateReport(
      gate, language: language ?? .current(), coloured: TerminalStyle.isColoured())
    if let json { try report.writeJSON(to: json) }
    if let junit { try report.writeJUnit(to: junit) }
    print(report.rendered(), terminator: "")
    try ExitStatus.leave(for: gate.outcome)
  }
}

/// `--confidence`, where bounds are to decide.
struct ConfidenceOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Decide by one-sided bounds at this confidence, as 0.95: PASS, FAIL or INCONCLUSIVE.",
      valueName: "share"))
  var confidence: Double?

  func validate() throws {
    if let confidence, !(confidence > 0.5 && confidence < 1) {
      throw ValidationError("--confidence \(confidence): more than 0.5 and less than 1, as 0.95.")
    }
  }
}

extension ExitStatus {
  static let inconclusive: Int32 = 2

  /// 0 PASS, 1 FAIL, 2 INCONCLUSIVE.
  static func leave(for outcome: Outcome) throws {
    switch outcome {
    case .pass: return
    case .fail: throw ExitCode(1)
    case .inconclusive: throw ExitCode(inconclusive)
    }
  }
}
