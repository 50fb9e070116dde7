import DocProfiles
import OCRInference
import Pipeline
import Scoring

/// The sample run, looked at for harm: a tenfold dose, two doses in each other's rows, a negation, an
/// invention; lesser errors; a crashed page whose rows count as left out.
enum HarmRun {
  static let record: RunRecord = {
    var record = SampleRun.record
    for group in record.groups.indices {
      for document in record.groups[group].documents.indices {
        for page in record.groups[group].documents[document].pages.indices {
          record.groups[group].documents[document].pages[page].score.harms = []
        }
      }
    }
    func plant(_ findings: HarmFinding..., in group: Int, _ document: Int) {
      record.groups[group].documents[document].pages[0].score.harms = findings
    }
    plant(
      HarmFinding(
        errorClass: .decimalShift, severity: .critical, field: "dose", row: 2, truth: "2.5mg",
        reading: "25mg", span: 94..<99, rule: "dose-tenfold", ratio: 1), in: 0, 2)
    plant(
      HarmFinding(
        errorClass: .rowSwap, severity: .critical, field: "dose", row: 1, truth: "1정",
        reading: "0.5캡슐", span: 80..<82, rule: "row-swapped"),
      HarmFinding(
        errorClass: .rowSwap, severity: .critical, field: "dose", row: 2, truth: "0.5캡슐",
        reading: "1정", span: 100..<105, rule: "row-swapped"), in: 0, 3)
    plant(
      HarmFinding(
        errorClass: .drugName, severity: .major, field: "drug_name", row: 1, truth: "가나로정 5mg",
        reading: "가니로정 5mg", span: 70..<78, rule: "drug-misspelled"), in: 0, 16)
    plant(
      HarmFinding(
        errorClass: .negationFlip, severity: .critical,
        truth: "판독 소견: 용혈이나 지질혈증은 관찰되지 않음",
        reading: "판독 소견: 용혈이나 지질혈증은 관찰됨", span: 20..<46, rule: "negation-flipped"),
      HarmFinding(
        errorClass: .freeText, severity: .minor, truth: "결과", reading: "걸과", span: 1..<3,
        rule: "text-changed"), in: 1, 1)
    plant(
      HarmFinding(
        errorClass: .rowOmitted, severity: .critical, field: "test_name", row: 1, truth: "칼륨",
        reading: nil, span: 50..<52, rule: "row-omitted"), in: 1, 3)
    plant(
      HarmFinding(
        errorClass: .hallucinated, severity: .critical, truth: nil,
        reading: "<b>프로포폴주</b> 10mL 정맥주사", rule: "invented-order"),
      HarmFinding(
        errorClass: .patientIdentifier, severity: .critical, truth: "00481526",
        reading: "00481626", span: 20..<28, rule: "identifier-changed"), in: 1, 8)
    return record
  }()

  /// The same run where no limit is missed.
  static let passing: RunRecord = {
    var record = HarmRun.record
    record.groups = [record.groups[0]]
    for index in record.groups[0].verdict.checks.indices {
      record.groups[0].verdict.checks[index].outcome = .pass
    }
    return record
  }()
}
