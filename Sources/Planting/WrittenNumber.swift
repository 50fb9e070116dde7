/// A plain decimal number as written, changed as a misreading would change it: `12.5`.
struct WrittenNumber: Equatable {
  var digits: [Character]
  /// How many of the digits stand behind the point.
  var decimals: Int

  /// nil for anything but digits with at most one point inside.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "0123456789".contains($0) } })
    else { return nil }
    digits = parts.flatMap { Array($0) }
    decimals = parts.count == 2 ? parts[1].count : 0
  }

  private init(digits: [Character], decimals: Int) {
    self.digits = digits
    self.decimals = decimals
  }

  var text: String {
    let whole = String(digits.dropLast(decimals))
    return decimals == 0 ? whole : whole + "." + String(digits.suffix(decimals))
  }

  var value: Double { Double(text)! }
  var isNought: Bool { digits.allSatisfy { $0 == "0" } }

  /// The digits that count: without noughts at either end.
  var significant: String {
    var rest = digits.drop { $0 == "0" }
    while rest.last == "0" { rest.removeLast() }
    return String(rest)
  }

  /// `12.5` → `125`, `5` → `50`, `0.5` → `5`
  var tenfold: String {
    if decimals == 0 { return text + "0" }
    var moved = WrittenNumber(digits: digits, decimals: decimals - 1)
    while moved.digits.count - moved.decimals > 1, moved.digits[0] == "0" {
      moved.digits.removeFirst()
    }
    return moved.text
  }

  /// `50` → `5`, `12.5` → `1.25`, `5` → `0.5`
  var tenth: String {
    if decimals == 0, digits.count > 1, digits.last == "0" { return String(digits.dropLast()) }
    var moved = WrittenNumber(digits: digits, decimals: decimals + 1)
    while moved.digits.count <= moved.decimals { moved.digits.insert("0", at: 0) }
    return moved.text
  }

  /// Every number that has one other digit, none of them beginning with an idle nought.
  var misread: [WrittenNumber] {
    digits.indices.flatMap { place in
      "123456789".filter { $0 != digits[place] }.map { digit in
        var changed = self
        changed.digits[place] = digit
        return changed
      }
    }
  }
}

/// A field's number and what follows it: `20` and ` mg`.
struct WrittenAmount {
  var number: WrittenNumber
  /// Between number and unit.
  var gap: String
  var unit: String

  init?(_ text: some StringProtocol) {
    let written = text.prefix { "0123456789.".contains($0) }
    guard let number = WrittenNumber(written) else { return nil }
    self.number = number
    let rest = text.dropFirst(written.count)
    gap = String(rest.prefix { $0 == " " })
    unit = String(rest.drop { $0 == " " })
  }

  func with(_ number: String) -> String { number + gap + unit }
}
