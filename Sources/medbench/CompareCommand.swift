import ArgumentParser
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
      """)

  @Argument(help: "Two or more results directories.", completion: .directory)
  var directories: [String]

  @Option(help: "Language of the report: ko or en (default: the locale's).")
  var language: Language?

  func validate() throws {
    guard directories.count >= 2 else {
      throw ValidationError("Name two results directories or more.")
    }
  }

  func run() throws {
    let runs = try directories.map { directory in
      Comparison.Run(
        name: URL(filePath: directory).lastPathComponent,
        record: try ResultsDirectory(directory).read())
    }
    let comparison = Comparison(
      runs, language: language ?? .current(), coloured: TerminalStyle.isColoured())
    print(comparison.rendered(), terminator: "")
  }
}
