import ArgumentParser
import DocProfiles
import Reporting
import Scoring

/// `medbench audit`: the gate tests itself.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Test the gate itself.",
    discussion: """
      --calibration draws documents from models that stand exactly at a limit, judges them as a run with \
      --confidence does, and prints how often each kind of SLA was passed, which must be at most one minus \
      the confidence. docs/verdicts.md has the table.

      Exits 0 when every rule keeps its word and 1 when one does not.
      """)

  @Flag(help: "Measure how often each kind of SLA passes a model that stands at its limit.")
  var calibration = false

  @Option(help: "Samples drawn for each line.")
  var samples = 2000

  @Option(help: "Of the verdicts, more than 0.5 and less than 1.")
  var confidence = 0.95

  @Option(help: "Seed of the simulation.")
  var seed: UInt64 = 1

  func validate() throws {
    guard calibration else { throw ValidationError("Say what to audit: --calibration.") }
    guard AddedLimits.isConfidence(confidence) else {
      throw ValidationError("--confidence \(confidence): more than 0.5 and less than 1, as 0.95.")
    }
    guard (1...1_000_000).contains(samples) else {
      throw ValidationError("--samples \(samples): from 1 to 1000000.")
    }
  }

  func run() throws {
    let calibration = Calibration(confidence: confidence, samples: samples, seed: seed)
    var table = TerminalTable([
      .left("SLA"), .left("Documents are"), .right("Limit"), .right("Documents"),
      .right("False PASS"), .right("Inconclusive"), .left("At most \(allowed)"),
    ])
    var held = true
    for simulated in Calibration.Case.all {
      let row = calibration.row(of: simulated)
      held = held && row.holds
      table.add([
        StyledText(row.subject), StyledText(row.model), "\(row.limit)", "\(row.documents)",
        StyledText(percent(row.rate)),
        StyledText(percent(Double(row.inconclusive) / Double(row.samples))),
        row.holds ? StyledText("holds", .good) : StyledText("BROKEN", .bad),
      ])
    }
    print(table.rendered(coloured: TerminalStyle.isColoured()), terminator: "")
    if !held { throw ExitCode(1) }
  }

  private var allowed: String { percent(1 - confidence) }

  private func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10)%"
  }
}
