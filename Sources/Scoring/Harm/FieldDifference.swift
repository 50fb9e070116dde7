import DocProfiles

/// What went wrong between a field's truth and a reading that means something else.
struct FieldDifference {
  var kind: FieldKind
  var names: RealNames = .none
  /// The row's reference range, for a laboratory value.
  var range: String?

  /// - Precondition: neither is blank and they are not equal in meaning; kinds other than free text.
  func errors(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let a = unspaced(medicineSafe(truth))
    let b = unspaced(medicineSafe(reading))
    switch kind {
    case .quantity: return [amount(a, b, as: .doseRatio)]
    case .labValue: return [labValue(a, b)]
    case .unit:
      return [ClassifiedError(.unitChange, unreadable: !MedicalUnit(b).isKnown || b.isEmpty)]
    case .range: return [limits(a, b)]
    case .frequency: return [frequency(a, b)]
    case .route: return [ClassifiedError(.route, unreadable: Route(b) == nil)]
    case .date: return [ClassifiedError(.date)]
    case .person: return [ClassifiedError(.patientIdentifier)]
    case .diagnosisCode: return [Self.code(a, b)]
    case .testName:
      return [ClassifiedError(.testName, unreadable: !names.tests.isOther(b, than: a))]
    case .drugName: return drugName(a, b)
    case .diagnosisName:
      let isOther = names.diagnoses.isOther(b, than: a)
      let turned = Laterality.errors(truth, reading) + Negation.errors(truth, reading)
      // Another disease altogether turns no negation; one like it may: with and without complication.
      if !turned.isEmpty, !isOther || areAlike(a, b) { return turned }
      return [ClassifiedError(.diagnosisName, unreadable: !isOther)]
    case .freeText: return [ClassifiedError(.freeText, length: truth.count)]
    }
  }

  /// Whether more than half of the longer stays.
  private func areAlike(_ a: String, _ b: String) -> Bool {
    AlignedPage(truth: a, reading: b).counts.errors * 2 < max(a.count, b.count)
  }

  /// - Parameter other: the class of an amount that differs by more than its point.
  func amount(_ a: String, _ b: String, as other: ErrorClass) -> ClassifiedError {
    if let worst = compound(a, b, as: other) { return worst }
    guard let x = ClinicalQuantity(a) else {
      return ClassifiedError(other, unreadable: ClinicalQuantity(b) == nil)
    }
    guard let y = ClinicalQuantity(b) else {
      // `1,5`, `05` and `2. 5`: the digits stand, and where the point belongs is a guess.
      let digits = b.filter(\.isASCIIDigit)
      if digits.isEmpty { return ClassifiedError(other, unreadable: true) }
      let read = DecimalMagnitude(digits: digits)
      return ClassifiedError(
        read.significand == x.magnitude.significand ? .decimalShift : other)
    }
    if x.number.sign != y.number.sign { return ClassifiedError(.signFlip) }
    if x.number.comparator != y.number.comparator { return ClassifiedError(.comparatorFlip) }
    if x.unit != y.unit, y.unit.isKnown, !y.unit.isEmpty || x.number.digits == y.number.digits {
      return ClassifiedError(.unitChange, ratio: x.logRatio(to: y), unreadable: y.unit.isEmpty)
    }
    if x.number.digits == y.number.digits { return ClassifiedError(.unitChange, unreadable: true) }
    // With the unit lost or illegible as well, the number tells the worse story.
    var sameUnit = y
    sameUnit.unit = x.unit
    let ratio = x.logRatio(to: sameUnit)
    return ClassifiedError(
      x.magnitude.isShift(of: y.magnitude) ? .decimalShift : other, ratio: ratio)
  }

  /// The worst of several numbers that stand in one amount: `80/12.5 mg`, `500 mg/5 mL`, `5-10 mg`.
  private func compound(_ a: String, _ b: String, as other: ErrorClass) -> ClassifiedError? {
    if let quantity = ClinicalQuantity(a), quantity.unit.isKnown { return nil }
    let (mine, theirs) = (TextNumber.scan(Array(a)), TextNumber.scan(Array(b)))
    guard mine.count > 1, mine.count == theirs.count else { return nil }
    let errors = zip(mine, theirs).compactMap { x, y -> ClassifiedError? in
      let (m, n) = (DecimalMagnitude(digits: x.digits), DecimalMagnitude(digits: y.digits))
      guard m != n else { return nil }
      var ratio: Double?
      if let big = m.logarithm, let small = n.logarithm { ratio = small - big }
      return ClassifiedError(m.isShift(of: n) ? .decimalShift : other, ratio: ratio)
    }
    return errors.max { badness($0) < badness($1) }
  }

  private func badness(_ error: ClassifiedError) -> Double {
    (error.errorClass == .decimalShift ? 100 : 0) + abs(error.ratio ?? 50)
  }

  private func labValue(_ a: String, _ b: String) -> ClassifiedError {
    let (x, y) = (FlaggedValue(a), FlaggedValue(b))
    if x.flag != y.flag { return ClassifiedError(.flagReversed) }
    return unflagged(x.value, y.value)
  }

  private func unflagged(_ a: String, _ b: String) -> ClassifiedError {
    if let x = Polarity(a), let y = Polarity(b) {
      if x != y { return ClassifiedError(.negationFlip) }
      return compound(a, b, as: .labValue) ?? ClassifiedError(.labValue)
    }
    var error = amount(a, b, as: .labValue)
    if error.errorClass == .labValue, let range, let x = Side(of: a, in: range),
      let y = Side(of: b, in: range), x != y
    {
      error.errorClass = .flagReversed
    }
    return error
  }

  private func limits(_ a: String, _ b: String) -> ClassifiedError {
    if let x = ClinicalQuantity(a), let y = ClinicalQuantity(b), ClinicalRange(a) == nil,
      ClinicalRange(b) == nil
    {
      if x.number.comparator != y.number.comparator { return ClassifiedError(.comparatorFlip) }
      if x.number.sign != y.number.sign { return ClassifiedError(.signFlip) }
    }
    if let x = Finding(a), let y = Finding(b), x != y { return ClassifiedError(.negationFlip) }
    if let x = ClinicalRange(a), let y = ClinicalRange(b),
      (x.lower.sign, x.upper.sign) != (y.lower.sign, y.upper.sign)
    {
      return ClassifiedError(.signFlip)
    }
    return ClassifiedError(.referenceRange, unreadable: !isParsed(b, .range))
  }

  private func frequency(_ a: String, _ b: String) -> ClassifiedError {
    guard let x = Frequency(a) else {
      return ClassifiedError(
        .frequency,
        unreadable: a.filter(\.isASCIIDigit) == b.filter(\.isASCIIDigit) && Frequency(b) == nil)
    }
    guard let y = Frequency(b) else {
      // With the same figures and letters garbled a reader will stop; with others not.
      let digits = b.filter(\.isASCIIDigit)
      return ClassifiedError(.frequency, unreadable: digits == a.filter(\.isASCIIDigit))
    }
    // `1일 1회 2정씩`: how often is right, how much is not.
    if x.rest != y.rest, x.with(rest: y.rest) == y,
      let worse = TextDifference(names: names).errors(x.rest, y.rest).first(where: {
        $0.errorClass != .freeText && $0.errorClass != .rewritten
      })
    {
      return worse
    }
    return ClassifiedError(.frequency, ratio: x.logRatio(to: y))
  }

  static func code(_ a: String, _ b: String) -> ClassifiedError {
    let category = { (code: String) in
      DiagnosisCode(code).map { String($0.description.prefix(3)) }
        ?? String(code.uppercased().prefix(3))
    }
    return ClassifiedError(
      category(a) == category(b) ? .codeDetail : .codeCategory,
      unreadable: DiagnosisCode(b) == nil)
  }

  private func drugName(_ a: String, _ b: String) -> [ClassifiedError] {
    let (x, y) = (DrugStrength(in: a), DrugStrength(in: b))
    let (name, read) = (x?.name ?? a, y?.name ?? b)
    var errors: [ClassifiedError] = []
    if name != read {
      if names.drugs.isOther(read, than: name) {
        errors.append(ClassifiedError(.drugSwap))
      } else {
        errors.append(ClassifiedError(.drugName))
      }
    }
    switch (x, y) {
    case (let x?, let y?):
      if x.strength.equality(with: y.strength) == .different {
        let strengths = (String(a.dropFirst(x.name.count)), String(b.dropFirst(y.name.count)))
        errors.append(amount(strengths.0, strengths.1, as: .doseRatio))
      }
    case (_?, nil) where name == read, (nil, _?) where name == read:
      errors.append(ClassifiedError(.doseRatio, unreadable: x != nil))
    case (let x?, nil) where b.contains(where: \.isASCIIDigit):
      // `정4밀리그램` read as `정40`: the figure says more than the letters.
      let strength = String(a.dropFirst(x.name.count))
      let tail = String(b.drop { !$0.isASCIIDigit })
      if !tail.isEmpty, tail.filter(\.isASCIIDigit) != strength.filter(\.isASCIIDigit) {
        errors.append(amount(strength, tail, as: .doseRatio))
      }
    default: break
    }
    return errors.isEmpty ? [ClassifiedError(.drugName)] : errors
  }
}

/// Negative or positive, as a qualitative result says it: `음성`, `(-)`, `2+`.
private enum Polarity: Equatable {
  case negative, positive

  init?(_ text: String) {
    switch Finding(text) {
    case .negative: self = .negative
    case .positive: self = .positive
    case nil:
      let lower = text.lowercased()
      if Self.denials.contains(where: lower.contains) {
        self = .negative
        return
      }
      if Self.affirmations.contains(where: lower.contains) || text.hasPrefix("1:") {
        self = .positive
        return
      }
      let bare = text.filter { !"()[] ".contains($0) }
      if bare == "-" || bare == "\u{2212}" || bare == "–" {
        self = .negative
      } else if bare == "약양성" || (!bare.isEmpty && bare.allSatisfy { "+".contains($0) })
        || (bare.count == 2 && bare.last == "+" && bare.first!.isASCIIDigit)
      {
        self = .positive
      } else {
        return nil
      }
    }
  }
}

extension Polarity {
  /// Unspaced and in small letters.
  fileprivate static let denials = [
    "음성", "negative", "미검출", "불검출", "없음", "notdetected", "not detected", "undetected",
    "nonreactive", "non-reactive", "(-)", "(\u{2212})",
  ]
  fileprivate static let affirmations = [
    "양성", "positive", "검출", "있음", "detected", "reactive", "(+)",
  ]
}

/// A result and the mark that some laboratories write behind it in one cell: `5.8 H`.
private struct FlaggedValue {
  var value: String
  /// high, low, or nothing.
  var flag = ""

  /// - Parameter text: normalised and unspaced.
  init(_ text: String) {
    value = text
    for (mark, flag) in [
      ("H", "high"), ("▲", "high"), ("↑", "high"), ("L", "low"), ("▼", "low"), ("↓", "low"),
    ]
    where text.hasSuffix(mark) {
      let rest = text.dropLast(mark.count).reversed().drop { $0 == " " }
      guard rest.first?.isASCIIDigit ?? false else { continue }
      value = String(String(rest.reversed()))
      self.flag = flag
      return
    }
  }
}

/// Where a result lies by its reference range.
enum Side: Equatable {
  case below, inside, above

  /// nil where either is none that can be compared.
  init?(of value: String, in range: String) {
    let value = unspaced(medicineSafe(value))
    let range = unspaced(medicineSafe(range))
    if let found = Finding(value), let normal = Finding(range) {
      self = found == normal ? .inside : .above
      return
    }
    guard let quantity = ClinicalQuantity(value), let number = quantity.number.value else {
      return nil
    }
    if let limits = ClinicalRange(range), let low = limits.lower.value,
      let high = limits.upper.value
    {
      self = number < low ? .below : number > high ? .above : .inside
    } else if let limit = ClinicalQuantity(range), let bound = limit.number.value {
      switch limit.number.comparator {
      case "<": self = number >= bound ? .above : .inside
      case "≤": self = number > bound ? .above : .inside
      case ">": self = number <= bound ? .below : .inside
      case "≥": self = number < bound ? .below : .inside
      default: return nil
      }
    } else {
      return nil
    }
  }
}

extension ClinicalNumber {
  var value: Double? { Double((sign == "-" ? "-" : "") + digits) }
}
