import ArgumentParser
import Boundary
import Foundation
import Pipeline
import Reporting
import Scoring

/// `medbench verify DIR`: are a run's figures what its transcripts give?
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compute a finished run's figures again and say which do not hold.",
    discussion: """
      Scores every stored transcript against the dataset anew, adds up and judges as the run did, and lays \
      the outcome over results.json, pages.csv, junit.xml and report.html. Each figure that differs is \
      named with its file, its key, what is stored and what was computed. Texts, times and memory are \
      what the engine gave, and are taken as they stand.

      Examples:
        medbench verify results/tesseract_kor-eng_20260314_015926
        medbench verify results/* --dataset my-pages

      Exits 0 when every figure is what the transcripts give, 1 when one is not, and 65 when nothing could \
      be computed: another dataset, scorer, lexicon or severity rules than the run's.
      """)

  @Argument(help: "One or more results directories.", completion: .directory)
  var directories: [String]

  @Option(
    help: "The dataset, where it does not lie where the run found it.", completion: .directory)
  var dataset: String?

  @OptionGroup var harm: HarmOptions

  @Flag(help: "Print the differences as JSON.")
  var json = false

  /// More say nothing new to a reader.
  private static let shown = 40

  func run() throws {
    var allHold = true
    for directory in directories {
      let results = ResultsDirectory(directory)
      let record = try results.read()
      let verification = try verification(of: record, in: directory)
      let found = try ResultsVerification(of: results, against: verification)
      allHold = allHold && found.holds
      if json {
        try printJSON(found)
      } else {
        show(found, directory, verification.record)
      }
    }
    if !allHold { throw ExitCode(1) }
  }

  private func verification(of record: RunRecord, in directory: String) throws -> Verification {
    let place = dataset ?? record.configuration.dataset
    if dataset == nil, place != DatasetLocation.shipped,
      !FileManager.default.fileExists(atPath: place)
    {
      throw UnverifiableRun(directory: directory, reason: .noDataset(place))
    }
    let dataset = try DatasetLocation.open(place)
    // Without a file it is either the built-in lexicon or, of runs that asked for none, no lexicon.
    let scorers = [PageScorer(harms: try harm.scorer()), PageScorer()]
    do {
      return try Verification(of: record, dataset: dataset, scorers: scorers)
    } catch let error as VerificationError {
      throw UnverifiableRun(directory: directory, reason: error)
    }
  }

  private func show(_ found: ResultsVerification, _ directory: String, _ record: RunRecord) {
    print(directory.onOneLine)
    for file in found.verified { print("  \(file): what the transcripts give") }
    for file in found.absent { print("  \(file): not there, so not looked at") }
    for difference in found.differences.prefix(Self.shown) {
      print(
        "  \(difference.file): \(difference.key): stored \(difference.stored ?? "nothing"), "
          + "recomputed \(difference.recomputed ?? "nothing")")
    }
    if found.differences.count > Self.shown {
      print("  … and \(found.differences.count - Self.shown) more; --json prints all")
    }
    let pages = record.groups.reduce(0) { $0 + $1.aggregates.pageCount }
    print(
      (found.holds ? "VERIFIED" : "NOT VERIFIED: \(found.differences.count) differ")
        + " (\(pages) pages, \(found.comparedValues) values of results.json, scorer "
        + "\(PageScorer.version), dataset \(record.configuration.datasetHash.prefix(12)))")
  }

  private func printJSON(_ found: ResultsVerification) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(found.differences), as: UTF8.self))
  }
}

/// A run that cannot be judged again.
struct UnverifiableRun: Error, CustomStringConvertible {
  var directory: String
  var reason: VerificationError

  var description: String { "\(directory.onOneLine): \(reason)" }
}
