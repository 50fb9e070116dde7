import Testing

/// A line that the text of a JSONL file must not hold, and what a user reads of it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var line: String
  var message: String

  init(_ line: String, _ message: String) {
    self.line = line
    self.message = message
  }

  var testDescription: String { message }

  static let syntax: [Mistake] = [
    Mistake(
      "nonsense",
      "byte 1: not JSON: this starts no value; write one whole object on the line"),
    Mistake(
      "{\"id\":\"a\"",
      """
      byte 10: not JSON: a "," or "}" should stand here; write one whole object on the line
      """),
    Mistake(
      "{\"id\":\"a",
      "byte 9: not JSON: the line ends inside a string; write one whole object on the line"),
    Mistake(
      "{} {}",
      "byte 4: not JSON: text after the value; write one whole object on the line"),
    Mistake(
      "{\"a\":1,\"a\":2}",
      "byte 8: not JSON: a key stands twice; write one whole object on the line"),
    Mistake(
      "{\"a\":01}",
      "byte 6: not JSON: this is no number of JSON's; write one whole object on the line"),
    Mistake(
      "{\"a\":NaN}",
      "byte 6: not JSON: this starts no value; write one whole object on the line"),
    Mistake(
      "{\"a\":\"\u{0}\"}",
      """
      byte 7: not JSON: a control character in a string; write it as \\n, \\t or \\u0000; \
      write one whole object on the line
      """),
    Mistake(
      "{\"a\":\"\\ud83d\"}",
      "byte 7: not JSON: half a surrogate pair; write one whole object on the line"),
    Mistake(
      "{\"a\":\"\\x\"}",
      "byte 8: not JSON: no escape starts so; write one whole object on the line"),
  ]

  static let shapes: [Mistake] = [
    Mistake(
      "[]",
      "must be an object, found a list; write it in { }"),
    Mistake(
      document(id: "7"),
      "id: must be a string, found a whole number; put it in quotes"),
    Mistake(
      document(id: "\"../x\""),
      """
      document ../x: id: "../x" is not safe in a file name; use 1 to 128 ASCII letters, \
      digits, ".", "_" or "-", starting with a letter or digit
      """),
    Mistake(
      document(more: ",\"note\":\"x\""),
      """
      document dx-1: unknown key "note"; remove it, or keep it in the document's "meta"
      """),
    Mistake(
      document(more: ",\"meta\":3"),
      "document dx-1: meta: must be an object, found a whole number; write it in { }"),
    Mistake(
      document(page: ",\"sha265\":\"x\""),
      "document dx-1: pages[0]: unknown key \"sha265\"; did you mean \"sha256\"?"),
    Mistake(
      document(page: ",\"sha256\":\"ABC\""),
      """
      document dx-1: pages[0].sha256: must be 64 lower-case hexadecimal digits; take \
      sha256sum's
      """),
    Mistake(
      "{\"id\":\"a\",\"type\":\"diagnosis\",\"pages\":[]}",
      "document a: \"fields\" is missing; add it"),
    Mistake(
      "{\"id\":\"a\",\"type\":\"diagnosis\",\"pages\":[],\"fields\":[]}",
      "document a: pages: the document has no page; add its PNGs"),
    Mistake(
      "{\"id\":\"a\",\"type\":\"diagnosis\",\"pages\":{},\"fields\":[]}",
      "document a: pages: must be a list, found an object; write it in [ ]"),
    Mistake(
      document(fields: field(kind: "\"persn\"")),
      "document dx-1: fields[0].kind: unknown kind \"persn\"; did you mean \"person\"?"),
  ]

  static let fields: [Mistake] = [
    Mistake(
      document(fields: field(page: "1")),
      "document dx-1: fields[0].page: there is no page 1; the one page is 0"),
    Mistake(
      document(fields: field(page: "-1")),
      "document dx-1: fields[0].page: there is no page -1; the one page is 0"),
    Mistake(
      document(fields: field(more: ",\"row\":0")),
      "document dx-1: fields[0].row: is 0; rows count from 1"),
    Mistake(
      document(fields: field(name: "\"\"")),
      "document dx-1: fields[0].name: is empty; give the profile's key"),
    Mistake(
      document(fields: field(end: "12")),
      """
      document dx-1: fields[0]: the span 8 to 12 lies outside the transcript of 11 code \
      points; the value stands at 8 to 11
      """),
    Mistake(
      document(fields: field(start: "-1")),
      """
      document dx-1: fields[0]: the span -1 to 11 lies outside the transcript of 11 code \
      points; the value stands at 8 to 11
      """),
    Mistake(
      document(fields: field(end: "9223372036854775807")),
      """
      document dx-1: fields[0]: the span 8 to 9223372036854775807 lies outside the \
      transcript of 11 code points; the value stands at 8 to 11
      """),
    Mistake(
      document(fields: field(end: "9223372036854775808")),
      """
      document dx-1: fields[0].end: must be a whole number, found a number that is not \
      whole; write it without quotes or a point
      """),
    Mistake(
      document(fields: field(start: "11", end: "8")),
      """
      document dx-1: fields[0]: the span 11 to 8 is empty or reversed; the value stands at 8 \
      to 11
      """),
    Mistake(
      document(fields: field(start: "7", end: "10")),
      """
      document dx-1: fields[0]: the value is not the transcript's text from 7 to 10; the \
      value stands at 8 to 11
      """),
    Mistake(
      document(fields: field(value: "\"홍길순\"")),
      """
      document dx-1: fields[0]: the value is not the transcript's text from 8 to 11; count \
      Unicode code points from 0, end exclusive, as Python does
      """),
    Mistake(
      document(fields: field(value: "\"\\u1112\\u1169\\u11bc길동\"")),
      """
      document dx-1: fields[0]: the value is not the transcript's text from 8 to 11; count \
      Unicode code points from 0, end exclusive, as Python does
      """),
    Mistake(
      document(fields: field(more: ",\"box\":[1,2,3]")),
      """
      document dx-1: fields[0].box: a box must be four whole numbers; write [x, y, width, \
      height] in pixels
      """),
    Mistake(
      document(fields: field(more: ",\"box\":[1,2,0,4]")),
      """
      document dx-1: fields[0].box: [1, 2, 0, 4] is no box on a page; write [x, y, width, \
      height] from the top left
      """),
  ]

  /// Runs of the document's second line, 환자명 홍길동 from 4 to 11.
  private static func runs(_ runs: String) -> String {
    document(
      page: ",\"lines\":[{\"start\":0,\"end\":3},{\"start\":4,\"end\":11,\"runs\":\(runs)}]")
  }

  private static func run(
    _ start: Int, _ end: Int, box: String = "[1,2,3,4]", _ edges: String
  ) -> String {
    "{\"start\":\(start),\"end\":\(end),\"box\":\(box),\"edges\":\(edges)}"
  }

  static let runs: [Mistake] = [
    Mistake(
      runs("{}"),
      "document dx-1: pages[0].lines[1].runs: must be a list, found an object; write it in [ ]"),
    Mistake(
      runs("[{\"start\":4,\"end\":7,\"edges\":[1,2,3,4]}]"),
      "document dx-1: pages[0].lines[1].runs[0]: \"box\" is missing; add it"),
    Mistake(
      runs("[\(run(4, 7, "[1,2,3,4.5]")),\(run(8, 11, "[5,6,7,8]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[0].edges[3]: must be a whole number, found a number \
      that is not whole; write it without quotes or a point
      """),
    Mistake(
      runs("[\(run(4, 7, "[1,2,3]")),\(run(8, 11, "[5,6,7,8]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[0].edges: 3 edges of 3 code points; give one more \
      than there are code points
      """),
    Mistake(
      runs("[\(run(4, 7, "[1,2,3,4]")),\(run(8, 11, "[5,7,6,8]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[1].edges: must not be negative nor fall; give them \
      left to right
      """),
    Mistake(
      runs("[\(run(4, 7, "[-1,2,3,4]")),\(run(8, 11, "[5,6,7,8]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[0].edges: must not be negative nor fall; give them \
      left to right
      """),
    Mistake(
      runs("[\(run(4, 7, "[1,2,3,4]")),\(run(7, 11, "[4,5,6,7,8]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[1]: the span 7 to 11 is not within 8 to 11; runs fill \
      their line, with one space between two
      """),
    Mistake(
      runs("[\(run(4, 9_223_372_036_854_775_807, "[1,2]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[0]: the span 4 to 9223372036854775807 is not within 4 \
      to 11; runs fill their line, with one space between two
      """),
    Mistake(
      runs("[\(run(4, 7, "[1,2,3,4]"))]"),
      """
      document dx-1: pages[0].lines[1].runs: end at 7, but the line at 11; runs fill their line, \
      with one space between two
      """),
    Mistake(
      runs("[\(run(4, 7, box: "[1,2,0,4]", "[1,2,3,4]")),\(run(8, 11, "[5,6,7,8]"))]"),
      """
      document dx-1: pages[0].lines[1].runs[0].box: [1, 2, 0, 4] is no box on a page; write \
      [x, y, width, height] from the top left
      """),
  ]

  static let transcripts: [Mistake] = [
    Mistake(
      document(page: ",\"lines\":[{\"start\":0,\"end\":3}]"),
      """
      document dx-1: pages[0].lines: 1 lines, but the transcript has 2; give every line its \
      span in order, or leave "lines" out
      """),
    Mistake(
      document(page: ",\"lines\":[{\"start\":4,\"end\":11},{\"start\":0,\"end\":3}]"),
      """
      document dx-1: pages[0].lines[0]: the span 4 to 11 is not line 1 of the transcript; \
      set it to 0 to 3
      """),
    Mistake(
      document(page: ",\"lines\":[{\"start\":0,\"end\":3},{\"start\":3,\"end\":11}]"),
      """
      document dx-1: pages[0].lines[1]: the span 3 to 11 is not line 2 of the transcript; \
      set it to 4 to 11
      """),
    Mistake(
      document(transcript: "\"\\u1100\\u1161\"", fields: ""),
      """
      document dx-1: pages[0]: the transcript is not in NFC; normalise it, then count the \
      spans again
      """),
    Mistake(
      document(transcript: "\"가\\n\\n나\"", fields: ""),
      "document dx-1: pages[0]: line 2 of the transcript is blank; remove it"),
    Mistake(
      document(transcript: "\"가\\n\"", fields: ""),
      "document dx-1: pages[0]: line 2 of the transcript is blank; remove it"),
    Mistake(
      document(transcript: "\"가\\n나 \"", fields: ""),
      """
      document dx-1: pages[0]: line 2 of the transcript has white space at an end; remove it
      """),
    Mistake(
      document(transcript: "\"가  나\"", fields: ""),
      """
      document dx-1: pages[0]: line 1 of the transcript has two spaces in a row; leave one
      """),
    Mistake(
      document(transcript: "\"가\\r\\n나\"", fields: ""),
      """
      document dx-1: pages[0]: line 1 of the transcript holds U+000D, which is not written \
      text; remove it, or use a plain space
      """),
    Mistake(
      document(transcript: "\"가\\u0000\"", fields: ""),
      """
      document dx-1: pages[0]: line 1 of the transcript holds U+0000, which is not written \
      text; remove it, or use a plain space
      """),
    Mistake(
      document(transcript: "\"가\\ufeff나\"", fields: ""),
      """
      document dx-1: pages[0]: line 1 of the transcript holds U+FEFF, which is not written \
      text; remove it, or use a plain space
      """),
    Mistake(
      document(transcript: "\"가\\u00a0나\"", fields: ""),
      """
      document dx-1: pages[0]: line 1 of the transcript holds U+00A0, which is not written \
      text; remove it, or use a plain space
      """),
  ]
}
