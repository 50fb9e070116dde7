import OCRInference
import Testing

@Suite struct JSONValueTests {
  @Test func orderAndDigitsStay() throws {
    #expect(
      try JSONValue(parsing: #" {"b": 5.0, "a": -0.10e+2, "b": [true, false, null, ""]} "#)
        == .object([
          .init(key: "b", value: .number("5.0")), .init(key: "a", value: .number("-0.10e+2")),
          .init(key: "b", value: .array([.bool(true), .bool(false), .null, .string("")])),
        ]))
  }

  @Test func escapesAreResolved() throws {
    #expect(
      try JSONValue(parsing: #""\"\\\/\b\f\n\r\t\ud55c\uD835\uDC9C""#)
        == .string("\"\\/\u{8}\u{C}\n\r\t한𝒜"))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "1e", "-", "NaN", "tru", "'a'",
    "\"\n\"", "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "1 2", "[1", "\"a", "nul", "{\"a\"}", "\u{00A0}1",
  ])
  func whatIsNoJSONIsRefused(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
  }

  @Test func depthIsLimited() throws {
    let levels = JSONValue.maximumDepth
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try JSONValue(parsing: nested(levels))
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(levels + 2)) }
  }
}
