/// What kind of error a difference between reading and truth is. Raw values are what JSON, YAML and
/// reports say.
public enum ErrorClass: String, Codable, Sendable, CaseIterable {
  /// The point alone has moved: 5 mg → 50 mg, 0.5 → 5, 1.25 → 12.5.
  case decimalShift = "decimal-shift"
  /// Another amount.
  case doseRatio = "dose-ratio"
  /// A digit of a number that is no dose, no laboratory value, no date and no identifier.
  case digitChange = "digit-change"
  /// mg ↔ µg ↔ mL
  case unitChange = "unit-change"
  /// <0.5 → >0.5, or the comparator lost or added.
  case comparatorFlip = "comparator-flip"
  /// -3.5 → 3.5
  case signFlip = "sign-flip"
  /// 없음/있음, 아님, -지 않, 음성/양성, no/denies
  case negationFlip = "negation-flip"
  /// Another real drug of the lexicon.
  case drugSwap = "drug-swap"
  /// Misspelled, and no other drug.
  case drugName = "drug-name"
  case frequency, route, laterality, date
  case labValue = "lab-value"
  case testName = "test-name"
  case referenceRange = "reference-range"
  /// In range by the truth and out of range by the reading or the reverse, or H ↔ L.
  case flagReversed = "flag-reversed"
  /// E11 → E10
  case codeCategory = "code-category"
  /// E11.9 → E11.8
  case codeDetail = "code-detail"
  case diagnosisName = "diagnosis-name"
  case patientIdentifier = "patient-identifier"
  case rowSwap = "row-swap"
  case rowOmitted = "row-omitted"
  case rowDuplicated = "row-duplicated"
  case fieldMissing = "field-missing"
  /// Read and not on the page.
  case hallucinated
  case freeText = "free-text"
  /// The same meaning in other words or units: 0.5 g for 500 mg.
  case rewritten
}

/// How bad an error is, after what it may do to a patient who is treated by the reading.
public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
  /// Of no consequence.
  case benign
  /// A reader notices, or nothing follows from it.
  case minor
  /// May mislead care, but is likely to be noticed or to do temporary harm only.
  case major
  /// May do lasting harm, and looks plausible enough to be acted upon.
  case critical

  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self)! }
}
