/// What a field holds, which decides how a reading of it is compared with the truth.
public enum FieldKind: String, Sendable, Codable, CaseIterable {
  case drugName = "drug-name"
  case testName = "test-name"
  case diagnosisName = "diagnosis-name"
  case quantity
  case frequency
  case route
  case labValue = "lab-value"
  case unit
  case range
  case diagnosisCode = "diagnosis-code"
  case date
  case person
  case freeText = "free-text"
}
