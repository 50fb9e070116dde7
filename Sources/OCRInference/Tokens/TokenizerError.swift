import Boundary

/// A `tokenizer.json` that cannot be used: one line with the file, the place in it and the mend.
public enum TokenizerError: Error, Equatable, Sendable, CustomStringConvertible {
  case unreadable(FileReadError)
  /// - Parameters:
  ///   - offset: in bytes from the start of the file.
  ///   - expected: what should stand there.
  case malformed(file: String, offset: Int, expected: String)
  /// A part that is valid in `tokenizer.json` but not written here.
  /// - Parameter component: keys from the top of the file, such as `normalizer.type`.
  case unsupported(file: String, component: String, found: String, supported: String)
  /// Well-formed, but it contradicts itself.
  case defective(file: String, component: String, defect: String)

  public var description: String {
    switch self {
    case .unreadable(let error):
      error.description
    case .malformed(let file, let offset, let expected):
      "\(file.onOneLine): byte \(offset): expected \(expected); \(Self.mend)"
    case .unsupported(let file, let component, let found, let supported):
      "\(file.onOneLine): \(component): \(found) is not supported; use a tokenizer with \(supported)"
    case .defective(let file, let component, let defect):
      "\(file.onOneLine): \(component): \(defect); \(Self.mend)"
    }
  }

  private static let mend = "fetch the model's tokenizer.json again"
}

/// The same, before the file's name is put to it.
enum TokenizerDefect: Error {
  case malformed(offset: Int, expected: String)
  case unsupported(String, found: String, supported: String)
  case defective(String, String)

  func inFile(_ name: String) -> TokenizerError {
    switch self {
    case .malformed(let offset, let expected):
      .malformed(file: name, offset: offset, expected: expected)
    case .unsupported(let component, let found, let supported):
      .unsupported(file: name, component: component, found: found, supported: supported)
    case .defective(let component, let defect):
      .defective(file: name, component: component, defect: defect)
    }
  }
}
