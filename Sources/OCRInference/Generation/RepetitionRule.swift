/// When a text counts as a loop: its tail is the same run of `period` tokens, exactly, at least `repeats` times over at
/// least `tokens` tokens, for some period up to `longestPeriod`.
///
/// Rows of a table that are alike differ in a number or a name, which ends a run; a column of empty rows or a
/// line of dots is exact, so it takes more of it than a page has.
public struct RepetitionRule: Sendable, Equatable {
  public var longestPeriod: Int
  public var repeats: Int
  public var tokens: Int

  /// A period of 1 to 128 tokens, 8 times or more, over 400 tokens or more: some 40 identical rows of 10.
  public static let standard = RepetitionRule(longestPeriod: 128, repeats: 8, tokens: 400)

  public init(longestPeriod: Int, repeats: Int, tokens: Int) {
    precondition(longestPeriod >= 1 && repeats >= 2 && tokens >= 1)
    self.longestPeriod = longestPeriod
    self.repeats = repeats
    self.tokens = tokens
  }
}

/// Looks for a loop as tokens come, `longestPeriod` comparisons a token.
public struct RepetitionDetector: Sendable {
  private let rule: RepetitionRule
  /// The last `longestPeriod` tokens, a ring.
  private var recent: [Int32]
  private var count = 0
  /// `matches[p - 1]`: how many of the last tokens equal the token p before them, without a gap.
  private var matches: [Int]

  public init(rule: RepetitionRule) {
    self.rule = rule
    recent = Array(repeating: 0, count: rule.longestPeriod)
    matches = Array(repeating: 0, count: rule.longestPeriod)
  }

  /// - Returns: the period of the loop that the text now ends in, the shortest.
  public mutating func add(_ id: Int32) -> Int? {
    var found: Int?
    for period in 1...rule.longestPeriod {
      guard period <= count, recent[(count - period) % rule.longestPeriod] == id else {
        matches[period - 1] = 0
        continue
      }
      matches[period - 1] += 1
      let covered = matches[period - 1] + period
      if found == nil, covered >= max(rule.tokens, rule.repeats * period) { found = period }
    }
    recent[count % rule.longestPeriod] = id
    count += 1
    return found
  }
}
