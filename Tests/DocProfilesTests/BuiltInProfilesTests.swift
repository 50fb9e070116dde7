import DocProfiles
import Testing

@Suite struct BuiltInProfilesTests {
  /// The source's table, typed out again so that a slip in the profiles shows.
  @Test func builtInProfilesHoldTheSourcesTable() {
    let table = """
      prescription 처방전 | 1000 / 300 | 500–1500 / 200–400 | 약물명, 용량, 투여횟수, 투여경로 | 0.01 | 3000
      lab-result 검사결과지 | 2000 / 500 | 1000–3000 / 300–600 | 검사항목, 수치, 단위, 참고치 | 0.005 | 5000
      diagnosis 진단서 | 1500 / 400 | 800–2000 / 200–500 | 환자명, 진단명, 진단코드 | 0.01 | 4000
      discharge-summary 퇴원요약서 | 5000 / 1000 | 3000–8000 / 500–1500 | 입원일, 퇴원일, 주진단, 경과, 추후계획 | 0.02 | 10000
      medical-record 의무기록 | 4000 / 800 | 2000–6000 / 400–1000 | 환자정보, 주소, 현병력, 과거력 | 0.02 | 8000
      """
    let rows = ProfileSet.builtIn.all.map { profile in
      let fields = profile.criticalFields.map(\.koreanName).joined(separator: ", ")
      return "\(profile.type) \(profile.koreanName)"
        + " | \(profile.averageInputTokens) / \(profile.averageOutputTokens)"
        + " | \(profile.inputTokens.lowerBound)–\(profile.inputTokens.upperBound)"
        + " / \(profile.outputTokens.lowerBound)–\(profile.outputTokens.upperBound)"
        + " | \(fields) | \(profile.maximumCER) | \(Int(profile.maximumLatencyMilliseconds))"
    }
    #expect(rows.joined(separator: "\n") == table)
  }

  @Test func everyFieldHasTheKindThatComparesIt() {
    let kinds = ProfileSet.builtIn.all.flatMap { profile in
      profile.criticalFields.map { "\(profile.type).\($0.key) \($0.kind.rawValue)" }
    }
    #expect(
      kinds == [
        "prescription.drug_name drug-name", "prescription.dose quantity",
        "prescription.frequency frequency", "prescription.route route",
        "lab-result.test_name test-name", "lab-result.value lab-value", "lab-result.unit unit",
        "lab-result.reference_range range",
        "diagnosis.patient_name person", "diagnosis.diagnosis_name diagnosis-name",
        "diagnosis.diagnosis_code diagnosis-code",
        "discharge-summary.admission_date date", "discharge-summary.discharge_date date",
        "discharge-summary.principal_diagnosis diagnosis-name",
        "discharge-summary.hospital_course free-text", "discharge-summary.follow_up_plan free-text",
        "medical-record.patient_info person", "medical-record.chief_complaint free-text",
        "medical-record.present_illness free-text", "medical-record.past_history free-text",
      ])
  }

  @Test func resolutionTiersHoldTheSourcesTokens() {
    #expect(
      ResolutionTier.all.map { "\($0.dpi) \($0.expectedImageTokens)" }
        == ["72 500", "150 1500", "300 4000", "600 12000"])
  }
}

@Suite struct ProfileSetTests {
  @Test(arguments: ["prescription", "처방전"])
  func aTypeIsFoundByEitherName(name: String) throws {
    #expect(try ProfileSet.builtIn.profile(named: name) == .prescription)
    #expect(ProfileSet.builtIn[.labResult] == .labResult)
    #expect(ProfileSet.builtIn[DocumentType(rawValue: "consent-form")] == nil)
  }

  @Test(arguments: [
    ("prescripton", "did you mean \"prescription\"?"),
    ("Prescription", "did you mean \"prescription\"?"),
    ("lab_result", "did you mean \"lab-result\"?"),
    ("idagnosis", "did you mean \"diagnosis\"?"),
    ("처방젼", "did you mean \"처방전\"?"),
  ])
  func anUnknownTypeSuggestsTheNearest(name: String, mend: String) {
    let known = "(known: prescription, lab-result, diagnosis, discharge-summary, medical-record)"
    #expect(message(for: name) == "unknown document type \"\(name)\"; \(mend) \(known)")
  }

  @Test func aTypeFarFromAllListsThem() {
    let known = "prescription, lab-result, diagnosis, discharge-summary, medical-record"
    #expect(message(for: "x-ray") == "unknown document type \"x-ray\"; use one of: \(known)")
    #expect(message(for: "") == "unknown document type \"\"; use one of: \(known)")
  }

  @Test func aHostileNameStaysOnOneShortLine() {
    let message = message(for: "\u{1b}[2J\n" + String(repeating: "가", count: 100_000))
    #expect(message.hasPrefix("unknown document type \"\\u{1b}[2J\\u{a}가가"))
    #expect(message.utf8.count < 500)
  }

  private func message(for name: String) -> String {
    do {
      return "found \(try ProfileSet.builtIn.profile(named: name).type)"
    } catch {
      return error.description
    }
  }
}
