/// What stands on a 처방전.
public struct PrescriptionContent: Sendable, Equatable {
  /// `2024-03-05`
  public var issueDate: String
  /// 교부번호: `제 20240305-00123 호`
  public var issueNumber: String
  /// `건강보험`, `의료급여`, `산재보험`, `자동차보험` or `기타`.
  public var insurance: String
  public var patient: PatientContent
  public var hospital: HospitalContent
  public var physician: PhysicianContent
  /// KCD with its point: `I10`, `E11.9`. One to three, the principal first.
  public var diagnosisCodes: [String]
  /// Three to ten rows.
  public var drugs: [PrescribedDrug]
  /// 사용기간: `교부일로부터 3일간`
  public var dispensingPeriod: String
  /// 조제시 참고사항; empty when there is none.
  public var note: String

  public init(
    issueDate: String, issueNumber: String, insurance: String, patient: PatientContent,
    hospital: HospitalContent, physician: PhysicianContent, diagnosisCodes: [String],
    drugs: [PrescribedDrug], dispensingPeriod: String, note: String
  ) {
    self.issueDate = issueDate
    self.issueNumber = issueNumber
    self.insurance = insurance
    self.patient = patient
    self.hospital = hospital
    self.physician = physician
    self.diagnosisCodes = diagnosisCodes
    self.drugs = drugs
    self.dispensingPeriod = dispensingPeriod
    self.note = note
  }
}

/// A row of a drug table.
public struct PrescribedDrug: Sendable, Equatable {
  /// Critical field `drug_name`: `암로디핀정`
  public var name: String
  /// One dose, critical field `dose`: `5mg`, `2.5 mg`, `10mL`, `1정`.
  public var dose: String
  /// Critical field `frequency`: `1일 1회`
  public var frequency: String
  /// Critical field `route`: `경구`
  public var route: String
  /// `28일`
  public var days: String
  /// `아침 식후 30분`
  public var usage: String

  public init(
    name: String, dose: String, frequency: String, route: String, days: String, usage: String
  ) {
    self.name = name
    self.dose = dose
    self.frequency = frequency
    self.route = route
    self.days = days
    self.usage = usage
  }
}
