import Boundary

/// Reads `--lexicon FILE`: names of drugs, one a line; empty lines and lines that begin with `#` are
/// passed over.
public enum LexiconFile {
  public static let maximumBytes = 16 << 20

  public static func drugs(at path: String) throws -> Set<String> {
    let bytes = try RegularFile.bytes(of: path, limit: maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputFileError(file: path, problem: "not UTF-8 text", mend: "save it as UTF-8")
    }
    let names = text.split(whereSeparator: \.isNewline).map { medicineSafe(String($0)) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard !names.isEmpty else {
      throw InputFileError(file: path, problem: "names no drug", mend: "write one a line")
    }
    return Set(names)
  }
}
