import PageImaging

/// Numbers as medical papers write them, with digits by lot.
extension PracticeText {
  mutating func number() -> String {
    (0..<random.int(1...4)).map { _ in oneNumber() }.joined(separator: " ")
  }

  private mutating func oneNumber() -> String {
    switch random.int(0...9) {
    case 0, 1: return random.digits(random.int(1...4))
    case 2: return random.digits(random.int(5...10))
    case 3, 4: return decimal()
    case 5: return "\(random.digits(random.int(1...3))),\(anyDigits(3))"
    case 6: return "\(random.digits(2))/\(random.digits(2))"
    case 7:
      return random.pick(["0.00", "1111", "0000", "100.0", "11.1", "0.01", "000", "111", "1.0"])
    case 8:
      let pair = random.pick(["01", "17", "80", "69", "35"])
      return String((0..<random.int(3...8)).map { _ in random.pick(Array(pair)) })
    default: return "\(random.pick(["-", "+", "±", "#", "No."]))\(decimal())"
    }
  }

  mutating func decimal() -> String {
    "\(random.int(0...random.pick([9, 99, 999]))).\(anyDigits(random.int(1...3)))"
  }

  /// The first may be zero.
  private mutating func anyDigits(_ count: Int) -> String {
    String((0..<count).map { _ in random.pick(Self.digits) })
  }

  /// Dates, times, telephones, resident registration numbers, codes.
  mutating func identifier() -> String {
    switch random.int(0...9) {
    case 0, 1: return date()
    case 2: return "\(two(23)):\(two(59))" + (random.chance(0.4) ? ":" + two(59) : "")
    case 3: return date() + " \(two(23)):\(two(59))"
    case 4:
      return random.pick(["02", "031", "051", "010", "1588", "070"])
        + random.pick(["-", "-", ")", "."]) + anyDigits(random.int(3...4)) + "-" + anyDigits(4)
    case 5:
      return "\(anyDigits(2))\(two(12))\(two(31))-"
        + (random.chance(0.5) ? anyDigits(7) : anyDigits(1) + "******")
    case 6, 7:
      return "\(random.pick(Self.uppercase))\(anyDigits(2))"
        + (random.chance(0.8) ? "." + anyDigits(random.int(1...2)) : "")
    case 8:
      return String((0..<random.int(1...3)).map { _ in random.pick(Self.uppercase) })
        + random.pick(["-", "", "/"]) + anyDigits(random.int(3...8))
    default: return "\(anyDigits(3))-\(anyDigits(2))-\(anyDigits(5))"
    }
  }

  /// Below or at a number, two digits.
  private mutating func two(_ most: Int) -> String {
    let number = random.int(0...most)
    return (number < 10 ? "0" : "") + String(number)
  }

  private mutating func date() -> String {
    let year = random.int(1920...2035)
    let month = random.int(1...12)
    let day = random.int(1...31)
    func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    switch random.int(0...6) {
    case 0, 1: return "\(year)-\(padded(month))-\(padded(day))"
    case 2: return "\(year).\(padded(month)).\(padded(day))" + (random.chance(0.5) ? "." : "")
    case 3: return "\(year)/\(padded(month))/\(padded(day))"
    case 4: return "\(year)년 \(month)월 \(day)일"
    case 5: return "\(padded(year % 100)).\(month).\(day)."
    default: return "\(padded(month))/\(padded(day))"
    }
  }

  /// Values with units, ranges, comparators.
  mutating func measure() -> String {
    let unit = random.pick(PracticeTables.units)
    let gap = random.chance(0.5) ? " " : ""
    switch random.int(0...6) {
    case 0, 1: return value() + gap + unit
    case 2:
      return "\(value())\(random.pick(["-", "~", " - ", " ~ ", "-", "~"]))\(value())" + gap + unit
    case 3:
      let sign = random.pick(["<", ">", "≤", "≥", "<=", ">=", "=", "±", "~"])
      return sign + (random.chance(0.4) ? " " : "") + value() + gap + unit
    case 4: return "\(value()) (\(value())\(random.pick(["-", "~"]))\(value())) \(unit)"
    case 5:
      let flag = random.pick(["H", "L", "▲", "▼", "(H)", "(L)", "*", "↑", "↓", "(+)", "(-)", "++"])
      return value() + gap + unit + " " + flag
    default: return "\(value())×\(value())" + gap + unit
    }
  }

  private mutating func value() -> String {
    random.chance(0.5) ? decimal() : random.digits(random.int(1...3))
  }

  /// `일금 삼십이만 원정`, `제3조 제1항`, `칠백`.
  mutating func koreanNumber() -> String {
    func digit() -> String { random.pick(Array(PracticeTables.koreanDigits.dropFirst())) }
    switch random.int(0...4) {
    case 0: return "일금 \(digit())십\(digit())만\(digit())천 원정"
    case 1: return "제\(random.int(1...99))조 제\(random.int(1...9))항"
    case 2: return digit() + "백" + digit() + "십" + digit()
    case 3: return "\(random.int(1...9))만 \(random.int(1...9))천원"
    default:
      return (0..<random.int(2...5)).map { _ in digit() }.joined(
        separator: random.chance(0.5) ? " " : "")
    }
  }
}
