import Benchmarking
import Boundary
import Charts

/// A benchmark's results directory: its JSON, its text and its charts, each under a name that says which benchmark it is
/// of, so that several can lie together.
struct BenchResultsFolder {
  let path: String

  /// - Parameter charts: by their files' names.
  func write<Report: BenchReport>(
    _ report: Report, text: String, charts: [(name: String, sheet: ChartSheet)]
  ) throws {
    try JSONReport.write(report, to: "\(path)/\(Report.benchmark).json")
    try AtomicFile.write(text.utf8, to: "\(path)/\(Report.benchmark)_report.txt")
    for (name, sheet) in charts { try AtomicFile.write(sheet.png(), to: "\(path)/\(name)") }
  }
}
