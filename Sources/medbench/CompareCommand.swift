import ArgumentParser
import Benchmarking
import Foundation
import Reporting

/// `medbench compare DIR DIR…`: engines, settings or DPIs side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Print runs side by side.",
    discussion: """
      A row for each document type and DPI, a column for each run, a table for each measure; N/A \
      where a run did not judge it, * at the best figure. What was asked differently of the runs is \
      named below.

      Of `medbench bench load` it prints a table for each batch size and length: the newest report of each \
      directory, or the files that are named.

      Examples:
        medbench compare results/local_medocr-nano_20260314_015926 results/tesseract_kor-eng_20260314_020112
        medbench compare load-local load-tesseract
      """)

  @Argument(
    help: "Two or more results directories, or reports of `medbench bench load`.",
    completion: .directory)
  var directories: [String]

  @Option(help: "Language of the report: ko or en (default: the locale's).")
  var language: Language?

  func validate() throws {
    guard directories.count >= 2 else {
      throw ValidationError("Name two results directories or more.")
    }
  }

  func run() throws {
    let loads = directories.filter(Self.isLoad)
    guard loads.isEmpty else { return try compareLoads(loads) }
    let runs = try directories.map { directory in
      Comparison.Run(
        name: URL(filePath: directory).lastPathComponent,
        record: try ResultsDirectory(directory).read())
    }
    let comparison = Comparison(
      runs, language: language ?? .current(), coloured: TerminalStyle.isColoured())
    print(comparison.rendered(), terminator: "")
  }

  /// Whether the path is, or holds, a report of `bench load` and no run's results.
  private static func isLoad(_ path: String) -> Bool {
    if FileManager.default.fileExists(atPath: ResultsDirectory(path).path(of: .json)) {
      return false
    }
    return path.hasSuffix(".json") || LoadReport.newest(in: path) != nil
  }

  private func compareLoads(_ loads: [String]) throws {
    if let other = directories.first(where: { !loads.contains($0) }) {
      throw BenchUsageError(
        "\(other) holds no report of bench load, and \(loads[0]) does; compare like with like")
    }
    let reports = try loads.map { (place: $0, report: try LoadReport(at: $0)) }
    print(EngineComparison(reports).text(), terminator: "")
  }
}
