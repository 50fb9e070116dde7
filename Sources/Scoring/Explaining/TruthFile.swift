import Boundary
import DocProfiles

/// Reads the truth of one page from a file of anyone's: plain text, or a JSON object with the text
/// and its fields, or a document of a medbench dataset.
public enum TruthFile {
  public static let maximumBytes = 16 << 20

  public struct Page: Sendable, Equatable {
    public var reference: PageReference
    /// As the file names it.
    public var type: DocumentType?
  }

  /// - Parameters:
  ///   - page: of a document, from 1.
  ///   - profile: tells the kinds of fields that bring none.
  public static func page(
    at path: String, page: Int = 1, profile: DocumentProfile? = nil
  ) throws -> Page {
    let bytes = try RegularFile.bytes(of: path, limit: maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputFileError(file: path, problem: "not UTF-8 text", mend: "save it as UTF-8")
    }
    return try self.page(text, file: path, page: page, profile: profile)
  }

  /// The same from text; `file` is its name in errors.
  public static func page(
    _ text: String, file: String, page number: Int = 1, profile: DocumentProfile? = nil
  ) throws(InputFileError) -> Page {
    func failure(_ problem: String, _ mend: String) -> InputFileError {
      InputFileError(file: file, problem: problem, mend: mend)
    }
    let text = text.hasPrefix("\u{feff}") ? String(text.unicodeScalars.dropFirst()) : text
    guard text.first(where: { !$0.isWhitespace }) == "{" else {
      var text = text
      while text.last?.isNewline ?? false { text.removeLast() }
      return Page(reference: PageReference(text: text))
    }
    let value: JSONValue
    do {
      value = try JSONValue(parsing: text)
    } catch {
      throw failure(
        "begins like JSON and is none, at byte \(error.offset)", "mend it, or give plain text")
    }
    var transcript = value["transcript"] ?? value["text"]
    if case .array(let pages)? = value["pages"] {
      guard pages.indices.contains(number - 1) else {
        throw failure("has no page \(number)", "choose one from 1 to \(pages.count)")
      }
      transcript = pages[number - 1]["transcript"] ?? pages[number - 1]["text"]
    }
    guard case .string(let transcript)? = transcript else {
      throw failure("has no \"transcript\"", "give the page's text under that name")
    }
    var fields: [ReferenceField] = []
    if case .array(let list)? = value["fields"] {
      var places: [String: String.Index] = [:]
      for (index, item) in list.enumerated()
      where (item["page"]?.integer ?? number - 1) == number - 1 {
        guard case .string(let name)? = item["name"] ?? item["key"],
          case .string(let given)? = item["value"]
        else { throw failure("field \(index + 1) has no name or no value", "give it both as text") }
        let kind = try kind(of: item, named: name, profile) { failure($0, $1) }
        let span = try span(of: item, given, in: transcript, &places) {
          failure("the value of field \(index + 1), \"\(name.excerptOnOneLine)\", \($0)", $1)
        }
        fields.append(
          ReferenceField(
            name: name, kind: kind, value: given, row: item["row"]?.integer, span: span))
      }
    }
    var type: DocumentType?
    if case .string(let name)? = value["type"] { type = DocumentType(rawValue: name) }
    return Page(reference: PageReference(text: transcript, fields: fields), type: type)
  }

  private static func kind(
    of item: JSONValue, named name: String, _ profile: DocumentProfile?,
    _ failure: (String, String) -> InputFileError
  ) throws(InputFileError) -> FieldKind {
    guard case .string(let word)? = item["kind"] else {
      if let known = profile?.criticalFields.first(where: { $0.key == name }) { return known.kind }
      throw failure(
        "the field \"\(name.excerptOnOneLine)\" has no kind",
        "add \"kind\", or name the document type with --doc-type")
    }
    guard let kind = FieldKind(rawValue: word) else {
      let kinds = FieldKind.allCases.map(\.rawValue)
      throw failure(
        "unknown kind \"\(word.excerptOnOneLine)\"",
        kinds.nearest(to: word).map { "did you mean \"\($0)\"?" }
          ?? "use one of: \(kinds.joined(separator: ", "))")
    }
    return kind
  }

  /// As the file gives it, or the next place at which the value stands.
  private static func span(
    of item: JSONValue, _ value: String, in text: String, _ places: inout [String: String.Index],
    _ failure: (String, String) -> InputFileError
  ) throws(InputFileError) -> Range<Int> {
    if let start = item["start"]?.integer, let end = item["end"]?.integer {
      guard 0 <= start, start <= end, end <= text.unicodeScalars.count else {
        throw failure("lies outside the text", "count start and end in code points of it")
      }
      return start..<end
    }
    guard let found = text[(places[value] ?? text.startIndex)...].firstRange(of: value) else {
      throw failure("does not stand in the text", "give it as it stands there, or start and end")
    }
    places[value] = found.upperBound
    let start = text.unicodeScalars.distance(from: text.startIndex, to: found.lowerBound)
    return start..<start + value.unicodeScalars.count
  }
}
