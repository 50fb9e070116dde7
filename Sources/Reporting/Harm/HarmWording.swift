import DocProfiles
import Foundation
import Pipeline
import Scoring

/// What reports call errors and how bad they are, in both languages.
extension Language {
  func name(_ severity: Severity) -> String {
    switch severity {
    case .critical: self("치명", "Critical")
    case .major: self("중대", "Major")
    case .minor: self("경미", "Minor")
    case .benign: self("무해", "Benign")
    }
  }

  func name(_ errorClass: ErrorClass) -> String {
    switch errorClass {
    case .decimalShift: self("소수점 이동", "Decimal point moved")
    case .doseRatio: self("용량 변경", "Another amount")
    case .digitChange: self("숫자 변경", "A digit changed")
    case .unitChange: self("단위 변경", "Another unit")
    case .comparatorFlip: self("부등호 뒤바뀜", "Comparator flipped or lost")
    case .signFlip: self("부호 뒤바뀜", "Sign flipped")
    case .negationFlip: self("있음·없음 뒤바뀜", "Negation flipped")
    case .drugSwap: self("다른 약", "Another drug")
    case .drugName: self("약물명 오기", "Drug name misspelt")
    case .frequency: self("투여 횟수", "Frequency")
    case .route: self("투여 경로", "Route")
    case .laterality: self("좌우 뒤바뀜", "Side changed")
    case .date: self("날짜", "Date")
    case .labValue: self("검사 수치", "Laboratory value")
    case .testName: self("검사명", "Test name")
    case .referenceRange: self("참고치", "Reference range")
    case .flagReversed: self("정상·이상 뒤바뀜", "Normal and abnormal reversed")
    case .codeCategory: self("다른 상병코드", "Another disease's code")
    case .codeDetail: self("상병코드 세부", "Detail of the code")
    case .diagnosisName: self("진단명", "Diagnosis")
    case .patientIdentifier: self("환자 식별 정보", "Patient identifier")
    case .rowSwap: self("행 뒤바뀜", "Values in each other's rows")
    case .rowOmitted: self("행 누락", "Row left out")
    case .rowDuplicated: self("행 중복", "Row twice")
    case .fieldMissing: self("값 누락", "Value missing")
    case .hallucinated: self("지어낸 내용", "Not on the page")
    case .freeText: self("문장", "Words")
    case .rewritten: self("표현만 다름", "Same meaning, other words")
    }
  }

  /// Why a finding is as bad as it is; the class, where nobody knows the rule any more.
  func reason(_ finding: HarmFinding, of record: RunRecord) -> String {
    guard let rule = record.rule(finding.rule) else { return name(finding.errorClass) }
    return self(rule.koreanReason, rule.reason)
  }

  /// `치명 오류 4건`
  func criticalErrors(_ count: Int) -> String {
    let figure = Figures.grouped(String(count))
    return self("치명 오류 \(figure)건", "\(figure) critical \(count == 1 ? "error" : "errors")")
  }

  /// `문서 50건 중 3건`
  func share(_ part: Int, ofDocuments all: Int) -> String {
    let (part, whole) = (Figures.grouped(String(part)), Figures.grouped(String(all)))
    return self(
      "문서 \(whole)건 중 \(part)건", "in \(part) of \(whole) \(all == 1 ? "document" : "documents")")
  }

  /// The run's harm in a sentence, and what it does not prove.
  func sentence(_ summary: HarmSummary) -> String {
    if summary[.critical] > 0 {
      let unread = summary.criticalOfUnread
      let toll = criticalErrors(summary[.critical])
      let share = share(summary.documentsWithCritical, ofDocuments: summary.documents)
      let base = self("\(toll), \(share).", "\(toll) \(share).")
      return unread == 0
        ? base
        : base
          + self(
            " 그중 \(Figures.grouped(String(unread)))건은 읽지 못한 쪽에서 빠진 내용입니다.",
            " Of these, \(Figures.grouped(String(unread))) stand on pages that were not read.")
    }
    let bound = ProportionBounds.of(0, of: summary.documents, confidence: 0.95).upper ?? 1
    let percent = Figures.percent(bound)
    return self(
      "문서 \(Figures.grouped(String(summary.documents)))건에서 치명 오류가 나오지 않았습니다. "
        + "그래도 실제 비율은 \(percent)까지일 수 있습니다(신뢰수준 95%).",
      "No critical error was seen in \(Figures.grouped(String(summary.documents))) "
        + "\(summary.documents == 1 ? "document" : "documents"). That shows no more than that fewer "
        + "than \(percent) of documents have one (95% confidence).")
  }

  /// Where critical errors were seen and nobody asked for them to be judged.
  var unjudgedHarm: String {
    self(
      "요청한 기준은 충족하지만, 아래 오류는 환자에게 해가 될 수 있습니다. 치명 오류는 --confidence를 주거나 "
        + "프로파일에 기준을 둘 때 판정합니다.",
      "The limits that were asked for are met, yet the readings below could hurt a patient. Critical "
        + "errors are judged with --confidence, or where the profile limits them.")
  }

  /// `×10`, `÷2`, `×1.5`; nil where amounts are alike.
  static func factor(_ ratio: Double?) -> String? {
    guard let ratio, ratio.isFinite, abs(ratio) > 1e-9, abs(ratio) < 12 else { return nil }
    let factor = pow(10, abs(ratio))
    let decimals = factor >= 9.95 || abs(factor - factor.rounded()) < 0.005 ? 0 : 1
    return (ratio > 0 ? "×" : "÷") + Figures.fixed(factor, decimals)
  }

  /// `용량 (2행)`; nil outside fields.
  func place(of finding: HarmFinding, in group: GroupRecord, of record: RunRecord) -> String? {
    finding.field.map { fieldName($0, row: finding.row, of: group.type, in: record) }
  }

  /// Of a report for others than the ward.
  var redacted: String {
    self(
      "이름, 주민등록번호, 전화번호, 주소, 생년월일, 등록번호를 가렸습니다.",
      "Names, resident registration numbers, telephone numbers, addresses, dates of birth and patient "
        + "numbers are masked.")
  }

  var notOnThePage: String { self("쪽에 없음", "not on the page") }
  var notRead: String { self("읽지 않음", "not read") }
}

extension Severity {
  /// A shape for each, so that nobody needs colours to tell them apart.
  var sign: String {
    switch self {
    case .critical: "▲"
    case .major: "◆"
    case .minor: "●"
    case .benign: "○"
    }
  }

  /// The class that colours it.
  var tone: String {
    switch self {
    case .critical: "bad"
    case .major: "caution"
    case .minor, .benign: "faint"
    }
  }
}
