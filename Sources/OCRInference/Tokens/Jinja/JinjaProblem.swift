/// What stopped a template, and where; `ChatTemplate` adds its name.
struct JinjaProblem: Error {
  var line: Int
  var problem: ChatTemplateError.Problem

  static func syntax(_ line: Int, _ words: String) -> JinjaProblem {
    JinjaProblem(line: line, problem: .syntax(words))
  }

  static func unsupported(_ line: Int, _ construct: String) -> JinjaProblem {
    JinjaProblem(line: line, problem: .unsupported(construct))
  }

  static func tooLarge(_ line: Int, _ bound: String) -> JinjaProblem {
    JinjaProblem(line: line, problem: .tooLarge(bound))
  }
}

/// Bounds within which the published templates (the longest has 10 kB) stay by orders of magnitude,
/// so that a hostile one can neither hang the program nor exhaust its stack or memory.
enum JinjaLimits {
  /// Bytes of a template.
  static let source = 1 << 20
  /// Brackets, operators' operands and blocks within each other.
  static let nesting = 64
  /// Height of one expression: `a + b + c` has 3.
  static let height = 128
  /// Lists and dictionaries within each other.
  static let valueDepth = 48
  /// Statements, expressions and macros under way at once.
  static let calls = 320
  /// Expressions and statements evaluated, and elements or 64-byte pieces of text gone through.
  static let steps = 4_000_000
  /// Bytes of all the text and lists made in a rendering.
  static let allocation = 256 << 20
  /// Bytes of one text, the rendered prompt among them.
  static let text = 16 << 20
}
