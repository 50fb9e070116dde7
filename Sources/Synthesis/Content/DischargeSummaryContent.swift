/// What stands on a 퇴원요약서: about two A4 pages.
public struct DischargeSummaryContent: Sendable, Equatable {
  public var patient: PatientContent
  public var department: String
  /// Critical field: `2024-03-05`
  public var admissionDate: String
  /// Critical field, after `admissionDate`.
  public var dischargeDate: String
  /// Critical field `principal_diagnosis` is its name.
  public var principalDiagnosis: DiagnosisEntry
  public var secondaryDiagnoses: [DiagnosisEntry]
  public var chiefComplaint: String
  public var presentIllness: String
  public var pastHistory: String
  public var physicalExam: String
  /// Laboratory values worth showing, four to eight rows.
  public var labHighlights: [LabRow]
  /// 시술 및 수술, a line each; empty when there was none.
  public var procedures: [String]
  /// 경과, critical field: one paragraph of six to fourteen sentences.
  public var hospitalCourse: String
  public var dischargeMedications: [PrescribedDrug]
  /// 퇴원 시 상태
  public var condition: String
  /// 추후계획, critical field: three to six items, unnumbered.
  public var followUpPlan: [String]
  public var hospital: HospitalContent
  public var physician: PhysicianContent

  public init(
    patient: PatientContent, department: String, admissionDate: String, dischargeDate: String,
    principalDiagnosis: DiagnosisEntry, secondaryDiagnoses: [DiagnosisEntry],
    chiefComplaint: String, presentIllness: String, pastHistory: String, physicalExam: String,
    labHighlights: [LabRow], procedures: [String], hospitalCourse: String,
    dischargeMedications: [PrescribedDrug], condition: String, followUpPlan: [String],
    hospital: HospitalContent, physician: PhysicianContent
  ) {
    self.patient = patient
    self.department = department
    self.admissionDate = admissionDate
    self.dischargeDate = dischargeDate
    self.principalDiagnosis = principalDiagnosis
    self.secondaryDiagnoses = secondaryDiagnoses
    self.chiefComplaint = chiefComplaint
    self.presentIllness = presentIllness
    self.pastHistory = pastHistory
    self.physicalExam = physicalExam
    self.labHighlights = labHighlights
    self.procedures = procedures
    self.hospitalCourse = hospitalCourse
    self.dischargeMedications = dischargeMedications
    self.condition = condition
    self.followUpPlan = followUpPlan
    self.hospital = hospital
    self.physician = physician
  }
}
