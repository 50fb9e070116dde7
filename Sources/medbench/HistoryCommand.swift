import ArgumentParser
import Boundary
import DocProfiles
import Foundation
import History
import Reporting
import Scoring

/// `medbench history --history FILE`: the runs of many months.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show recorded runs, their trends, and what baselines point to.",
    discussion: """
      `medbench run --history FILE` records each run that it finishes: ids and figures, no page text. \
      Trends show runs of the newest one's dataset, degradation and scorer; figures of others cannot be \
      laid beside it. What `medbench bench prefill --label` recorded comes last. Several processes may write one history.

      Examples:
        medbench history --history history.sqlite
        medbench history --history history.sqlite --type prescription --dpi 300
        medbench history --history history.sqlite --add results/tesseract_kor-eng_20260314_015926
        medbench history --history history.sqlite \\
          --baseline released=tesseract_kor-eng_20260314_015926
        medbench gate --history history.sqlite --baseline history:released \\
          --candidate results/new --margin critical=0
      """)

  @Option(help: "The history, one SQLite file.", completion: .file())
  var history: String

  @Option(help: "Record the finished run of this results directory; several allowed.")
  var add: [String] = []

  @Option(
    help: ArgumentHelp(
      "Point a baseline to a recorded run; several allowed.", valueName: "name=run"))
  var baseline: [String] = []

  @Option(help: "Trends of this document type only.")
  var type: String?

  @Option(help: "Trends at this DPI only.")
  var dpi: Int?

  @Option(help: "How many runs are listed and drawn, the newest.")
  var limit = 20

  @Flag(help: "Print everything as JSON.")
  var json = false

  @Option(help: "Language of the tables: ko or en (default: the locale's).")
  var language: Language?

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError("--limit \(limit): from 1 to 1000000.")
    }
    for text in baseline where !text.dropFirst().contains("=") {
      throw ValidationError("--baseline \(text.excerptOnOneLine): write NAME=RUN.")
    }
  }

  func run() throws {
    let store = try HistoryStore(history, creating: !add.isEmpty)
    for directory in add { try store.add(RecordedRun(finishedIn: directory)) }
    for text in baseline {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      try store.setBaseline(String(parts[0]), to: String(parts[1]))
    }
    let runs = try store.runs()
    let newest = Array(runs.suffix(limit))
    var trends = Trends(newest)
    trends.trends.removeAll { trend in
      (type.map { trend.type.rawValue != $0 } ?? false) || (dpi.map { trend.dpi != $0 } ?? false)
    }
    let shown = Contents(
      runs: newest, trends: trends, baselines: try store.baselines(),
      prefill: PrefillTrend(try store.prefills()))
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(shown), as: UTF8.self))
    } else {
      let tables = HistoryTables(language: language ?? .current())
      print(tables.rendered(shown, of: runs.count), terminator: "")
      if !shown.prefill.runs.isEmpty {
        print("\n" + PrefillTrendTable(shown.prefill).text(), terminator: "")
      }
    }
  }

  struct Contents: Encodable {
    var runs: [RecordedRun]
    var trends: Trends
    var baselines: [String: String]
    var prefill: PrefillTrend
  }
}

extension RecordedRun {
  /// Of a results directory whose run is finished.
  init(finishedIn directory: String) throws {
    let results = ResultsDirectory(directory)
    let record = try results.read()
    self.init(
      record, directory: URL(filePath: directory).standardizedFileURL.path,
      resultsHash: try results.hash())
  }
}
