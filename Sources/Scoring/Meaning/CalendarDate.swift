/// A day with a four-digit year, and the time of day where one is given: `2026-01-05`, `2026.1.5`,
/// `2026. 1. 5.`, `2026년 1월 5일`, `2026-01-05 09:30`, `2026년 1월 5일 9시 30분`.
struct CalendarDate: Equatable {
  var year: Int
  var month: Int
  var day: Int
  /// Minutes from midnight.
  var minutes: Int?

  init?(_ text: String) {
    // `2026. 1. 5.` keeps its blanks in `unspaced`: they stand between points and digits.
    var rest = text[...]
    func number(_ digits: ClosedRange<Int>) -> Int? {
      rest = rest.drop { $0 == " " }
      let written = rest.prefix(while: \.isASCIIDigit)
      rest = rest.dropFirst(written.count)
      return digits.contains(written.count) ? Int(written) : nil
    }
    func separator() -> Character? {
      rest = rest.drop { $0 == " " }
      return rest.popFirst()
    }
    guard let year = number(4...4), let first = separator(), let month = number(1...2),
      let second = separator(), let day = number(1...2)
    else { return nil }
    switch (first, second) {
    case ("-", "-"), ("/", "/"): break
    case (".", "."): if rest.first == "." { rest = rest.dropFirst() }
    case ("년", "월"): guard rest.popFirst() == "일" else { return nil }
    default: return nil
    }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    if rest.isEmpty { return }
    // A time stands apart from the day's digits; `2026-01-051:30` is no time.
    guard second == "월" || rest.first == " ", let hour = number(1...2), hour < 24,
      let mark = separator(), mark == ":" || mark == "시"
    else { return nil }
    if mark == "시", rest.isEmpty {
      minutes = hour * 60
      return
    }
    guard let minute = number(mark == ":" ? 2...2 : 1...2), minute < 60 else { return nil }
    if mark == "시", rest.popFirst() != "분" { return nil }
    guard rest.isEmpty else { return nil }
    minutes = hour * 60 + minute
  }
}
