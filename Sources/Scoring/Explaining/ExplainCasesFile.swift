import Boundary

/// Reads `--cases FILE.tsv`: kind, truth and prediction, a pair a line, parted by tabs.
///
/// Further columns, empty lines, lines that begin with `#` and a first line of column names
/// (`kind`, …) are passed over.
public enum ExplainCasesFile {
  public static let maximumBytes = 16 << 20

  public static func cases(at path: String) throws -> [ExplainCase] {
    let bytes = try RegularFile.bytes(of: path, limit: maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputFileError(file: path, problem: "not UTF-8 text", mend: "save it as UTF-8")
    }
    return try cases(tsv: text, file: path)
  }

  /// The same from text; `file` is its name in errors.
  public static func cases(tsv: String, file: String) throws(InputFileError) -> [ExplainCase] {
    var cases: [ExplainCase] = []
    // As spreadsheets write it.
    let tsv = tsv.hasPrefix("\u{feff}") ? String(tsv.unicodeScalars.dropFirst()) : tsv
    for (number, line) in tsv.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if line.first == "#" || line.allSatisfy(\.isWhitespace) { continue }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if cases.isEmpty, columns[0].lowercased() == "kind" { continue }
      guard columns.count >= 3 else {
        throw InputFileError(
          file: file, line: number + 1,
          problem: columns.count == 1 ? "one column" : "two columns",
          mend: "write kind, truth and prediction with a tab between them")
      }
      do {
        cases.append(try ExplainCase(kind: columns[0], truth: columns[1], reading: columns[2]))
      } catch {
        throw InputFileError(file: file, line: number + 1, problem: "\(error)", mend: nil)
      }
    }
    return cases
  }
}

/// What is wrong in a file that was handed to a command, where, and how to mend it.
public struct InputFileError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// From 1.
  public var line: Int?
  public var problem: String
  /// nil where the problem tells it.
  public var mend: String?

  public init(file: String, line: Int? = nil, problem: String, mend: String?) {
    self.file = file
    self.line = line
    self.problem = problem
    self.mend = mend
  }

  public var description: String {
    file.onOneLine + (line.map { ":\($0)" } ?? "") + ": \(problem)" + (mend.map { "; \($0)" } ?? "")
  }
}
