import Boundary
import History
import Pipeline
import Reporting

/// Where a gate's baseline is found: a results directory, or `history:NAME` of a history.
enum BaselineLocation {
  static let prefix = "history:"

  static func record(of baseline: String, history: String?) throws -> RunRecord {
    guard baseline.hasPrefix(prefix), let history else {
      return try ResultsDirectory(baseline).read()
    }
    let store = try HistoryStore(history, creating: false)
    let run = try store.baseline(String(baseline.dropFirst(prefix.count)))
    let results = ResultsDirectory(store.directory(of: run))
    let record = try results.read()
    guard try results.hash() == run.resultsHash else {
      throw ChangedBaseline(run: run.name, path: results.path(of: .json))
    }
    return record
  }
}

/// A baseline whose results are no longer those that were recorded.
struct ChangedBaseline: Error, CustomStringConvertible {
  var run: String
  var path: String

  var description: String {
    "\(path.onOneLine): is not what the history recorded of \(run.onOneLine); restore it, or add it "
      + "anew with `medbench history --add` and point the baseline to it"
  }
}
