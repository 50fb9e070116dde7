import DocProfiles

/// Why a run cannot start or go on; each says its mend. None of these is a verdict.
public enum RunError: Error, CustomStringConvertible, Equatable {
  case noProfile(DocumentType)
  case noDocuments(DocumentType, dataset: String)
  case unknownDegradation(String)
  case unwritable(String, reason: String)
  case nothingToResume(String)
  case journalCorrupt(String, line: Int, reason: String)
  case stillRunning(String)
  case workingDirectoryGone(String)
  case unusablePage(String, dpi: Int, reason: String)
  case datasetChanged(String)
  case engineChanged(was: String, now: String)
  case versionChanged(was: String, now: String)
  case scorerChanged

  public var description: String {
    switch self {
    case .noProfile(let type):
      "no profile for '\(type)'; `medbench profiles` lists the types"
    case .noDocuments(let type, let dataset):
      "\(dataset): no documents of type '\(type)'; `medbench dataset stats` shows what it holds"
    case .unknownDegradation(let name):
      "degradation '\(name)' is unknown; choose clean, scan, fax or photo"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); free space or permit it, then resume"
    case .nothingToResume(let path):
      "\(path): neither results.json nor journal.jsonl is there; name the directory of a run"
    case .journalCorrupt(let path, let line, let reason):
      "\(path):\(line): \(reason); this run cannot be resumed, start a new one"
    case .stillRunning(let path):
      "\(path): another medbench is still writing this run; wait for it or end it"
    case .workingDirectoryGone(let path):
      "\(path): the run began in this directory and it is gone; bring it back or start a new run"
    case .unusablePage(let page, let dpi, let reason):
      "\(page): at \(dpi) DPI: \(reason)"
    case .datasetChanged(let dataset):
      "\(dataset): the ground truth has changed since the run began; start a new run"
    case .engineChanged(let was, let now):
      "the run began with \(was), and here is \(now); resume with the same engine or start anew"
    case .versionChanged(let was, let now):
      "the run began under medbench \(was), and this is \(now); start a new run"
    case .scorerChanged:
      "the run began with another scorer, lexicon or severity rules than are in force now; give "
        + "the same files as then, or start a new run"
    }
  }
}
