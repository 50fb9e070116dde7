import DocProfiles

/// A stretch of text in words, from which what has a meaning of its own is taken before numbers are
/// looked for.
struct Words {
  var words: [String]

  init(_ text: String) { words = text.split(whereSeparator: \.isWhitespace).map(String.init) }

  var text: [Character] { Array(words.joined(separator: " ")) }

  mutating func takeDates(against other: inout Words) -> [ClassifiedError] {
    let dates = { (word: String) in CalendarDate(Self.bare(word)) }
    if words.count == other.words.count { return takeDates(besides: &other, dates) }
    return compared(take(dates), other.take(dates)) { _, _ in ClassifiedError(.date) }
  }

  /// Word by word, so that a day that no month has is one error and no invented numbers.
  private mutating func takeDates(
    besides other: inout Words, _ date: (String) -> CalendarDate?
  ) -> [ClassifiedError] {
    var errors: [ClassifiedError] = []
    var left: (mine: [String], theirs: [String]) = ([], [])
    for (x, y) in zip(words, other.words) {
      let (a, b) = (date(x), date(y))
      if a == nil, b == nil {
        left.mine.append(x)
        left.theirs.append(y)
      } else if a != b {
        errors.append(ClassifiedError(.date))
      }
    }
    (words, other.words) = left
    return errors
  }

  mutating func takeCodes(against other: inout Words) -> [ClassifiedError] {
    // Only in capitals, as they stand on pages; `B12` beside `B12` is taken away and no matter.
    let codes = { (word: String) -> String? in
      let bare = Self.bare(word)
      guard bare.first?.isASCIICapital ?? false else { return nil }
      return DiagnosisCode(bare).map { _ in bare }
    }
    if words.count == other.words.count { return takeCodes(besides: &other, codes) }
    let (mine, theirs) = (take(codes), other.take(codes))
    let same = { (a: String, b: String) in DiagnosisCode(a) == DiagnosisCode(b) }
    return compared(mine, theirs, same: same, Self.codeError)
  }

  /// Word by word, so that `I10` read as `110` is one error and no invented number.
  private mutating func takeCodes(
    besides other: inout Words, _ code: (String) -> String?
  ) -> [ClassifiedError] {
    var errors: [ClassifiedError] = []
    var left: (mine: [String], theirs: [String]) = ([], [])
    for (x, y) in zip(words, other.words) {
      let (a, b) = (code(x), code(y))
      if a == nil, b == nil {
        left.mine.append(x)
        left.theirs.append(y)
      } else if let a, b == nil {
        errors.append(FieldDifference.code(a, Self.bare(y)))
      } else if DiagnosisCode(a ?? "") != DiagnosisCode(b ?? "") {
        errors.append(Self.codeError(a, b))
      }
    }
    (words, other.words) = left
    return errors
  }

  private static func codeError(_ truth: String?, _ reading: String?) -> ClassifiedError {
    guard let truth else {
      var error = ClassifiedError(.hallucinated)
      error.kind = .diagnosisCode
      return error
    }
    return reading.map { FieldDifference.code(truth, $0) }
      ?? ClassifiedError(.codeCategory, unreadable: true)
  }

  mutating func takeDrugs(against other: inout Words, _ drugs: DrugNames) -> [ClassifiedError] {
    guard !drugs.isEmpty else { return [] }
    let names = { (word: String) in drugs.drug(Self.withoutParticle(Self.bare(word), drugs)) }
    let (mine, theirs) = (found(names), other.found(names))
    return compared(mine, theirs) { a, b in
      if a != nil, b != nil { return ClassifiedError(.drugSwap) }
      if a != nil { return ClassifiedError(.drugName) }
      var error = ClassifiedError(.hallucinated)
      error.kind = .drugName
      return error
    }
  }

  /// H, L and their like.
  var flags: [String] {
    words.compactMap { word in
      switch word {
      case "H", "HH", "▲", "↑", "High": "high"
      case "L", "LL", "▼", "↓", "Low": "low"
      default: nil
      }
    }
  }

  var isFlag: Bool { !words.isEmpty && flags.count == words.count }

  /// What an invented stretch pretends to be; nil for plain text.
  func looksLike(_ names: RealNames) -> FieldKind? {
    let numbers = TextNumber.scan(text)
    if words.contains(where: { names.drugs.contains(Self.bare($0)) }) { return .drugName }
    let hasDose = numbers.contains { $0.parsedUnit.measuresDose && !$0.unit.isEmpty }
    let isTaken =
      numbers.contains { $0.parsedUnit.countsTimes } || words.contains { Route($0) != nil }
    if hasDose, isTaken { return .drugName }
    let hasRange = words.contains { ClinicalRange($0) != nil && $0.first?.isASCIIDigit ?? false }
    if hasRange, numbers.count > 2, words[0].first?.isLetter ?? false { return .labValue }
    let hasCode = words.contains { word in
      let bare = Self.bare(word)
      return bare.first?.isASCIICapital ?? false && DiagnosisCode(bare) != nil
    }
    if hasCode || namesDiagnosis(names.diagnoses) { return .diagnosisName }
    if hasDose { return .quantity }
    // Beside what the page has, another route or frequency is another order.
    if words.count <= 4 {
      if words.contains(where: { Route(unspaced(Self.bare($0))) != nil }) { return .route }
      if let said = Frequency(unspaced(words.joined(separator: " "))), said.rest.isEmpty {
        return .frequency
      }
    }
    return nil
  }

  /// Whether some words in a row are a disease's name.
  private func namesDiagnosis(_ known: NameList) -> Bool {
    guard !known.isEmpty else { return false }
    // Of an invented page the first words; names have few.
    let words = words.prefix(64).map(Self.bare)
    return words.indices.contains { start in
      (start..<min(start + 8, words.count)).contains { end in
        known.contains(words[start...end].joined(separator: " "))
      }
    }
  }

  private mutating func take<T>(_ parse: (String) -> T?) -> [T] {
    var found: [T] = []
    words = words.filter { word in
      guard let value = parse(word) else { return true }
      found.append(value)
      return false
    }
    return found
  }

  private func found<T>(_ parse: (String) -> T?) -> [T] { words.compactMap(parse) }

  private func compared<T: Equatable>(
    _ a: [T], _ b: [T], _ error: (T?, T?) -> ClassifiedError
  ) -> [ClassifiedError] {
    compared(a, b, same: { $0 == $1 }, error)
  }

  /// The pairs that differ once what is equal at both ends is gone.
  private func compared<T>(
    _ a: [T], _ b: [T], same: (T, T) -> Bool, _ error: (T?, T?) -> ClassifiedError
  ) -> [ClassifiedError] {
    var (a, b) = (a[...], b[...])
    while let x = a.first, let y = b.first, same(x, y) { (a, b) = (a.dropFirst(), b.dropFirst()) }
    while let x = a.last, let y = b.last, same(x, y) { (a, b) = (a.dropLast(), b.dropLast()) }
    let (left, right) = (Array(a), Array(b))
    return (0..<max(left.count, right.count)).compactMap { place in
      let (x, y) = (
        place < left.count ? left[place] : nil, place < right.count ? right[place] : nil
      )
      if let x, let y, same(x, y) { return nil }
      return error(x, y)
    }
  }

  /// Without what closes or opens a clause around a word.
  static func bare(_ word: String) -> String {
    var bare = word[...]
    while let last = bare.last, ",;:()[]\"'".contains(last) || (last == "." && bare.count > 1) {
      bare = bare.dropLast()
    }
    while let first = bare.first, ",;:()[]\"'#".contains(first) { bare = bare.dropFirst() }
    return String(bare)
  }

  /// `발사르탄을` → `발사르탄`
  private static func withoutParticle(_ word: String, _ drugs: DrugNames) -> String {
    if drugs.contains(word) { return word }
    for particle in ["으로", "에서", "을", "를", "은", "는", "이", "가", "과", "와", "로", "의"]
    where word.hasSuffix(particle) && word.count > particle.count + 1 {
      return String(word.dropLast(particle.count))
    }
    return word
  }
}
