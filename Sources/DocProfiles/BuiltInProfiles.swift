/// The five document types of the medical OCR benchmark (source chapter 14.4), as data.
extension DocumentProfile {
  public static let builtIn: [DocumentProfile] = [
    .prescription, .labResult, .diagnosis, .dischargeSummary, .medicalRecord,
  ]

  public static let prescription = DocumentProfile(
    type: .prescription, koreanName: "처방전", englishName: "Prescription",
    averageInputTokens: 1000, averageOutputTokens: 300,
    inputTokens: 500...1500, outputTokens: 200...400,
    criticalFields: [
      CriticalField("drug_name", "약물명", .drugName),
      CriticalField("dose", "용량", .quantity),
      CriticalField("frequency", "투여횟수", .frequency),
      CriticalField("route", "투여경로", .route),
    ],
    maximumCER: 0.01, maximumLatencyMilliseconds: 3000)

  public static let labResult = DocumentProfile(
    type: .labResult, koreanName: "검사결과지", englishName: "Lab result",
    averageInputTokens: 2000, averageOutputTokens: 500,
    inputTokens: 1000...3000, outputTokens: 300...600,
    criticalFields: [
      CriticalField("test_name", "검사항목", .testName),
      CriticalField("value", "수치", .labValue),
      CriticalField("unit", "단위", .unit),
      CriticalField("reference_range", "참고치", .range),
    ],
    maximumCER: 0.005, maximumLatencyMilliseconds: 5000)

  public static let diagnosis = DocumentProfile(
    type: .diagnosis, koreanName: "진단서", englishName: "Diagnosis certificate",
    averageInputTokens: 1500, averageOutputTokens: 400,
    inputTokens: 800...2000, outputTokens: 200...500,
    criticalFields: [
      CriticalField("patient_name", "환자명", .person),
      CriticalField("diagnosis_name", "진단명", .diagnosisName),
      CriticalField("diagnosis_code", "진단코드", .diagnosisCode),
    ],
    maximumCER: 0.01, maximumLatencyMilliseconds: 4000)

  public static let dischargeSummary = DocumentProfile(
    type: .dischargeSummary, koreanName: "퇴원요약서", englishName: "Discharge summary",
    averageInputTokens: 5000, averageOutputTokens: 1000,
    inputTokens: 3000...8000, outputTokens: 500...1500,
    criticalFields: [
      CriticalField("admission_date", "입원일", .date),
      CriticalField("discharge_date", "퇴원일", .date),
      CriticalField("principal_diagnosis", "주진단", .diagnosisName),
      CriticalField("hospital_course", "경과", .freeText),
      CriticalField("follow_up_plan", "추후계획", .freeText),
    ],
    maximumCER: 0.02, maximumLatencyMilliseconds: 10000)

  // 주소 in a medical record is 主訴, the chief complaint, and not 住所, an address.
  public static let medicalRecord = DocumentProfile(
    type: .medicalRecord, koreanName: "의무기록", englishName: "Medical record",
    averageInputTokens: 4000, averageOutputTokens: 800,
    inputTokens: 2000...6000, outputTokens: 400...1000,
    criticalFields: [
      CriticalField("patient_info", "환자정보", .person),
      CriticalField("chief_complaint", "주소", .freeText),
      CriticalField("present_illness", "현병력", .freeText),
      CriticalField("past_history", "과거력", .freeText),
    ],
    maximumCER: 0.02, maximumLatencyMilliseconds: 8000)
}
