/// A number as written on a form: comparator, sign, decimal digits. Equal where the values are:
/// `5.0` is `5`, `.5` is `0.5`, `1,000` is `1000`.
struct ClinicalNumber: Equatable {
  var comparator: String
  var sign: String
  /// Without leading or trailing zeros: `12`, `0.5`.
  var digits: String

  /// Takes a number from the front of `text`; nil, and `text` as it was, where none stands there
  /// or where it is not well-formed: `05` may be a `.05` that lost its point, `1,5` may be 15.
  init?(from text: inout Substring) {
    var rest = text
    comparator = Self.takeComparator(&rest)
    sign = Self.takeSign(&rest)
    let isNumeric: (Character) -> Bool = { $0.isASCIIDigit || $0 == "." || $0 == "," }
    let written = rest.prefix(while: isNumeric)
    guard let digits = Self.canonical(written) else { return nil }
    self.digits = digits
    text = rest.dropFirst(written.count)
  }

  private static func takeComparator(_ text: inout Substring) -> String {
    for (written, meant) in [
      ("<=", "≤"), (">=", "≥"), ("≦", "≤"), ("≧", "≥"), ("≤", "≤"), ("≥", "≥"), ("<", "<"),
      (">", ">"), ("±", "±"),
    ] where text.hasPrefix(written) {
      text = text.dropFirst(written.count).drop { $0 == " " }
      return meant
    }
    return ""
  }

  private static func takeSign(_ text: inout Substring) -> String {
    guard let first = text.first, "-+\u{2212}\u{2013}".contains(first) else { return "" }
    text = text.dropFirst().drop { $0 == " " }
    return first == "+" ? "+" : "-"
  }

  private static func canonical(_ written: Substring) -> String? {
    let parts = written.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = wholeDigits(parts[0], hasFraction: parts.count == 2)
    else { return nil }
    guard parts.count == 2 else { return whole }
    guard !parts[1].isEmpty, parts[1].allSatisfy(\.isASCIIDigit) else { return nil }
    var fraction = parts[1]
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  private static func wholeDigits(_ part: Substring, hasFraction: Bool) -> String? {
    if part.isEmpty { return hasFraction ? "0" : nil }
    let groups = part.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
    if groups.count > 1 {
      guard groups[0].count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
        return nil
      }
    }
    let digits = groups.joined()
    return digits.count > 1 && digits.first == "0" ? nil : digits
  }
}

extension Character {
  /// Not by comparison with "9": a digit with a combining mark sorts below it.
  var isASCIIDigit: Bool { asciiValue.map { (0x30...0x39).contains($0) } ?? false }
  var isASCIICapital: Bool { asciiValue.map { (0x41...0x5a).contains($0) } ?? false }
}
