/// What stands on an outpatient or admission 의무기록; each part is one paragraph.
public struct MedicalRecordContent: Sendable, Equatable {
  public var patient: PatientContent
  /// Critical field: `김서연 / 여 / 45세`
  public var patientInfo: String
  /// `2024-03-05`
  public var visitDate: String
  public var department: String
  /// 주소, critical field: `발열, 기침 (3일 전부터)`
  public var chiefComplaint: String
  /// 현병력, critical field: three to seven sentences.
  public var presentIllness: String
  /// 과거력, critical field.
  public var pastHistory: String
  public var familyHistory: String
  public var socialHistory: String
  public var reviewOfSystems: String
  public var physicalExam: String
  public var assessment: String
  public var plan: String
  public var hospital: HospitalContent
  public var physician: PhysicianContent

  public init(
    patient: PatientContent, patientInfo: String, visitDate: String, department: String,
    chiefComplaint: String, presentIllness: String, pastHistory: String, familyHistory: String,
    socialHistory: String, reviewOfSystems: String, physicalExam: String, assessment: String,
    plan: String, hospital: HospitalContent, physician: PhysicianContent
  ) {
    self.patient = patient
    self.patientInfo = patientInfo
    self.visitDate = visitDate
    self.department = department
    self.chiefComplaint = chiefComplaint
    self.presentIllness = presentIllness
    self.pastHistory = pastHistory
    self.familyHistory = familyHistory
    self.socialHistory = socialHistory
    self.reviewOfSystems = reviewOfSystems
    self.physicalExam = physicalExam
    self.assessment = assessment
    self.plan = plan
    self.hospital = hospital
    self.physician = physician
  }
}
