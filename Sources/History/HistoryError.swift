import Boundary

/// What can be wrong with a history, each with its mend.
public enum HistoryError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case notAFile(String)
  /// A database of something else, or no database.
  case foreign(String)
  case corrupt(String, reason: String)
  case newer(String, found: Int)
  case busy(String)
  case unwritable(String, reason: String)
  case noRun(String, nearest: String?)
  case noBaseline(String, nearest: String?)
  case badBaselineName(String)

  public var description: String {
    switch self {
    case .missing(let path):
      "\(path.onOneLine): no such file; `medbench run --history FILE` begins a history"
    case .notAFile(let path):
      "\(path.onOneLine): is not a regular file; give the path of a history"
    case .foreign(let path):
      "\(path.onOneLine): is not a history of medbench; give another --history, nothing was changed"
    case .corrupt(let path, let reason):
      "\(path.onOneLine): is damaged (\(reason)); restore it, or begin another and add the runs' "
        + "directories with `medbench history --add`"
    case .newer(let path, let found):
      "\(path.onOneLine): is of version \(found), this medbench knows up to "
        + "\(HistorySchema.version); use the newer medbench"
    case .busy(let path):
      "\(path.onOneLine): another process has kept it locked; try again when it has ended"
    case .unwritable(let path, let reason):
      "\(path.onOneLine): cannot be written (\(reason)); check the permissions and the space left"
    case .noRun(let name, let nearest):
      "the history has no run \"\(name.excerptOnOneLine)\"; "
        + (nearest.map { "did you mean \"\($0.onOneLine)\"?" }
          ?? "`medbench history` lists them, --add DIR adds one")
    case .noBaseline(let name, let nearest):
      "the history has no baseline \"\(name.excerptOnOneLine)\"; "
        + (nearest.map { "did you mean \"\($0.onOneLine)\"?" }
          ?? "set it with `medbench history --baseline NAME=RUN`")
    case .badBaselineName(let name):
      "\"\(name.excerptOnOneLine)\" is no name of a baseline; use 1 to 60 letters, digits, - . _"
    }
  }
}
