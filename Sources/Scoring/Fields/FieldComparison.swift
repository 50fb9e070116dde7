import DocProfiles

/// Whether a reading of a field means what the truth means, by the field's kind, after the
/// medicine-safe normalisation. What no rule can parse is compared as text; in doubt it differs.
///
/// Free text is graded and not compared here: see `FieldOutcome.freeText`.
public func sameValue(_ truth: String, _ reading: String, kind: FieldKind) -> Bool {
  let truth = unspaced(medicineSafe(truth))
  let reading = unspaced(medicineSafe(reading))
  if truth == reading { return true }
  func same<T: Equatable>(_ parse: (String) -> T?) -> Bool {
    guard let a = parse(truth), let b = parse(reading) else { return false }
    return a == b
  }
  switch kind {
  case .quantity, .labValue: return same(ClinicalQuantity.init)
  case .unit: return foldedLitres(truth) == foldedLitres(reading)
  case .range: return same(ClinicalRange.init) || same(ClinicalQuantity.init)
  case .date: return same(CalendarDate.init)
  case .diagnosisCode: return same(DiagnosisCode.init)
  case .drugName, .testName, .diagnosisName, .person, .frequency, .route, .freeText: return false
  }
}

/// Without white space, except between digits, points and commas: `5 mg` is `5mg` and `1일 3회` is
/// `1일3회`, but `1 5 mg` is not `15 mg`.
func unspaced(_ text: String) -> String {
  let characters = Array(text)
  var result = ""
  func isNumeric(_ index: Int) -> Bool {
    let character = characters[index]
    return character.isASCIIDigit || character == "." || character == ","
  }
  for (index, character) in characters.enumerated() {
    if character == " ", !(isNumeric(index - 1) && isNumeric(index + 1)) { continue }
    result.append(character)
  }
  return result
}

/// The litre as `L` however it is written (`ml`, `mℓ`). No other letter's case is touched: `Mg` is
/// not `mg`, and `ML` would be a million litres.
func foldedLitres(_ unit: String) -> String {
  let litres: Set<Substring> = ["l", "ml", "dl", "cl", "µl", "nl", "pl", "fl", "kl"]
  let withoutScript = String(unit.map { $0 == "ℓ" ? "l" : $0 })
  return withoutScript.split(separator: "/", omittingEmptySubsequences: false)
    .map { litres.contains($0) ? $0.dropLast() + "L" : $0 }
    .joined(separator: "/")
}

/// A number and what it counts: `<0.5 mg/dL`, `1정`.
struct ClinicalQuantity: Equatable {
  var number: ClinicalNumber
  var unit: String

  init?(_ text: String) {
    var rest = text[...]
    guard let number = ClinicalNumber(from: &rest) else { return nil }
    self.number = number
    unit = foldedLitres(String(rest))
  }
}

/// Two limits and their unit: `70-99 mg/dL`. A dash or tilde parts them, whichever is written.
struct ClinicalRange: Equatable {
  var lower: ClinicalNumber
  var upper: ClinicalNumber
  var unit: String

  init?(_ text: String) {
    var rest = text[...]
    guard let lower = ClinicalNumber(from: &rest), let separator = rest.first,
      "-~\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{223c}\u{301c}".contains(separator)
    else { return nil }
    rest = rest.dropFirst()
    guard let upper = ClinicalNumber(from: &rest) else { return nil }
    self.lower = lower
    self.upper = upper
    unit = foldedLitres(String(rest))
  }
}

/// A day with a four-digit year: `2026-01-05`, `2026.1.5`, `2026. 1. 5.`, `2026년 1월 5일`.
struct CalendarDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  init?(_ text: String) {
    // `2026. 1. 5.` keeps its blanks in `unspaced`: they stand between points and digits.
    var rest = text[...]
    func number(_ digits: ClosedRange<Int>) -> Int? {
      rest = rest.drop { $0 == " " }
      let written = rest.prefix(while: \.isASCIIDigit)
      rest = rest.dropFirst(written.count).drop { $0 == " " }
      return digits.contains(written.count) ? Int(written) : nil
    }
    func separator() -> Character? { rest.popFirst() }
    guard let year = number(4...4), let first = separator(), let month = number(1...2),
      let second = separator(), let day = number(1...2)
    else { return nil }
    switch (first, second, rest) {
    case ("-", "-", ""), ("/", "/", ""), (".", ".", ""), (".", ".", "."), ("년", "월", "일"): break
    default: return nil
    }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }
}
