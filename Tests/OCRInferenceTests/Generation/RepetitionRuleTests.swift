import OCRInference
import Testing

@Suite struct RepetitionRuleTests {
  struct Firing: Equatable {
    /// Tokens so far.
    var at: Int
    var period: Int
  }

  /// Where the rule first fires.
  private func fires(
    _ tokens: [Int32], _ rule: RepetitionRule = .standard
  ) -> Firing? {
    var detector = RepetitionDetector(rule: rule)
    for (index, token) in tokens.enumerated() {
      if let period = detector.add(token) { return Firing(at: index + 1, period: period) }
    }
    return nil
  }

  private func repeated(_ phrase: [Int32], _ times: Int) -> [Int32] {
    Array(repeatElement(phrase, count: times).joined())
  }

  @Test("One token over and over is a loop of period 1")
  func single() {
    #expect(fires([5, 9, 5] + Array(repeating: 7, count: 500)) == Firing(at: 403, period: 1))
  }

  @Test("A phrase over and over is a loop of its length", arguments: [2, 17, 50, 128])
  func phrase(_ period: Int) {
    let phrase = Array(Int32(20)..<Int32(20 + period))
    let text = [1, 2, 3] + repeated(phrase, 250)
    #expect(fires(text) == Firing(at: 3 + max(400, 8 * period), period: period))
  }

  @Test("A loop is seen however the text began, and its shortest period is named")
  func shortest() {
    let rule = RepetitionRule(longestPeriod: 6, repeats: 3, tokens: 6)
    #expect(fires([1, 2, 1, 2, 1, 2], rule) == Firing(at: 6, period: 2))
    #expect(fires([9, 4, 4, 4, 4, 4, 4], rule) == Firing(at: 7, period: 1))
    #expect(fires([1, 2, 1, 2, 1, 3, 1, 2, 1, 2], rule) == nil)
  }

  /// 60 rows "| 정상 | 12.N |" of 12 tokens that differ in one number.
  @Test("Rows of a table that differ in a number are no loop")
  func tableRows() {
    var rows: [Int32] = []
    for row in Int32(0)..<60 {
      rows += [1, 40, 41, 1, 50, 51, 52, 100 + row % 10, 110 + row / 10, 1, 1, 2]
    }
    #expect(fires(rows) == nil)
  }

  @Test("Thirty empty rows, a line of dots, a rule of dashes are no loop")
  func emptyRows() {
    #expect(fires(repeated([1, 3, 1, 3, 1, 3, 1, 2], 30)) == nil)
    #expect(fires([8] + Array(repeating: 6, count: 200) + [9]) == nil)
  }

  @Test("A period longer than the rule's is not looked for")
  func tooLong() {
    #expect(fires(repeated(Array(0..<129), 20)) == nil)
  }
}
