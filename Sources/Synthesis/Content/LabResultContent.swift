/// What stands on a 검사결과지.
public struct LabResultContent: Sendable, Equatable {
  public var patient: PatientContent
  public var hospital: HospitalContent
  public var physician: PhysicianContent
  /// `EDTA 전혈, 혈청`
  public var specimen: String
  /// `2024-03-05 08:12`
  public var collectedDate: String
  /// `2024-03-05 11:40`
  public var reportedDate: String
  public var sections: [LabSection]
  /// 판독 소견 under the table; empty when there is none.
  public var comment: String

  public init(
    patient: PatientContent, hospital: HospitalContent, physician: PhysicianContent,
    specimen: String, collectedDate: String, reportedDate: String, sections: [LabSection],
    comment: String
  ) {
    self.patient = patient
    self.hospital = hospital
    self.physician = physician
    self.specimen = specimen
    self.collectedDate = collectedDate
    self.reportedDate = reportedDate
    self.sections = sections
    self.comment = comment
  }
}

/// A panel of tests under one heading.
public struct LabSection: Sendable, Equatable {
  /// `일반혈액검사 (CBC)`
  public var title: String
  public var rows: [LabRow]

  public init(title: String, rows: [LabRow]) {
    self.title = title
    self.rows = rows
  }
}

/// A row of a laboratory table.
public struct LabRow: Sendable, Equatable {
  /// Critical field `test_name`: `Hemoglobin`
  public var test: String
  /// Critical field `value`: `13.4`, `-3.5`, `<0.05`, `음성`.
  public var value: String
  /// `H`, `L` or empty.
  public var flag: String
  /// Critical field `unit`; empty where the test has none (pH, 음성/양성).
  public var unit: String
  /// Critical field `reference_range`: `70-99`, `3.5~5.1`, `<5.0`, `음성`.
  public var referenceRange: String

  public init(test: String, value: String, flag: String, unit: String, referenceRange: String) {
    self.test = test
    self.value = value
    self.flag = flag
    self.unit = unit
    self.referenceRange = referenceRange
  }
}
