/// What stands on a 진단서.
public struct DiagnosisContent: Sendable, Equatable {
  /// 등록번호 (연번호): `2024-01234`
  public var registrationNumber: String
  public var patient: PatientContent
  /// One to four, the principal first.
  public var diagnoses: [DiagnosisEntry]
  /// 발병 연월일: `2024년 3월 5일`, or `미상`.
  public var onsetDate: String
  /// 진단 연월일: `2024년 3월 6일`
  public var diagnosedDate: String
  /// 치료 내용 및 향후 치료에 대한 소견; one paragraph of two to five sentences.
  public var opinion: String
  /// 용도: `보험회사 제출용`
  public var purpose: String
  /// `2024년 3월 8일`
  public var issueDate: String
  public var hospital: HospitalContent
  public var physician: PhysicianContent

  public init(
    registrationNumber: String, patient: PatientContent, diagnoses: [DiagnosisEntry],
    onsetDate: String, diagnosedDate: String, opinion: String, purpose: String, issueDate: String,
    hospital: HospitalContent, physician: PhysicianContent
  ) {
    self.registrationNumber = registrationNumber
    self.patient = patient
    self.diagnoses = diagnoses
    self.onsetDate = onsetDate
    self.diagnosedDate = diagnosedDate
    self.opinion = opinion
    self.purpose = purpose
    self.issueDate = issueDate
    self.hospital = hospital
    self.physician = physician
  }
}
