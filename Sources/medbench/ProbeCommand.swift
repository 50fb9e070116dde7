import ArgumentParser
import Datasets
import Foundation
import OCRInference
import Pipeline
import Reporting
import Scoring
import Synthesis

/// `medbench probe`: does a model read what stands on the page, or guess?
struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Change the pages and see whether a model reads them or guesses.",
    discussion: """
      Makes twins of a dataset's pages by their ground-truth boxes and has them read: another digit, \
      unit, drug, side or negation; forms without their values; values under a stamp or crossed out; \
      values made unreadable; the same page again. docs/probes.md says how to read the rates.

      Examples:
        medbench probe --doc-type prescription --dpi 300 --limit 10
        medbench probe --doc-type all --dpi 150 --limit 5 --kinds counterfactual,blank-field
        medbench probe --doc-type lab-result --dpi 300 --limit 3 --keep twins

      Exits 0 when every limit that a profile sets for probes is kept, and where it sets none; 1 when \
      one is not, and with a confidence 2 when that is not shown.
      """)

  @OptionGroup var what: RunOptions
  @OptionGroup var probes: ProbeOptions

  @Option(help: "Directory that gets a directory of these probes.")
  var output = "results"

  @Option(help: "Language of the reports, ko or en; by default the locale's.")
  var language: Language?

  func validate() throws { try what.validateComplete() }

  func run() async throws {
    var (configuration, dataset, engine) = try await what.opened()
    configuration.probes = try probes.request()
    try RunPlan(configuration: configuration, dataset: dataset)
      .checkPages(of: dataset, sourceDPI: configuration.sourceDPI)
    let run = try ProbeRun(
      configuration, request: probes.request(), dataset: dataset, engine: engine,
      source: TwinMaker(), harms: what.harm.scorer())
    let startedAt = Date().ISO8601Format()
    let directory = ProbesDirectory(
      output + "/" + ResultsDirectory.name(for: engine.identity, startedAt: startedAt) + "_probes")
    try directory.create()
    do {
      let keep = probes.keep
      let records = try await Interruption.cancelling {
        try await run.completed(pictures: directory.pictures, keep: keep)
      }
      let record = ProbesRecord(
        startedAt: startedAt, finishedAt: Date().ISO8601Format(), configuration: configuration,
        engine: engine.identity, environment: .current(), probes: records)
      try directory.write(record, language: language ?? .current())
      let report = ProbesReport(
        record, language: language ?? .current(), coloured: TerminalStyle.isColoured())
      print(report.rendered(), terminator: "")
      print("\n\(directory.path)/probes.html")
      try ExitStatus.leave(for: record.outcome)
    } catch let error where !(error is ExitCode) {
      // Probes that did not end leave nothing behind.
      try? FileManager.default.removeItem(atPath: directory.path)
      if error is CancellationError { throw ExitCode(ExitStatus.interrupted) }
      throw error
    }
  }
}
