import DocProfiles

/// What went wrong in a stretch of running text: numbers, dates, codes, names, sides, negations and
/// flags are looked for in what stands on the page and in the reading; what is left is free text.
struct TextDifference {
  var names: RealNames = .none
  /// The line of the page up to the stretch: its labels say what a number is.
  var before = ""
  /// What stands behind it on the page.
  var after = ""

  /// Empty where nothing but white space or width differs.
  func errors(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let (truth, reading) = (medicineSafe(truth), medicineSafe(reading))
    if unspaced(truth) == unspaced(reading) { return [] }
    if truth.isEmpty { return invented(reading) }
    if reading.isEmpty { return lost(truth) }
    var errors = Negation.errors(truth, reading) + Laterality.errors(truth, reading)
    var (a, b) = (Words(truth), Words(reading))
    // A birthday says whose page it is.
    let dates = a.takeDates(against: &b)
    errors +=
      isBirthday(before) ? dates.map { _ in ClassifiedError(.patientIdentifier) } : dates
    errors += a.takeCodes(against: &b)
    errors += a.takeDrugs(against: &b, names.drugs)
    errors += flags(a, b)
    errors += routes(a, b)
    errors += numbers(a.text, b.text)
    if errors.isEmpty, sex(truth, reading) { errors = [ClassifiedError(.patientIdentifier)] }
    if !errors.isEmpty { return errors }
    if withoutPunctuation(truth) == withoutPunctuation(reading) {
      return [ClassifiedError(.rewritten)]
    }
    return [ClassifiedError(.freeText, length: max(truth.count, reading.count))]
  }

  // MARK: One side is empty

  private func lost(_ truth: String) -> [ClassifiedError] {
    let turned = Negation.errors(truth, "") + Laterality.errors(truth, "")
    if !turned.isEmpty { return turned }
    let words = Words(truth)
    if words.isFlag, hasNumber(before) { return [ClassifiedError(.flagReversed)] }
    return [ClassifiedError(.freeText, length: truth.count)]
  }

  private func invented(_ reading: String) -> [ClassifiedError] {
    let turned = Negation.errors("", reading) + Laterality.errors("", reading)
    if !turned.isEmpty { return turned }
    let words = Words(reading)
    if words.isFlag, hasNumber(before) { return [ClassifiedError(.flagReversed)] }
    var error = ClassifiedError(.hallucinated, length: reading.count)
    if let kind = words.looksLike(names) {
      error.kind = kind
      return [error]
    }
    if words.text.contains(where: \.isASCIIDigit) { return [error] }
    return [ClassifiedError(.freeText, length: reading.count)]
  }

  // MARK: Numbers

  private func numbers(_ truth: [Character], _ reading: [Character]) -> [ClassifiedError] {
    var a = TextNumber.scan(truth)[...]
    var b = TextNumber.scan(reading)[...]
    while let x = a.first, let y = b.first, x == y {
      a = a.dropFirst()
      b = b.dropFirst()
    }
    while let x = a.last, let y = b.last, x == y {
      a = a.dropLast()
      b = b.dropLast()
    }
    var errors: [ClassifiedError] = []
    for (x, y) in zip(a, b) where x != y {
      var error = difference(x, y, String(truth[..<x.place].suffix(16)), truth)
      (error.truth, error.reading) = (x.text + x.unit, y.text + y.unit)
      errors.append(error)
    }
    for x in a.dropFirst(b.count) {
      var error =
        x.parsedUnit.measuresDose
        ? ClassifiedError(.doseRatio, unreadable: true)
        : ClassifiedError(isIdentifier(x, in: truth) ? .patientIdentifier : .digitChange)
      error.truth = x.text + x.unit
      errors.append(error)
    }
    for y in b.dropFirst(a.count) {
      var error = ClassifiedError(y.parsedUnit.measuresDose ? .doseRatio : .digitChange)
      error.reading = y.text + y.unit
      errors.append(error)
    }
    return errors
  }

  private func difference(
    _ x: TextNumber, _ y: TextNumber, _ ahead: String, _ line: [Character]
  ) -> ClassifiedError {
    if isIdentifier(x, in: line) { return ClassifiedError(.patientIdentifier) }
    if x.comparator != y.comparator { return ClassifiedError(.comparatorFlip) }
    if x.isNegative != y.isNegative { return ClassifiedError(.signFlip) }
    guard let p = x.number, let q = y.number else { return ClassifiedError(.digitChange) }
    if isDate(x, ahead, in: line) { return ClassifiedError(.date) }
    let (m, n) = (DecimalMagnitude(digits: p.digits), DecimalMagnitude(digits: q.digits))
    var ratio: Double?
    if let power = x.parsedUnit.power(over: y.parsedUnit), let big = m.logarithm,
      let small = n.logarithm
    {
      ratio = small - big - Double(power)
    }
    if x.parsedUnit.countsTimes, m != n { return ClassifiedError(.frequency, ratio: ratio) }
    // Of `1일 3회` the days: three times in two days is rarer.
    if isPeriod(x, in: line), m != n {
      return ClassifiedError(.frequency, ratio: ratio.map { -$0 })
    }
    if x.parsedUnit != y.parsedUnit, !y.unit.isEmpty || m == n, !x.unit.isEmpty {
      return ClassifiedError(.unitChange, ratio: ratio, unreadable: y.unit.isEmpty)
    }
    if m == n { return ClassifiedError(.unitChange, unreadable: true) }
    let isAmount = !x.unit.isEmpty || x.digits.contains(".") || y.digits.contains(".")
    if isAmount, !x.isInWord, m.isShift(of: n) {
      return ClassifiedError(.decimalShift, ratio: n.logarithm.map { $0 - m.logarithm! })
    }
    return ClassifiedError(x.parsedUnit.measuresDose ? .doseRatio : .digitChange, ratio: ratio)
  }

  /// `3월 9일`: a day and not a duration; `9월`, `2026년`: not a number of months or years.
  private func isDate(_ number: TextNumber, _ ahead: String, in line: [Character]) -> Bool {
    let behind = line[(number.place + number.digits.count)...].first { $0 != " " }
    switch behind {
    case "일"?:
      let context = (before + ahead).suffix(8)
      return context.last { !$0.isWhitespace && !$0.isASCIIDigit } == "월"
    case "월"?: return (1...2).contains(number.digits.count)
    case "년"?: return number.digits.count == 4
    default: return false
    }
  }

  /// Days with how many times in them behind: the `1` of `1일 3회`.
  private func isPeriod(_ number: TextNumber, in line: [Character]) -> Bool {
    let behind = (line[(number.place + number.digits.count)...].prefix(8) + Array(after))
      .filter { $0 != " " }
    guard behind.first == "일" else { return false }
    let times = behind.dropFirst().prefix { $0.isASCIIDigit }
    return !times.isEmpty && behind.dropFirst(1 + times.count).first == "회"
  }

  private static let patientLabels = [
    "등록번호", "주민등록번호", "주민번호", "환자번호", "차트번호", "병록번호", "생년월일", "연락처", "환자명",
    "환자정보", "MRN", "Patient ID", "Chart No", "DOB",
  ]
  private static let ageLabels = ["성별", "나이", "연령"]
  private static let otherLabels = [
    "면허번호", "기관기호", "교부번호", "전화번호", "연번호", "주소", "Tel", "사업자", "병원", "의원", "의료원",
  ]

  /// By the nearest label before it; without one, a long number is taken for a patient's.
  private func isIdentifier(_ number: TextNumber, in text: [Character]) -> Bool {
    // Of a long stretch the nearest words only, so that many numbers cost no square.
    let context = before + String(text[..<number.place].suffix(120))
    func last(_ labels: [String]) -> String.Index? {
      labels.compactMap { context.ranges(of: $0).last?.lowerBound }.max()
    }
    let length = identifierLength(number, in: text)
    let age = last(Self.ageLabels)
    let patient = [last(Self.patientLabels), age].compactMap(\.self).max()
    switch (patient, last(Self.otherLabels)) {
    case (let patient?, let other?) where patient < other: return false
    case (let patient?, _): return length >= (patient == age ? 1 : 2)
    case (nil, _?): return false
    case (nil, nil): return length >= 6 && number.unit.isEmpty && !number.digits.contains(".")
    }
  }

  /// Digits of a number with those that a hyphen joins to it from before: of `491207-2` seven.
  private func identifierLength(_ number: TextNumber, in text: [Character]) -> Int {
    let joined = (before.suffix(32) + text[..<number.place]).reversed()
      .prefix { $0.isASCIIDigit || $0 == "-" }
    return number.digits.count { $0.isASCIIDigit } + joined.count { $0.isASCIIDigit }
  }

  /// Whether a date that stands behind `context` is a day of birth.
  private func isBirthday(_ context: String) -> Bool {
    let label = context.lowercased().filter { $0.isLetter }
    return ["생년월일", "생일", "dob", "birth", "dateofbirth"].contains { label.hasSuffix($0) }
  }

  // MARK: Single words

  private func flags(_ a: Words, _ b: Words) -> [ClassifiedError] {
    guard hasNumber(before) || a.text.contains(where: \.isASCIIDigit) else { return [] }
    return a.flags == b.flags ? [] : [ClassifiedError(.flagReversed)]
  }

  private func routes(_ a: Words, _ b: Words) -> [ClassifiedError] {
    guard a.words.count == b.words.count else { return [] }
    return zip(a.words, b.words).compactMap { x, y in
      guard x != y, let p = Route(unspaced(x)), let q = Route(unspaced(y)), p != q else {
        return nil
      }
      return ClassifiedError(.route)
    }
  }

  private func sex(_ truth: String, _ reading: String) -> Bool {
    guard before.contains("성별") || before.contains("환자") || before.contains("Sex") else {
      return false
    }
    let sexes: Set<String> = ["남", "여", "M", "F", "남자", "여자"]
    let bare = { (text: String) in text.filter { !"()/ ,".contains($0) } }
    return sexes.contains(bare(truth)) && bare(truth) != bare(reading)
  }

  private func hasNumber(_ text: String) -> Bool { text.contains(where: \.isASCIIDigit) }

  /// Without marks that part sentences and quote; those beside digits stay.
  private func withoutPunctuation(_ text: String) -> String {
    let characters = Array(text)
    func isDigit(_ place: Int) -> Bool {
      characters.indices.contains(place) && characters[place].isASCIIDigit
    }
    return String(
      characters.indices.filter { place in
        !(".,;:·ㆍ'\"“”‘’…、。 ".contains(characters[place]) && !isDigit(place - 1)
          && !isDigit(place + 1))
      }.map { characters[$0] })
  }
}
