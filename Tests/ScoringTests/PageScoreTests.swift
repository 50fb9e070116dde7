import DocProfiles
import Foundation
import Scoring
import Testing

private let prescription = DocumentProfile.prescription.criticalFields

private func score(_ truth: String, _ reading: String) -> PageScore {
  PageScorer().score(
    PagePrediction(text: reading), against: PageReference(text: truth), criticalFields: [])
}

@Test func `the examples of docs/scoring.md hold`() {
  #expect(score("아목시실린", "아목사실").characters.rate == 2.0 / 5)
  #expect(score("5 mg", "15 mg extra").characters.rate == 7.0 / 4)
  #expect(score("5 mg", "15 mg extra").characters.boundedRate == 7.0 / 11)
  #expect(score("BE -3.5", "BE 3.5").words.rate == 0.0 / 2)
  #expect(score("BE -3.5", "BE 3.5").clinicalWords.rate == 1.0 / 3)
  #expect(score("CRP <0.5", "CRP >0.5").words.errors == 0)
  #expect(score("CRP <0.5", "CRP >0.5").clinicalWords.rate == 1.0 / 3)
}

@Test func `clinical words keep what changes a dose`() {
  #expect(clinicalWords("BE -3.5, ≤40%") == ["BE", "-", "3.5", "≤", "40", "%"])
  #expect(
    clinicalWords("10^3 × 37.5° 120/80 ±2 +") == [
      "10", "^", "3", "×", "37.5", "°", "120", "/", "80", "±", "2", "+",
    ])
  #expect(clinicalWords(".5 mg 1,000.5㎎ −2") == [".5", "mg", "1,000.5mg", "-", "2"])
}

@Test func `cross-checks of the normalisation`() {
  #expect(medicineSafe("  ５　㎎\n /㎖ ") == "5 mg /mL")
  #expect(medicineSafe("10³ ½ ㎡ ㎍ μ") == "10³ ½ m² µg µ")
  #expect(medicineSafe("\u{feff}\u{1112}\u{1161}\u{11ab}") == "한")
}

@Test func `a blank page has a check and no rate`() {
  let quiet = score("", " - 12 -\n")
  #expect(quiet.blank == BlankPageCheck(outputClusters: 6, limit: 8))
  #expect(quiet.blank!.passed)
  #expect(quiet.characters.rate == nil && quiet.words.rate == nil)
  #expect(!score("", "아목시실린 5 mg").blank!.passed)
  #expect(score("처방", "").blank == nil)
  #expect(score(" \n", "x").characters.rate == nil)
}

@Test func `aggregates leave blank pages out and stay bounded`() {
  let pages = [
    EditCounts(hits: 8, substitutions: 2),
    EditCounts(hits: 0, substitutions: 10, insertions: 30),
    EditCounts(insertions: 50),
  ]
  #expect(
    RateAggregate(pages: pages) == RateAggregate(micro: 42.0 / 20, macro: 2.1, worst: 4, count: 2))
  #expect(
    RateAggregate(boundedPages: pages)
      == RateAggregate(micro: 42.0 / 50, macro: 0.6, worst: 1, count: 2))
  #expect(RateAggregate(pages: [EditCounts(insertions: 1)]) == nil)
}

@Test func `tallies count as nervaluate does`() {
  func outcome(_ judgement: FieldJudgement, _ kind: FieldKind = .drugName) -> FieldOutcome {
    FieldOutcome(
      name: kind.rawValue, kind: kind, expected: nil, predicted: nil, judgement: judgement,
      credit: judgement == .correct ? 1 : 0)
  }
  let outcomes =
    [.correct, .correct, .correct, .incorrect, .missing, .spurious].map { outcome($0) }
    + [outcome(.incorrect, .quantity)]
  let tally = FieldTally(kind: .drugName, outcomes: outcomes)
  #expect(tally.possible == 5 && tally.actual == 5)
  #expect(tally.accuracy == 3.0 / 5 && tally.precision == 3.0 / 5 && tally.f1 == 3.0 / 5)
  #expect(tally.status == .fail)
  #expect(FieldStatus(accuracy: 0.95) == .ok && FieldStatus(accuracy: 0.90) == .warn)
}

@Test func `only critical fields are judged, and a score survives JSON`() throws {
  let truth = "약가정 5 mg E11.9 비고"
  let fields = [
    ReferenceField(name: "drug_name", kind: .drugName, value: "약가정", row: 1, span: 0..<3),
    ReferenceField(name: "note", kind: .freeText, value: "비고", span: 15..<17),
    ReferenceField(name: "code", kind: .diagnosisCode, value: "E11.9", span: 9..<14),
  ]
  let score = PageScorer().score(
    PagePrediction(text: truth), against: PageReference(text: truth, fields: fields),
    criticalFields: prescription)
  #expect(score.fields.map(\.name) == ["drug_name"])
  #expect(score.diagnosisCodes == DiagnosisCodeScore(truePositives: 1))
  let data = try JSONEncoder().encode(score)
  #expect(try JSONDecoder().decode(PageScore.self, from: data) == score)
}

@Test func `codes are sets, with invented ones counted and other words left alone`() {
  let truth = "진단 E11.9 I10 비타민 B12"
  let fields = [
    ReferenceField(name: "diagnosis_code", kind: .diagnosisCode, value: "E11.9", span: 3..<8),
    ReferenceField(name: "diagnosis_code", kind: .diagnosisCode, value: "I10", span: 9..<12),
  ]
  func codes(_ reading: String) -> DiagnosisCodeScore? {
    PageScorer().score(
      PagePrediction(text: reading), against: PageReference(text: truth, fields: fields),
      criticalFields: DocumentProfile.diagnosis.criticalFields
    ).diagnosisCodes
  }
  #expect(codes(truth) == DiagnosisCodeScore(truePositives: 2))
  let misread = codes("진단 E11.8 110 비타민 B12 및 K21.0")!
  #expect(misread == DiagnosisCodeScore(truePositives: 0, falsePositives: 2, falseNegatives: 2))
  #expect(codes("진단 e119 I10 비타민 B12 약 abcE11x2")?.f1 == 1)
  #expect(codes("")?.precision == nil && codes("")?.recall == 0)
}

private func keyed(
  _ given: [KeyedField], _ truth: [(String, FieldKind, String, Int?)]
) -> [String] {
  let fields = truth.map {
    ReferenceField(name: $0.0, kind: $0.1, value: $0.2, row: $0.3, span: 0..<0)
  }
  return PageScorer().score(
    PagePrediction(text: "", keyedFields: given), against: PageReference(text: "x", fields: fields),
    criticalFields: prescription
  ).fields.map { "\($0.name) \($0.judgement.rawValue)" }
}

@Test func `keyed fields go row by row, by either name`() {
  let truth: [(String, FieldKind, String, Int?)] = [
    ("drug_name", .drugName, "약가", 1), ("dose", .quantity, "5 mg", 1),
    ("drug_name", .drugName, "약나", 2), ("dose", .quantity, "10 mg", 2),
    ("drug_name", .drugName, "약다", 3), ("dose", .quantity, "5 mg", 3),
  ]
  let rows = [("약가", "5mg"), ("약다", "15 mg")]
  let named = rows.enumerated().flatMap { index, row in
    [
      KeyedField(key: "약물명", value: row.0, row: index + 1),
      KeyedField(key: "Dose", value: row.1, row: index + 1),
    ]
  }
  let expected = [
    "drug_name COR", "dose COR", "drug_name MIS", "dose MIS", "drug_name COR", "dose INC",
  ]
  #expect(keyed(named, truth) == expected)
  let unnumbered = named.map { KeyedField(key: $0.key, value: $0.value) }
  #expect(keyed(unnumbered, truth) == expected)
}

@Test func `keyed fields too many are spurious, too few missing, others ignored`() {
  let truth: [(String, FieldKind, String, Int?)] = [
    ("drug_name", .drugName, "약가", nil), ("dose", .quantity, "5 mg", nil),
  ]
  let given = [
    KeyedField(key: "drug name", value: "약가"), KeyedField(key: "drug_name", value: "약나"),
    KeyedField(key: "route", value: "경구"), KeyedField(key: "dose", value: "  "),
    KeyedField(key: "hospital", value: "가나병원"),
  ]
  #expect(keyed(given, truth) == ["drug_name COR", "dose MIS", "drug_name SPU", "route SPU"])
}
