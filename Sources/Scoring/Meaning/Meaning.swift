import DocProfiles

/// How a reading's meaning stands to the truth's.
public enum Equality: String, Sendable, Codable {
  /// The same in the same terms, however spelled: `5 mg`, `5.0mg`, `5 밀리그램`.
  case same
  /// The same in other terms: `0.5 g` for `500 mg`, `q8h` for `tid`.
  case rewritten
  case different
}

/// A reading compared with the truth by the kind of field.
public struct MeaningComparison: Sendable, Equatable {
  public var equality: Equality
  /// What the kind's parser does not know, truth first; such a value is compared as text.
  public var unparsed: [String]

  public init(equality: Equality, unparsed: [String] = []) {
    self.equality = equality
    self.unparsed = unparsed
  }
}

/// Whether a reading of a field means what the truth means, by the field's kind, after the
/// medicine-safe normalisation. What no rule can parse is compared as text; in doubt it differs.
///
/// Free text is graded and not compared here: see `FieldOutcome.freeText`.
public func sameValue(_ truth: String, _ reading: String, kind: FieldKind) -> Bool {
  let truth = unspaced(medicineSafe(truth))
  let reading = unspaced(medicineSafe(reading))
  return truth == reading || equality(truth, reading, kind) != .different
}

/// `sameValue`, with what was rewritten and what could not be parsed.
public func compareMeaning(
  _ truth: String, _ reading: String, kind: FieldKind
) -> MeaningComparison {
  let truth = unspaced(medicineSafe(truth))
  let reading = unspaced(medicineSafe(reading))
  var unparsed: [String] = []
  for text in [truth, reading] where !isParsed(text, kind) && !unparsed.contains(text) {
    unparsed.append(text)
  }
  return MeaningComparison(
    equality: truth == reading ? .same : equality(truth, reading, kind), unparsed: unparsed)
}

/// Of two normalised texts that differ.
private func equality(_ truth: String, _ reading: String, _ kind: FieldKind) -> Equality {
  func same<T: Equatable>(_ parse: (String) -> T?) -> Equality {
    guard let a = parse(truth), let b = parse(reading) else { return .different }
    return a == b ? .same : .different
  }
  switch kind {
  case .quantity: return quantities(truth, reading)
  case .labValue:
    if let a = Finding(truth), let b = Finding(reading) { return a == b ? .rewritten : .different }
    return quantities(truth, reading)
  case .unit: return MedicalUnit(truth).equality(with: MedicalUnit(reading))
  case .range:
    if let a = ClinicalRange(truth), let b = ClinicalRange(reading) { return a.equality(with: b) }
    if let a = Finding(truth), let b = Finding(reading) { return a == b ? .rewritten : .different }
    return quantities(truth, reading)
  case .date: return same(CalendarDate.init)
  case .diagnosisCode: return same(DiagnosisCode.init)
  case .frequency:
    guard let a = Frequency(truth), let b = Frequency(reading) else { return .different }
    return a.equality(with: b)
  case .route: return same { Route($0) }
  case .drugName:
    guard let a = DrugStrength(in: truth), let b = DrugStrength(in: reading), a.name == b.name
    else { return .different }
    return a.strength.equality(with: b.strength)
  case .testName, .diagnosisName, .person, .freeText: return .different
  }
}

private func quantities(_ truth: String, _ reading: String) -> Equality {
  // `5-10 mg`
  if let a = ClinicalRange(truth), let b = ClinicalRange(reading) { return a.equality(with: b) }
  guard let a = ClinicalQuantity(truth), let b = ClinicalQuantity(reading) else {
    return .different
  }
  return a.equality(with: b)
}

/// Whether the kind's parser knows a normalised text; kinds that are text know all.
func isParsed(_ text: String, _ kind: FieldKind) -> Bool {
  switch kind {
  case .quantity: ClinicalQuantity(text)?.unit.isKnown ?? false
  case .labValue: Finding(text) != nil || ClinicalQuantity(text)?.unit.isKnown ?? false
  case .unit: MedicalUnit(text).isKnown
  case .range:
    ClinicalRange(text)?.unit.isKnown ?? ClinicalQuantity(text)?.unit.isKnown
      ?? (Finding(text) != nil)
  case .date: CalendarDate(text) != nil
  case .diagnosisCode: DiagnosisCode(text) != nil
  case .frequency: Frequency(text) != nil
  case .route: Route(text) != nil
  case .drugName, .testName, .diagnosisName, .person, .freeText: true
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

/// What a qualitative test found: `음성` is `negative`. `(-)` and `1+` are compared as text.
enum Finding: Equatable {
  case negative, positive

  init?(_ text: String) {
    switch text.lowercased() {
    case "음성", "negative", "neg", "neg.", "(-)", "(\u{2212})": self = .negative
    case "양성", "positive", "pos", "pos.", "(+)": self = .positive
    default: return nil
    }
  }
}
