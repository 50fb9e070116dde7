/// A number and what it counts: `<0.5 mg/dL`, `1정`.
struct ClinicalQuantity {
  var number: ClinicalNumber
  var unit: MedicalUnit

  init?(_ text: String) {
    let text = withDecimalFraction(text)
    var rest = text[...]
    guard var number = ClinicalNumber(from: &rest) else { return nil }
    // `5.0 미만` is `<5.0`.
    for (word, comparator) in [("미만", "<"), ("이하", "≤"), ("초과", ">"), ("이상", "≥")]
    where number.comparator.isEmpty && rest.hasSuffix(word) {
      number.comparator = comparator
      rest = rest.dropLast(word.count)
      break
    }
    self.number = number
    unit = MedicalUnit(String(rest.drop { $0 == " " }))
  }

  var magnitude: DecimalMagnitude { DecimalMagnitude(digits: number.digits) }

  func equality(with other: ClinicalQuantity) -> Equality {
    guard number.comparator == other.number.comparator, number.sign == other.number.sign else {
      return .different
    }
    if unit == other.unit { return number.digits == other.number.digits ? .same : .different }
    guard let power = unit.power(over: other.unit) else { return .different }
    return magnitude.scaled(byPowerOfTen: power) == other.magnitude ? .rewritten : .different
  }

  /// log10(other / self), where the units measure the same thing and neither is nought.
  func logRatio(to other: ClinicalQuantity) -> Double? {
    guard let power = unit.power(over: other.unit), let mine = magnitude.logarithm,
      let theirs = other.magnitude.logarithm
    else { return nil }
    return theirs - mine - Double(power)
  }
}

/// Two limits and their unit: `70-99 mg/dL`. A dash or tilde parts them, whichever is written.
struct ClinicalRange {
  var lower: ClinicalNumber
  var upper: ClinicalNumber
  var unit: MedicalUnit

  init?(_ text: String) {
    var rest = text[...]
    guard let lower = ClinicalNumber(from: &rest), let separator = rest.first,
      "-~\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{223c}\u{301c}".contains(separator)
    else { return nil }
    rest = rest.dropFirst()
    guard let upper = ClinicalNumber(from: &rest) else { return nil }
    self.lower = lower
    self.upper = upper
    unit = MedicalUnit(String(rest.drop { $0 == " " }))
  }

  func equality(with other: ClinicalRange) -> Equality {
    func quantity(_ number: ClinicalNumber, _ unit: MedicalUnit) -> ClinicalQuantity {
      ClinicalQuantity(number: number, unit: unit)
    }
    let low = quantity(lower, unit).equality(with: quantity(other.lower, other.unit))
    let high = quantity(upper, unit).equality(with: quantity(other.upper, other.unit))
    if low == .different || high == .different { return .different }
    return low == .same && high == .same ? .same : .rewritten
  }
}

extension ClinicalQuantity {
  init(number: ClinicalNumber, unit: MedicalUnit) {
    self.number = number
    self.unit = unit
  }
}

/// `1/2정` and `½정` as `0.5정`.
private func withDecimalFraction(_ text: String) -> String {
  let fractions = [
    ("1/2", "0.5"), ("1/4", "0.25"), ("3/4", "0.75"), ("½", "0.5"), ("¼", "0.25"), ("¾", "0.75"),
  ]
  for (fraction, decimal) in fractions where text.hasPrefix(fraction) {
    let rest = text.dropFirst(fraction.count)
    if let next = rest.first, next.isASCIIDigit || next == "." || next == "/" { continue }
    return decimal + rest
  }
  return text
}
