/// The severities in force where no file says otherwise.
///
/// Sources: ISMP's List of Error-Prone Abbreviations, Symbols, and Dose Designations; ISMP's List of
/// Confused Drug Names; ISMP's List of High-Alert Medications; the NCC MERP Index (categories E to I
/// are harm); the Joint Commission's National Patient Safety Goals and Universal Protocol; CLSI GP47
/// on critical laboratory results. They say which confusions have harmed patients; the thresholds
/// between severities are medbench's own and can be overridden.
extension SeverityRules {
  public static let builtIn = SeverityRules(
    amounts + names + laboratory + meaning + rows + text)

  /// 2, twice or half.
  private static let twofold = 0.301029995663981

  private static let amounts: [SeverityRule] = [
    SeverityRule(
      "dose-tenfold", .decimalShift, .critical,
      reason: "A moved decimal point is a dose or value ten times too large or small.",
      korean: "소수점이 밀리면 용량이나 수치가 열 배 이상 달라집니다.",
      source: "ISMP error-prone dose designations: trailing zero, naked decimal point"),
    SeverityRule(
      "dose-twofold", .doseRatio, .critical, leastLogRatio: twofold,
      reason: "The amount read is at least twice or at most half of what was ordered.",
      korean: "읽은 용량이 처방의 두 배 이상이거나 절반 이하입니다.",
      source: "NCC MERP: improper dose, categories E to I"),
    SeverityRule(
      "dose-other", .doseRatio, .major, belowLogRatio: twofold,
      reason: "Another amount than was ordered, by less than a factor of two.",
      korean: "처방과 다른 용량이며 차이는 두 배 미만입니다.",
      source: "NCC MERP: improper dose"),
    SeverityRule(
      "dose-unreadable", .doseRatio, .major, unreadable: true,
      reason: "The amount read is no number, so that a reader is likely to ask back.",
      korean: "읽은 용량이 숫자가 아니어서 되물을 가능성이 높습니다.",
      source: "NCC MERP: improper dose"),
    SeverityRule(
      "dose-unknown", .doseRatio, .critical,
      reason: "Another amount, and by how much cannot be said.",
      korean: "다른 용량이며 얼마나 다른지 알 수 없습니다.",
      source: "NCC MERP: improper dose"),
    SeverityRule(
      "unit-unreadable", .unitChange, .major, unreadable: true,
      reason: "The unit read is none; a reader has to guess it.",
      korean: "읽은 단위가 존재하지 않아 짐작해야 합니다.",
      source: "ISMP error-prone abbreviations: units"),
    SeverityRule(
      "unit-changed", .unitChange, .critical,
      reason: "Another unit changes the amount, often a thousandfold (mg and µg).",
      korean: "단위가 바뀌면 양이 달라지며, mg과 µg이면 천 배입니다.",
      source: "ISMP error-prone abbreviations: µg mistaken as mg; U, IU"),
    SeverityRule(
      "frequency-twofold", .frequency, .critical, leastLogRatio: twofold,
      reason: "The medicine would be taken at least twice or at most half as often.",
      korean: "복용 횟수가 두 배 이상이거나 절반 이하가 됩니다.",
      source: "ISMP error-prone abbreviations: QD, QOD mistaken for each other; NCC MERP"),
    SeverityRule(
      "frequency-other", .frequency, .major, belowLogRatio: twofold,
      reason: "Another frequency than was ordered, by less than a factor of two.",
      korean: "처방과 다른 투여 횟수이며 차이는 두 배 미만입니다.",
      source: "NCC MERP: wrong rate or frequency"),
    SeverityRule(
      "frequency-unreadable", .frequency, .major, unreadable: true,
      reason: "The frequency read is none, with the right figures; a reader is likely to ask back.",
      korean: "읽은 횟수가 뜻이 통하지 않아 되물을 가능성이 높습니다.",
      source: "NCC MERP: wrong rate or frequency"),
    SeverityRule(
      "frequency-unknown", .frequency, .critical,
      reason: "Another frequency, and how much oftener cannot be said.",
      korean: "다른 투여 횟수이며 얼마나 다른지 알 수 없습니다.",
      source: "NCC MERP: wrong rate or frequency"),
    SeverityRule(
      "route-unreadable", .route, .major, unreadable: true,
      reason: "The route read is none; a reader has to guess it.",
      korean: "읽은 투여경로가 존재하지 않아 짐작해야 합니다.",
      source: "NCC MERP: wrong route of administration"),
    SeverityRule(
      "route-changed", .route, .critical,
      reason: "The medicine would be given another way than was ordered.",
      korean: "처방과 다른 경로로 투여하게 됩니다.",
      source: "NCC MERP: wrong route of administration; ISMP: intrathecal and intravenous"),
    SeverityRule(
      "digit-changed", .digitChange, .major,
      reason: "A number says something else.", korean: "숫자가 다른 뜻이 됩니다.",
      source: "ISMP error-prone dose designations: numbers"),
  ]

  private static let names: [SeverityRule] = [
    SeverityRule(
      "drug-swapped", .drugSwap, .critical,
      reason: "The name read is another real drug, so that nobody is warned.",
      korean: "읽은 이름이 실재하는 다른 약이어서 알아차리기 어렵습니다.",
      source: "ISMP List of Confused Drug Names; NCC MERP: wrong drug"),
    SeverityRule(
      "drug-misspelled", .drugName, .major,
      reason: "The name read is no drug of the lexicon; it may be taken for one.",
      korean: "읽은 이름이 목록에 없는 약이며 다른 약으로 오인될 수 있습니다.",
      source: "ISMP List of Confused Drug Names"),
    SeverityRule(
      "identifier-changed", .patientIdentifier, .critical,
      reason: "The page would be filed with another patient.",
      korean: "다른 환자의 기록이 될 수 있습니다.",
      source: "Joint Commission NPSG.01.01.01: two patient identifiers"),
    SeverityRule(
      "code-category", .codeCategory, .critical,
      reason: "The code names another disease.", korean: "상병코드가 다른 질병을 가리킵니다.",
      source: "ICD-10, three-character categories"),
    SeverityRule(
      "code-detail", .codeDetail, .major,
      reason: "The same disease with another detail, such as its complication.",
      korean: "같은 질병이지만 합병증 등 세부가 다릅니다.",
      source: "ICD-10, fourth and fifth characters"),
    SeverityRule(
      "diagnosis-swapped", .diagnosisName, .critical, unreadable: false,
      reason: "The name read is another real disease, so that nobody is warned.",
      korean: "읽은 진단명이 실재하는 다른 질병이어서 알아차리기 어렵습니다.",
      source: "NCC MERP: documentation; ICD-10"),
    SeverityRule(
      "diagnosis-name", .diagnosisName, .major,
      reason: "The name of the disease is not what the page says.",
      korean: "진단명이 문서와 다릅니다.", source: "NCC MERP: documentation"),
    SeverityRule(
      "date-changed", .date, .major,
      reason: "Another day: durations, follow-up and the order of events change.",
      korean: "날짜가 달라져 기간과 추적 일정, 사건의 순서가 바뀝니다.",
      source: "Joint Commission: record of care"),
  ]

  private static let laboratory: [SeverityRule] = [
    SeverityRule(
      "flag-reversed", .flagReversed, .critical,
      reason: "A normal result reads as abnormal, or an abnormal one as normal.",
      korean: "정상이 이상으로, 이상이 정상으로 읽힙니다.",
      source: "CLSI GP47; Joint Commission NPSG.02.03.01: critical results"),
    SeverityRule(
      "lab-value-twofold", .labValue, .critical, leastLogRatio: twofold,
      reason: "The result read is at least twice or at most half of the true one.",
      korean: "읽은 검사 수치가 실제의 두 배 이상이거나 절반 이하입니다.",
      source: "CLSI GP47: critical results"),
    SeverityRule(
      "lab-value-other", .labValue, .major, belowLogRatio: twofold,
      reason: "Another result, on the same side of the reference limits as far as they are known.",
      korean: "검사 수치가 다르지만, 알 수 있는 한 참고치의 같은 쪽입니다.",
      source: "CLSI GP47"),
    SeverityRule(
      "lab-value-unreadable", .labValue, .major, unreadable: true,
      reason: "The result read is none; a reader is likely to ask back.",
      korean: "읽은 결과가 뜻이 통하지 않아 되물을 가능성이 높습니다.", source: "CLSI GP47"),
    SeverityRule(
      "lab-value-unknown", .labValue, .critical,
      reason: "Another result, and by how much cannot be said.",
      korean: "다른 결과이며 얼마나 다른지 알 수 없습니다.", source: "CLSI GP47"),
    SeverityRule(
      "test-swapped", .testName, .critical, unreadable: false,
      reason: "The result would be taken for another real test's.",
      korean: "결과가 실재하는 다른 검사의 것으로 읽힙니다.", source: "CLSI GP47"),
    SeverityRule(
      "test-name", .testName, .major,
      reason: "The result would stand under another test, or none.",
      korean: "결과가 다른 검사의 것으로 읽히거나 갈 곳이 없습니다.", source: "CLSI GP47"),
    SeverityRule(
      "reference-range", .referenceRange, .major,
      reason: "The result would be judged by other limits.",
      korean: "결과를 다른 참고치로 판정하게 됩니다.",
      source: "CLSI EP28: reference intervals"),
  ]

  private static let meaning: [SeverityRule] = [
    SeverityRule(
      "comparator-flipped", .comparatorFlip, .critical,
      reason: "Less than became more than, or a limit became a measured value.",
      korean: "미만과 초과가 뒤바뀌거나 한계값이 측정값이 됩니다.",
      source: "ISMP error-prone symbols: > and <"),
    SeverityRule(
      "sign-flipped", .signFlip, .critical,
      reason: "A negative value became positive, or the reverse.",
      korean: "음수가 양수로, 또는 그 반대로 읽힙니다.", source: "ISMP error-prone symbols"),
    SeverityRule(
      "negation-flipped", .negationFlip, .critical,
      reason: "What the patient has reads as what the patient has not, or the reverse.",
      korean: "있음과 없음, 양성과 음성이 뒤바뀝니다.", source: "NCC MERP: documentation"),
    SeverityRule(
      "side-changed", .laterality, .critical,
      reason: "The other side of the body, or no side where one is named.",
      korean: "좌우가 뒤바뀌거나 사라집니다.",
      source: "Joint Commission Universal Protocol: wrong-site surgery"),
  ]

  private static let rows: [SeverityRule] = [
    SeverityRule(
      "row-swapped", .rowSwap, .critical,
      reason: "Right values stand in each other's rows: two wrong orders that look right.",
      korean: "값이 서로 다른 행에 들어가, 그럴듯하지만 틀린 두 줄이 됩니다.",
      source: "NCC MERP: wrong drug, improper dose"),
    SeverityRule(
      "drug-omitted", .rowOmitted, .critical, kinds: [.drugName],
      reason: "A medicine that was ordered is not there.", korean: "처방된 약이 빠졌습니다.",
      source: "NCC MERP: dose omission"),
    SeverityRule(
      "row-omitted", .rowOmitted, .major,
      reason: "A row of the table is not there.", korean: "표의 한 줄이 빠졌습니다.",
      source: "NCC MERP: documentation"),
    SeverityRule(
      "drug-duplicated", .rowDuplicated, .critical, kinds: [.drugName],
      reason: "A medicine would be given twice.", korean: "같은 약이 두 번 투여될 수 있습니다.",
      source: "NCC MERP: improper dose, extra dose"),
    SeverityRule(
      "row-duplicated", .rowDuplicated, .major,
      reason: "A row of the table stands there twice.", korean: "표의 한 줄이 두 번 나옵니다.",
      source: "NCC MERP: documentation"),
    SeverityRule(
      "field-missing", .fieldMissing, .major,
      reason: "Nothing was read where the page has a value.",
      korean: "문서에 있는 값이 읽히지 않았습니다.", source: "NCC MERP: documentation"),
    SeverityRule(
      "invented-order", .hallucinated, .critical,
      kinds: [
        .drugName, .quantity, .frequency, .route, .testName, .labValue, .unit, .range,
        .diagnosisName, .diagnosisCode, .person,
      ],
      reason: "A value or row that the page does not have.",
      korean: "문서에 없는 값이나 줄을 지어냈습니다.", source: "NCC MERP: wrong drug, wrong patient"),
    SeverityRule(
      "invented-value", .hallucinated, .major,
      reason: "Text with figures that the page does not have.",
      korean: "문서에 없는 숫자나 날짜를 지어냈습니다.", source: "NCC MERP: documentation"),
  ]

  private static let text: [SeverityRule] = [
    SeverityRule(
      "text-lost", .freeText, .major, leastLength: 40,
      reason: "A sentence or more is not what the page says.",
      korean: "한 문장 이상이 문서와 다릅니다.", source: "NCC MERP: documentation"),
    SeverityRule(
      "text-changed", .freeText, .minor,
      reason: "Words differ, but no number, side, negation, name or code.",
      korean: "글자가 다르지만 숫자, 좌우, 부정, 이름, 코드는 그대로입니다.",
      source: "NCC MERP: no error that reaches the patient"),
    SeverityRule(
      "rewritten", .rewritten, .benign,
      reason: "The same meaning in other words or units.", korean: "표현만 다르고 뜻은 같습니다.",
      source: "UCUM: equal quantities"),
  ]
}
