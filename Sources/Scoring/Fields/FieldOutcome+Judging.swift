import DocProfiles

extension FieldOutcome {
  /// Judges the reading of one field; nil or blank is missing.
  ///
  /// PAR is for free text alone, whose credit is 1 − CERn of the normalised texts: COR where they
  /// are equal, PAR from a credit of 0.5, else INC. Any other kind is right or wrong: half a dose
  /// is not half right.
  init(_ field: ReferenceField, read predicted: String?) {
    self.init(
      name: field.name, kind: field.kind, row: field.row, expected: field.value,
      predicted: predicted, judgement: .missing, credit: 0)
    guard let predicted, !medicineSafe(predicted).isEmpty else {
      self.predicted = nil
      return
    }
    if field.kind == .freeText {
      credit = freeTextCredit(field.value, predicted)
      judgement = credit == 1 ? .correct : credit >= 0.5 ? .partial : .incorrect
    } else {
      let isRight = sameValue(field.value, predicted, kind: field.kind)
      judgement = isRight ? .correct : .incorrect
      credit = isRight ? 1 : 0
    }
  }

  /// A value that the truth does not have.
  init(spurious given: KeyedField, as field: CriticalField) {
    self.init(
      name: field.key, kind: field.kind, row: given.row, expected: nil, predicted: given.value,
      judgement: .spurious, credit: 0)
  }
}

/// 1 − CERn of the normalised texts; 1 exactly where they are equal.
func freeTextCredit(_ truth: String, _ reading: String) -> Double {
  let counts = characterCounts(medicineSafe(truth), medicineSafe(reading))
  return 1 - (counts.boundedRate ?? 0)
}
