import Boundary
import DocProfiles

/// One thing wrong in a dataset: where it stands, what it is and how to mend it. Quotes ids, keys
/// and places, never the text of a page.
public struct DatasetDefect: Sendable, Equatable, CustomStringConvertible {
  public enum Severity: Sendable {
    /// The dataset cannot be judged on as it is.
    case error
    /// It can, but probably not as its author meant.
    case warning
  }

  public var severity: Severity
  /// The JSONL file, or the directory where no file is at fault.
  public var file: String
  /// From 1; nil where the file as a whole is at fault.
  public var line: Int?
  /// The document's id, where it is known.
  public var document: String?
  /// What is wrong; how to mend it.
  public var message: String

  init(
    _ severity: Severity = .error, file: String, line: Int? = nil, document: String? = nil,
    message: String
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.document = document
    self.message = message
  }

  /// `test.jsonl:12: document rx-0001: fields[3]: the span ...; count ...`
  public var description: String {
    var text = file.onOneLine
    if let line { text += ":\(line)" }
    if severity == .warning { text += ": warning" }
    if let document { text += ": document \(document.excerptOnOneLine)" }
    return text + ": " + message
  }
}

/// Why a dataset could not be read: its first defect.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  public var defect: DatasetDefect

  public init(_ defect: DatasetDefect) { self.defect = defect }

  public var description: String { defect.description }
}
