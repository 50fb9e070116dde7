import OCRInference
import PageImaging
import Testing

/// What programs print, byte by byte and all at once.
@Suite struct CommandOutputTests {
  @Test(arguments: [
    #"{"text": "처방전\n", "fields": {"dose": "5.0 mg"}}"#,
    "{\n  \"text\": \"처방전\\n\",\n  \"fields\": {\n    \"dose\": \"5.0 mg\"\n  }\n}\n",
    "```json\n{\"text\": \"처방전\\n\", \"fields\": {\"dose\": \"5.0 mg\"}}\n```\n",
    "\u{FEFF}\n{\"text\": \"처방\"}\r\n\r\n{\"text\": \"전\\n\"}\n{\"fields\": {\"dose\": \"5.0 mg\"}}",
  ])
  func everyJSONFormSaysTheSame(output: String) throws {
    let (text, fields) = try understood(Array(output.utf8))
    #expect(text == "처방전\n")
    #expect(fields == [.init(key: "dose", value: "5.0 mg")])
  }

  @Test(arguments: [
    #"{"약물명": "아스피린", "용량": 100}"#,
    "{\n\"약물명\": \"아스피린\",\n\"용량\": 100\n}",
    "  ```JSON\n{\"약물명\": \"아스피린\", \"용량\": 100}```",
  ])
  func anObjectOfFieldsIsTheFields(output: String) throws {
    let (text, fields) = try understood(Array(output.utf8))
    #expect(text == "")
    #expect(fields == [.init(key: "약물명", value: "아스피린"), .init(key: "용량", value: "100")])
  }

  @Test func tablesNumberTheirRows() throws {
    let (_, fields) = try understood(
      Array(
        #"""
        {"fields": {"patient": {"name": "가나다"}, "drugs": [{"drug": "A", "dose": 0.50},
          {"drug": "B", "dose": null, "as_needed": true}], "notes": ["x", "y"]}}
        """#.utf8))
    #expect(
      fields == [
        .init(key: "name", value: "가나다"),
        .init(key: "drug", value: "A", row: 1), .init(key: "dose", value: "0.50", row: 1),
        .init(key: "drug", value: "B", row: 2), .init(key: "as_needed", value: "true", row: 2),
        .init(key: "notes", value: "x", row: 1), .init(key: "notes", value: "y", row: 2),
      ])
  }

  @Test(arguments: ["`약`", "```\n처방전\n```", "[1]", "약물명: {A}", "``", "  -"])
  func anythingElseIsText(output: String) throws {
    let (text, fields) = try understood(Array(output.utf8))
    #expect(text == output)
    #expect(fields == nil)
  }

  @Test(arguments: [
    (
      #"{"text": "a"}"# + "\n{broken",
      "JSON object 2 is broken at byte 1: expected a name in quotation marks"
    ),
    (#"{"text": 5}"#, "JSON: 'text' is not a string"),
    (#"{"text": "a", "tokens": 1.5}"#, "JSON: 'tokens' is not a count"),
    (#"{"text": "a", "tokens": 9223372036854775807}"#, "JSON: 'tokens' is not a count"),
    (#"{"text": "a"}"# + "\n" + #"{"dose": "1"}"#, "JSON object 2 has neither 'text' nor 'fields'"),
    (#"{"dose": "1"}"# + "\n" + #"{"text": "a"}"#, "JSON object 1 has neither 'text' nor 'fields'"),
    (#"{"fields": [{"a": [1]}]}"#, "JSON fields: a list inside a row; give one value for each row"),
    (#"{"fields": ["a"]}"#, "JSON fields: a value without a key"),
    (#"{"fields": 1}"#, "JSON fields: 'fields' is neither an object nor a list of objects"),
    ("{\"text\": \"cut", "JSON is broken at byte 13: expected '\"' at the end of a string"),
    ("{} {}", "JSON is broken at byte 3: expected nothing after the value"),
  ])
  func brokenJSONNamesThePlace(output: String, reason: String) {
    #expect(throws: EngineFailure.unreadableOutput(reason: reason, diagnostics: "")) {
      try understood(Array(output.utf8))
    }
  }

  @Test func bombsAreRefused() {
    let deep = #"{"a":"# + String(repeating: "[", count: 100_000)
    #expect(throws: EngineFailure.self) { try understood(Array(deep.utf8)) }
    let wide = #"{"a":["# + String(repeating: "1,", count: 20_000) + "1]}"
    #expect(throws: EngineFailure.self) { try understood(Array(wide.utf8)) }
  }

  @Test(arguments: [
    "plain 한글 text 𝒜 with é\nand lines",
    #"{"text": "한글 \ud835\udc9c\n"}"# + "\n" + #"{"fields": {"용량": 5.0}}"# + "\n",
    "```json\n{\"text\": \"한글\"}\n```",
  ])
  func whereReadsEndDoesNotMatter(output: String) throws {
    let bytes = Array(output.utf8)
    let whole = try understood(bytes)
    var random = SeededRandom(seed: 7, "reads")
    for _ in 0..<200 {
      var reader = CommandOutput()
      var chunks: [TextChunk] = []
      var at = 0
      while at < bytes.count {
        let end = min(bytes.count, at + Int.random(in: 1...5, using: &random))
        chunks += try reader.append(Array(bytes[at..<end]))
        at = end
      }
      chunks += try reader.finish()
      #expect(chunks.map(\.text).joined() == whole.text)
      #expect(chunks.compactMap(\.fields).flatMap { $0 } == whole.fields ?? [])
    }
  }

  @Test func halfACharacterAtTheEndIsUnreadable() {
    #expect(throws: EngineFailure.self) { try understood([0x61, 0xED, 0x95]) }
    #expect(throws: EngineFailure.self) { try understood([0xC0, 0x80]) }
    #expect(throws: EngineFailure.self) { try understood([0x80]) }
  }

  @discardableResult
  private func understood(_ bytes: [UInt8]) throws -> (
    text: String, fields: [Transcript.NamedValue]?
  ) {
    var reader = CommandOutput()
    let chunks = try reader.append(bytes) + reader.finish()
    let fields = chunks.compactMap(\.fields)
    return (chunks.map(\.text).joined(), fields.isEmpty ? nil : fields.flatMap { $0 })
  }
}
