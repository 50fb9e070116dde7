import Boundary

/// What can be wrong with a results directory; each description is one line that names the file,
/// the place and the mend. The command ends with exit code 65, or 70 where writing failed.
public enum ResultsError: Error, CustomStringConvertible, Equatable {
  case unreadable(path: String, reason: String)
  case corrupt(path: String, place: String)
  case otherVersion(path: String, found: Int)
  case unwritable(path: String, reason: String)
  case unencodable(path: String, place: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot be read (\(reason)); name a results directory written by medbench run"
    case .corrupt(let path, let place):
      "\(path): \(place); restore the file or run again with medbench run"
    case .otherVersion(let path, let found):
      "\(path): schema_version is \(found), this medbench reads "
        + "\(supported); use the medbench that wrote it, or run again"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); check the space left and the permissions, "
        + "or choose another --output"
    case .unencodable(let path, let place):
      "\(path): \(place) is no finite number; report this as a bug in medbench"
    }
  }

  private var supported: Int { ResultsFile.schemaVersion }
}

extension ResultsError {
  init(_ error: FileWriteError) {
    self = .unwritable(path: error.path, reason: systemError(error.code))
  }
}
