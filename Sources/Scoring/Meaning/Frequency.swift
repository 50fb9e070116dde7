import Foundation

/// How often a medicine is taken: `1일 3회`, `하루 세 번`, `tid`, `8시간마다`, `주 1회`, `필요시`.
struct Frequency: Equatable {
  enum Period: Equatable {
    /// Every so many days: 1 for daily, 7 for weekly.
    case days(Int)
    case months(Int)
    /// Every so many hours.
    case hours(Int)
    /// A count without a period: `3회`.
    case unsaid
    /// At bedtime: `hs`, `취침 전`.
    case bedtime
    /// Nothing but "as needed".
    case none
  }

  var period: Period
  var count: Int
  var asNeeded: Bool
  /// What follows and is compared as text: `식후30분`.
  var rest: String

  /// nil where the text is no frequency known here.
  /// - Parameter text: normalised and unspaced.
  init?(_ text: String) {
    var rest = text.lowercased()[...]
    asNeeded = false
    for mark in ["필요시마다", "필요시", "필요할때", "prn", "p.r.n.", "p.r.n", "asneeded"] {
      if rest.hasPrefix(mark) {
        rest = rest.dropFirst(mark.count)
        asNeeded = true
      } else if rest.hasSuffix(mark) {
        rest = rest.dropLast(mark.count)
        asNeeded = true
      }
      if asNeeded { break }
    }
    if asNeeded, rest.isEmpty {
      (period, count, self.rest) = (.none, 0, "")
      return
    }
    guard let (period, count) = Self.latin(&rest) ?? Self.korean(&rest), count <= 48 else {
      return nil
    }
    (self.period, self.count, self.rest) = (period, count, String(rest))
  }

  func with(rest: String) -> Frequency {
    var frequency = self
    frequency.rest = rest
    return frequency
  }

  /// Doses a day; nil where that is not said.
  var perDay: Double? {
    switch period {
    case .days(let days): Double(count) / Double(days)
    case .hours(let hours): 24 / Double(hours)
    case .months(let months): Double(count) / Double(30 * months)
    case .bedtime: 1
    case .unsaid, .none: nil
    }
  }

  func equality(with other: Frequency) -> Equality {
    if self == other { return .same }
    guard asNeeded == other.asNeeded, rest == other.rest, let a = wholeDaily,
      let b = other.wholeDaily
    else { return .different }
    return a == b ? .rewritten : .different
  }

  /// log10 of how much oftener the other is; nil where one is taken as needed only, so that nobody
  /// can say.
  func logRatio(to other: Frequency) -> Double? {
    guard asNeeded == other.asNeeded, let a = perDay, let b = other.perDay, a > 0, b > 0 else {
      return nil
    }
    return log10(b / a)
  }

  /// `q8h` and `tid` alike give three doses a day; bedtime names its hour and is not `1일 1회`.
  private var wholeDaily: Int? {
    switch period {
    case .days(1): count
    case .hours(let hours) where 24 % hours == 0: 24 / hours
    default: nil
    }
  }

  // MARK: Latin and English

  /// `od` is left out: it is the right eye as well as once a day.
  private static let abbreviations: [String: (Period, Int)] = [
    "qd": (.days(1), 1), "bid": (.days(1), 2), "tid": (.days(1), 3), "qid": (.days(1), 4),
    "daily": (.days(1), 1), "oncedaily": (.days(1), 1), "onceaday": (.days(1), 1),
    "twicedaily": (.days(1), 2), "twiceaday": (.days(1), 2),
    "threetimesaday": (.days(1), 3), "threetimesdaily": (.days(1), 3),
    "fourtimesaday": (.days(1), 4), "fourtimesdaily": (.days(1), 4),
    "qod": (.days(2), 1), "everyotherday": (.days(2), 1),
    "weekly": (.days(7), 1), "onceweekly": (.days(7), 1), "onceaweek": (.days(7), 1),
    "twiceweekly": (.days(7), 2), "twiceaweek": (.days(7), 2), "monthly": (.months(1), 1),
    "hs": (.bedtime, 1), "qhs": (.bedtime, 1),
  ]

  private static func latin(_ rest: inout Substring) -> (Period, Int)? {
    let isPart: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
    let head = rest.prefix(while: isPart)
    // `1tid` is two things run together.
    guard let first = head.first else { return nil }
    let tail = rest.dropFirst(head.count)
    let word = head.filter { $0 != "." }
    if first.isASCIIDigit {
      // `3timesaday`
      var number = Substring(word)
      guard let count = leadingNumber(&number),
        ["timesaday", "timesdaily", "timesperday", "xdaily"].contains(number)
      else { return nil }
      rest = tail
      return (.days(1), count)
    }
    if let known = abbreviations[word] {
      rest = tail
      return known
    }
    for (prefix, suffixes) in [
      ("every", ["hours", "hour"]), ("q", ["hours", "hrs", "hr", "h"]),
    ] where word.hasPrefix(prefix) {
      var number = word.dropFirst(prefix.count)
      if let hours = leadingNumber(&number), (1...72).contains(hours),
        suffixes.contains(String(number))
      {
        rest = tail
        return (.hours(hours), 1)
      }
    }
    var number = word.dropFirst()
    if word.first == "q", let days = leadingNumber(&number), (1...60).contains(days), number == "d"
    {
      rest = tail
      return (.days(days), 1)
    }
    return nil
  }

  // MARK: Korean

  private static func korean(_ rest: inout Substring) -> (Period, Int)? {
    for word in ["취침전", "자기전", "취침시"] where rest == word {
      rest = ""
      return (.bedtime, 1)
    }
    let all = rest
    if let period = takePeriod(&rest) {
      for particle in ["에", "당", "마다"] where rest.hasPrefix(particle) {
        rest = rest.dropFirst(particle.count)
        break
      }
      if let count = takeTimes(&rest) { return (period, count) }
      // `격일로`, `3일마다`: once.
      if all.hasPrefix("격일") || (all.dropLast(rest.count).hasSuffix("마다") && period != .days(1)) {
        if rest.hasPrefix("로") { rest = rest.dropFirst() }
        return (period, 1)
      }
      rest = all
    }
    if rest.hasPrefix("매") { rest = rest.dropFirst() }
    if let hours = leadingNumber(&rest), (1...72).contains(hours), rest.hasPrefix("시간") {
      rest = rest.dropFirst(2)
      for word in ["간격으로", "간격", "마다"] where rest.hasPrefix(word) {
        rest = rest.dropFirst(word.count)
        return (.hours(hours), 1)
      }
      if all.hasPrefix("매") { return (.hours(hours), 1) }
    }
    rest = all
    guard let count = takeTimes(&rest) else { return nil }
    for (word, period) in [
      ("/1일", Period.days(1)), ("/일", .days(1)), ("/day", .days(1)), ("/주", .days(7)),
    ]
    where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
      return (period, count)
    }
    return (.unsaid, count)
  }

  private static func takePeriod(_ rest: inout Substring) -> Period? {
    for (word, period) in [
      ("하루", Period.days(1)), ("매일", .days(1)), ("격일", .days(2)), ("이틀", .days(2)),
      ("일주일", .days(7)), ("매주", .days(7)), ("한달", .months(1)), ("매월", .months(1)),
      ("매달", .months(1)), ("주", .days(7)), ("월", .months(1)), ("일", .days(1)),
    ] where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
      return period
    }
    var numbered = rest
    guard let number = leadingNumber(&numbered), (1...60).contains(number) else { return nil }
    for (word, period) in [
      ("개월", Period.months(number)), ("주일", .days(7 * number)), ("주", .days(7 * number)),
      ("일", .days(number)), ("달", .months(number)),
    ] where numbered.hasPrefix(word) {
      rest = numbered.dropFirst(word.count)
      return period
    }
    return nil
  }

  /// `3회`, `세번`, `한차례`
  private static func takeTimes(_ rest: inout Substring) -> Int? {
    var tail = rest
    var count = leadingNumber(&tail)
    if count == nil {
      for (word, number) in countWords where tail.hasPrefix(word) {
        tail = tail.dropFirst(word.count)
        count = number
        break
      }
    }
    guard let count, count > 0 else { return nil }
    for word in ["회", "번", "차례"] where tail.hasPrefix(word) {
      rest = tail.dropFirst(word.count)
      return count
    }
    return nil
  }

  private static let countWords = [
    ("한", 1), ("두", 2), ("세", 3), ("네", 4), ("다섯", 5), ("여섯", 6), ("일곱", 7), ("여덟", 8),
  ]

  /// A whole number of at most three digits and no leading nought.
  private static func leadingNumber(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix(while: \.isASCIIDigit)
    guard (1...3).contains(digits.count), digits.first != "0" else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int(digits)
  }
}
