import Boundary

/// What a program prints about a page, turned into chunks as it comes (docs/engines.md).
///
/// Plain text unless the first character that is not white space is `{`: then JSON lines, or one
/// JSON object over any number of lines, also between ```` ```json ```` fences.
package struct CommandOutput {
  private enum Form {
    case undecided
    case plainText
    case jsonLines
    case jsonDocument
  }

  private var form = Form.undecided
  private var pieces = UTF8Pieces()
  private var byteCount = 0
  /// What has come and is not understood yet: the beginning, a line, or a whole document.
  private var pending = ""
  private var lineNumber = 0
  /// A first line that is an object with keys of its own: the whole answer, if nothing follows.
  private var bareFields: JSONValue?

  package init() {}

  /// The chunks that `bytes` complete.
  package mutating func append(_ bytes: [UInt8]) throws(EngineFailure) -> [TextChunk] {
    byteCount += bytes.count
    guard byteCount <= outputLimit else { throw .overlongOutput() }
    let text = try pieces.append(bytes)
    return text.isEmpty ? [] : try take(text)
  }

  /// The chunks that the end of the output completes.
  package mutating func finish() throws(EngineFailure) -> [TextChunk] {
    try pieces.finish()
    switch form {
    case .undecided, .plainText: return pending.isEmpty ? [] : [TextChunk(text: pending)]
    case .jsonDocument: return [try document(pending)]
    case .jsonLines:
      var chunks: [TextChunk] = []
      // A first line that was never ended may be any JSON: the document, or a part of one.
      if lineNumber == 0 { return [try document(pending)] }
      if let last = try line(pending) { chunks.append(last) }
      if let bareFields { chunks.append(try Self.chunk(fields: bareFields)) }
      return chunks
    }
  }

  private mutating func take(_ text: String) throws(EngineFailure) -> [TextChunk] {
    switch form {
    case .plainText: return [TextChunk(text: text)]
    case .jsonDocument:
      pending += text
      return []
    case .jsonLines: return try takeLines(text)
    case .undecided:
      pending += text
      form = Self.form(of: pending)
      guard form != .undecided else { return [] }
      let beginning = pending
      pending = ""
      return try take(beginning)
    }
  }

  /// Undecided while there is white space only, or a first line that may yet become a fence.
  private static func form(of beginning: String) -> Form {
    let text = beginning.unicodeScalars.drop { $0.properties.isWhitespace }
    guard let first = text.first else { return .undecided }
    if first == "{" { return .jsonLines }
    let fence = "```json"
    if String(text.prefix(fence.count)).lowercased() == fence { return .jsonDocument }
    let mayBecomeFence = text.count < fence.count && fence.hasPrefix(String(text).lowercased())
    return mayBecomeFence ? .undecided : .plainText
  }

  private mutating func takeLines(_ text: String) throws(EngineFailure) -> [TextChunk] {
    var chunks: [TextChunk] = []
    var rest = text[...]
    while form == .jsonLines, let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
      pending += rest[..<end]
      rest = rest[rest.utf8.index(after: end)...]
      if let chunk = try line(pending) { chunks.append(chunk) }
      if form == .jsonLines { pending = "" } else { pending += "\n" }
    }
    pending += rest
    return chunks
  }

  /// One line of JSON. A first line that is none begins a document over many lines.
  private mutating func line(_ text: String) throws(EngineFailure) -> TextChunk? {
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return nil }
    lineNumber += 1
    let json: JSONValue
    do {
      json = try JSONValue(parsing: text)
    } catch {
      if lineNumber == 1 {
        form = .jsonDocument
        return nil
      }
      throw .json("JSON object \(lineNumber)", error)
    }
    if lineNumber == 1, Self.isBare(json) {
      bareFields = json
      return nil
    }
    guard bareFields == nil, !Self.isBare(json) else {
      throw .unreadableOutput(
        reason: "JSON object \(bareFields == nil ? lineNumber : 1) has neither 'text' nor 'fields'",
        diagnostics: "")
    }
    return try Self.chunk(piece: json)
  }

  private func document(_ text: String) throws(EngineFailure) -> TextChunk {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: Self.withoutFence(text))
    } catch {
      throw .json("JSON", error)
    }
    return Self.isBare(json) ? try Self.chunk(fields: json) : try Self.chunk(piece: json)
  }

  private static func withoutFence(_ text: String) -> String {
    var text = text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard text.first == "`" else { return String(text) }
    text = text.dropFirst("```json".count)
    while let last = text.last, last == "`" || last.properties.isWhitespace { text.removeLast() }
    return String(text)
  }

  /// Whether an object holds fields by their own names, instead of pieces of an answer.
  private static func isBare(_ json: JSONValue) -> Bool {
    json["text"] == nil && json["fields"] == nil && json["tokens"] == nil
  }

  private static func chunk(fields: JSONValue) throws(EngineFailure) -> TextChunk {
    TextChunk(text: "", fields: try NamedValues(of: fields).values)
  }

  private static func chunk(piece: JSONValue) throws(EngineFailure) -> TextChunk {
    var chunk = TextChunk(text: "")
    switch piece["text"] {
    case .string(let text)?: chunk.text = text
    case nil, .null?: break
    default: throw .unreadableOutput(reason: "JSON: 'text' is not a string", diagnostics: "")
    }
    switch piece["tokens"] {
    case .number(let digits)? where Int(digits).map((0...1_000_000).contains) == true:
      chunk.tokens = Int(digits)
    case nil, .null?: break
    default: throw .unreadableOutput(reason: "JSON: 'tokens' is not a count", diagnostics: "")
    }
    if let fields = piece["fields"] { chunk.fields = try NamedValues(of: fields).values }
    return chunk
  }
}

extension EngineFailure {
  fileprivate static func json(_ what: String, _ error: JSONSyntaxError) -> EngineFailure {
    .unreadableOutput(
      reason: "\(what) is broken at byte \(error.offset): expected \(error.expected)",
      diagnostics: "")
  }
}
