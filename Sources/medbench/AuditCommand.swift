import ArgumentParser
import DocProfiles
import Foundation
import Pipeline
import Planting
import Reporting
import Scoring

/// `medbench audit`: the gate tests itself.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Test the gate itself: plant errors into the truth, or measure its promises.",
    discussion: """
      Examples:
        medbench audit
        medbench audit datasets --json audit.json
        medbench audit --calibration --samples 200

      Plants every class of harmful error and every harmless rewrite into the dataset's truth, one at a \
      time and several together, scores the pages as if a model had read them so, and prints what was \
      caught, missed, called something else or raised a false alarm. docs/scoring.md has the table.

      --calibration draws documents from models that stand exactly at a limit, judges them as a run with \
      --confidence does, and prints how often each kind of SLA was passed, which must be at most one minus \
      the confidence. docs/verdicts.md has the table.

      Exits 0 when everything was judged as it ought to be and 1 when anything was not.
      """)

  @Argument(help: "Directory of a dataset; by default the shipped one.", completion: .directory)
  var directory: String?

  @Option(
    help: ArgumentHelp("Write counts and examples to this file as JSON.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @Option(help: "Plants of one recipe that a page gets at most.")
  var perRecipe = 3

  @Option(help: "Examples shown of each kind.")
  var examples = 3

  @OptionGroup var harm: HarmOptions
  @OptionGroup var profiles: ProfileOptions

  @Flag(help: "Measure how often each kind of SLA passes a model that stands at its limit.")
  var calibration = false

  @Option(help: "Samples that --calibration draws for each line.")
  var samples = 2000

  @Option(help: "Of the verdicts that --calibration measures, more than 0.5 and less than 1.")
  var confidence = 0.95

  @Option(help: "Seed of the plants and of the simulation.")
  var seed: UInt64 = 1

  func validate() throws {
    guard AddedLimits.isConfidence(confidence) else {
      throw ValidationError("--confidence \(confidence): more than 0.5 and less than 1, as 0.95.")
    }
    guard (1...1_000_000).contains(samples) else {
      throw ValidationError("--samples \(samples): from 1 to 1000000.")
    }
    guard (1...10_000).contains(perRecipe) else {
      throw ValidationError("--per-recipe \(perRecipe): from 1 to 10000.")
    }
    guard (0...1000).contains(examples) else {
      throw ValidationError("--examples \(examples): from 0 to 1000.")
    }
    if calibration, directory != nil || json != nil {
      throw ValidationError(
        "--calibration simulates documents; leave out the directory and --json.")
    }
  }

  func run() async throws {
    if calibration { return try calibrate() }
    let sources = try harm.sources()
    let place = directory ?? DatasetLocation.shipped
    let dataset = try DatasetLocation.open(place)
    let audit = Audit(
      scorer: PageScorer(harms: try sources.scorer()),
      planting: Planting(lexicon: try sources.names(), perRecipe: perRecipe, seed: seed),
      profiles: try profiles.profileSet(), examples: examples)
    let record = await audit.record(of: dataset, named: place)
    let report = AuditReport(record, coloured: TerminalStyle.isColoured())
    if let json { try report.writeJSON(to: json) }
    print(report.rendered(), terminator: "")
    if !record.passed { throw ExitCode(1) }
  }

  private func calibrate() throws {
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
