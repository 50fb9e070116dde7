import Boundary
import Foundation

/// Reads `--lexicon FILE`: names of real drugs, tests and diagnoses, as YAML or as lines.
///
/// YAML (`.yaml`, `.yml`) is a mapping of `drugs`, `tests` and `diagnoses` to lists. Any other file
/// holds a name a line: a kind (`drug`, `test`, `diagnosis`) and a tab before it, or the name alone,
/// which is a drug's. Empty lines, lines that begin with `#` and a first line `kind ⇥ name` are
/// passed over.
public enum LexiconFile {
  public static let maximumBytes = 16 << 20
  /// Of a name, in UTF-8.
  static let longestName = 200

  /// `base` with the file's names: a kind that the file has takes the place of the base's.
  public static func lexicon(
    at file: URL, extending base: Lexicon = .empty
  ) throws(ProfileFileError) -> Lexicon {
    let name = file.relativePath
    let isYAML = ["yaml", "yml"].contains(file.pathExtension.lowercased())
    let text = try yamlText(
      at: file, what: "lexicon", entries: "names", option: "--lexicon", limit: maximumBytes,
      format: "YAML or TSV")
    return isYAML
      ? try lexicon(yaml: text, file: name, extending: base)
      : try lexicon(lines: text, file: name, extending: base)
  }

  /// The same from YAML; `file` is its name in errors.
  public static func lexicon(
    yaml: String, file: String, extending base: Lexicon = .empty
  ) throws(ProfileFileError) -> Lexicon {
    let top = try YAMLMapping(
      document: yaml, file: file,
      mend: "start the file with \"drugs:\", \"tests:\" or \"diagnoses:\" (docs/scoring.md)")
    try top.allow(keys: ["drugs", "tests", "diagnoses"])
    func names(_ key: String) throws(ProfileFileError) -> Set<String>? {
      guard let texts = try top.texts(key) else { return nil }
      let names = texts.map(\.trimmed)
      guard !names.contains("") else {
        throw top.failure("\"\(key)\" holds an empty name", "remove it", at: key)
      }
      return Set(names)
    }
    return Lexicon(
      drugs: try names("drugs") ?? base.drugs, tests: try names("tests") ?? base.tests,
      diagnoses: try names("diagnoses") ?? base.diagnoses)
  }

  /// The same from lines of kind, tab and name.
  public static func lexicon(
    lines text: String, file: String, extending base: Lexicon = .empty
  ) throws(ProfileFileError) -> Lexicon {
    var drugs: Set<String> = []
    var tests: Set<String> = []
    var diagnoses: Set<String> = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      if line.first == "#" || line.allSatisfy(\.isWhitespace) { continue }
      func failure(_ problem: String, _ mend: String) -> ProfileFileError {
        ProfileFileError(file: file, line: index + 1, problem: problem, mend: mend)
      }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
      if drugs.isEmpty, tests.isEmpty, diagnoses.isEmpty, columns.count > 1,
        columns[0].lowercased() == "kind"
      {
        continue
      }
      guard columns.count <= 2 else {
        throw failure("\(columns.count) columns", "write a kind, a tab and a name")
      }
      let name = columns.last!
      guard !name.isEmpty, name.utf8.count <= longestName else {
        throw failure(
          name.isEmpty ? "no name after the tab" : "a name of more than \(longestName) bytes",
          "write a kind, a tab and a name")
      }
      switch columns.count == 1 ? "drug" : columns[0].lowercased() {
      case "drug", "drugs": drugs.insert(name)
      case "test", "tests": tests.insert(name)
      case "diagnosis", "diagnoses": diagnoses.insert(name)
      default:
        let kinds = ["drug", "test", "diagnosis"]
        throw failure(
          "unknown kind \"\(columns[0].excerptOnOneLine)\"",
          kinds.nearest(to: columns[0]).map { "did you mean \"\($0)\"?" }
            ?? "use one of: \(kinds.joined(separator: ", "))")
      }
    }
    guard !(drugs.isEmpty && tests.isEmpty && diagnoses.isEmpty) else {
      throw ProfileFileError(
        file: file, problem: "names nothing", mend: "write a kind, a tab and a name a line")
    }
    return Lexicon(
      drugs: drugs.isEmpty ? base.drugs : drugs, tests: tests.isEmpty ? base.tests : tests,
      diagnoses: diagnoses.isEmpty ? base.diagnoses : diagnoses)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
