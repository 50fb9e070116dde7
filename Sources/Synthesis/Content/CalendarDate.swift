import PageImaging

/// A day of the Gregorian calendar, counted from 1970-01-01 (Howard Hinnant's `days_from_civil`).
public struct CalendarDate: Sendable, Comparable {
  public var dayNumber: Int

  public init(dayNumber: Int) { self.dayNumber = dayNumber }

  public init(year: Int, month: Int, day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    dayNumber =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  public static func < (a: Self, b: Self) -> Bool { a.dayNumber < b.dayNumber }
  static func + (date: Self, days: Int) -> Self { Self(dayNumber: date.dayNumber + days) }

  public var parts: (year: Int, month: Int, day: Int) {
    let z = dayNumber + 719_468
    let era = z / 146_097
    let d = z - era * 146_097
    let yearOfEra = (d - d / 1460 + d / 36_524 - d / 146_096) / 365
    let dayOfYear = d - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  /// `2024-03-05`
  public var iso: String {
    let (year, month, day) = parts
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }

  /// `2024년 3월 5일`
  public var korean: String {
    let (year, month, day) = parts
    return "\(year)년 \(month)월 \(day)일"
  }

  /// `3월 5일`
  public var monthAndDay: String { "\(parts.month)월 \(parts.day)일" }

  /// A day on which a document may be written: 2023 to mid-2026.
  static func drawn(_ random: inout SeededRandom) -> Self {
    Self(year: 2023, month: 1, day: 20) + random.int(0...1250)
  }
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
