import DocProfiles
import Foundation

/// Why a dataset was not generated.
public enum GenerationError: Error, CustomStringConvertible, Equatable {
  case noDrawing(DocumentType)
  /// A type without figures to draw anew.
  case noFigures(DocumentType)
  case notEmpty(String)
  case notADirectory(String)
  /// A directory that could not be made, with errno.
  case unwritable(String, Int32)

  public var description: String {
    switch self {
    case .noDrawing(let type):
      "document type \"\(type)\" cannot be generated: choose "
        + (DocumentDrawing.all + [.practice]).map(\.type.rawValue).joined(separator: ", ")
    case .noFigures(let type):
      "document type \"\(type)\" has no doses or values to change: choose "
        + DocumentDrawing.all.filter(\.hasCounterfactuals).map(\.type.rawValue)
        .joined(separator: ", ")
    case .notEmpty(let path):
      "\(path): is not empty, and a dataset is never mixed into other files: name a new directory"
    case .notADirectory(let path):
      "\(path): is a file: name a new directory"
    case .unwritable(let path, let code):
      "\(path): cannot be made (\(String(cString: strerror(code)))): name a directory in a place "
        + "that exists and that you may write to"
    }
  }
}
