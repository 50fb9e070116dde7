import Boundary
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
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(levels + 1)) }
  }

  @Test func onlyWholeNumbersAreIntegers() throws {
    for (text, integer) in [
      ("-0", 0), ("42", 42), ("9223372036854775807", .max), ("9223372036854775808", nil),
      ("1.0", nil), ("1e2", nil), ("\"1\"", nil),
    ] as [(String, Int?)] {
      #expect(try JSONValue(parsing: text).integer == integer)
    }
  }

  @Test(arguments: [
    (#"{"a":1,"b":2,"\u0061":3}"#, 13, JSONSyntaxError.Problem.repeatedKey),
    (#"["a\#(String(repeating: "\u{301}\u{323}", count: 16))"]"#, 1, .manyCombiningMarks),
  ])
  func strictRulesRefuseWhatTheGrammarAllows(
    text: String, offset: Int, problem: JSONSyntaxError.Problem
  ) throws {
    _ = try JSONValue(parsing: text)
    #expect(throws: JSONSyntaxError(offset: offset, problem: problem)) {
      try JSONValue(parsing: text, rules: .strict)
    }
  }

  @Test func brokenUTF8IsRefusedAtItsFirstByte() {
    let bytes: [UInt8] = [0x22, 0x61, 0xED, 0xA0, 0x80, 0x22]
    #expect(throws: JSONSyntaxError(offset: 2, problem: .notUTF8)) {
      try JSONValue(parsing: bytes[...])
    }
  }

  @Test func theLastMemberOfANameIsTaken() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"a":2}"#)["a"] == .number("2"))
    #expect(try JSONValue(parsing: "[1]")["a"] == nil)
  }
}
