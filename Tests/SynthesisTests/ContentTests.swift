import Foundation
import PageImaging
import Synthesis
import Testing

/// What every drawn content must be, whatever the seed.
@Suite struct ContentTests {
  private static let splits: [Split] = [.train, .test]

  private func draws<Content>(
    _ split: Split, _ count: Int = 200, _ draw: (Split, inout SeededRandom) -> Content
  ) -> [Content] {
    (0..<count).map { seed in
      var random = SeededRandom(seed: UInt64(seed), split.rawValue)
      return draw(split, &random)
    }
  }

  private func all(_ split: Split, _ count: Int = 200) -> [Any] {
    draws(split, count) { PrescriptionContent.draw(split: $0, random: &$1) } as [Any]
      + draws(split, count) { LabResultContent.draw(split: $0, random: &$1) }
      + draws(split, count) { DiagnosisContent.draw(split: $0, random: &$1) }
      + draws(split, count) { DischargeSummaryContent.draw(split: $0, random: &$1) }
      + draws(split, count) { MedicalRecordContent.draw(split: $0, random: &$1) }
  }

  // MARK: Text

  @Test(arguments: splits) func everyStringIsFinal(split: Split) {
    for content in all(split) {
      for text in strings(of: content) {
        let nfc = text.precomposedStringWithCanonicalMapping
        #expect(Array(text.unicodeScalars) == Array(nfc.unicodeScalars), "\(text)")
        #expect(!text.contains("  ") && !text.hasPrefix(" ") && !text.hasSuffix(" "), "\(text)")
        #expect(!text.contains("{") && !text.contains("}") && !text.contains("|"), "\(text)")
        #expect(!text.contains("..") && !text.contains(" .") && !text.contains(" ,"), "\(text)")
        let foreign = text.filter { !ContentCharacters.holds($0) }
        #expect(foreign.isEmpty, "'\(foreign)' in \(text)")
      }
    }
  }

  @Test func seedsRepeatThemselves() {
    let once = all(.test, 10).flatMap(strings)
    #expect(once == all(.test, 10).flatMap(strings))
  }

  @Test func storiesDiffer() {
    let courses = draws(.test) {
      DischargeSummaryContent.draw(split: $0, random: &$1).hospitalCourse
    }
    let illnesses = draws(.test) {
      MedicalRecordContent.draw(split: $0, random: &$1).presentIllness
    }
    let opinions = draws(.test) { DiagnosisContent.draw(split: $0, random: &$1).opinion }
    #expect(Set(courses).count > 190)
    #expect(Set(illnesses).count > 190)
    #expect(Set(opinions).count > 150)
    #expect(DiseaseFamily.all.count >= 25)
  }

  // MARK: Held-out words

  @Test func trainShowsNoHeldOutWord() {
    let drugs = DrugLexicon.lexicon
    let ingredients = Set(drugs.all.map(\.ingredient)).sorted { $0.count > $1.count }
    let heldOut = Set(drugs.all.filter(drugs.isHeldOut).map(\.ingredient))
    let codes = Set(
      DiagnosisLexicon.lexicon.all.filter(DiagnosisLexicon.lexicon.isHeldOut).map(\.code))
    let tests = Set(
      LabTestLexicon.lexicon.all.filter(LabTestLexicon.lexicon.isHeldOut).map(\.name))
    for content in all(.train, 40) {
      for text in strings(of: content) {
        #expect(!codes.contains(text) && !tests.contains(text))
        var rest = text
        // The longest first: 오메프라졸 also stands in 에스오메프라졸.
        for ingredient in ingredients where rest.contains(ingredient) {
          #expect(!heldOut.contains(ingredient), "\(ingredient) in \(text)")
          rest = rest.replacing(ingredient, with: " ")
        }
      }
    }
  }

  @Test func testShowsManyHeldOutWords() {
    let lexicon = DrugLexicon.lexicon
    let names = lexicon.all.filter(lexicon.isHeldOut).map(\.name)
    let shown = draws(.test, 50) { PrescriptionContent.draw(split: $0, random: &$1) }
      .flatMap(\.drugs)
    let heldOut = shown.filter { drug in names.contains { drug.name.hasPrefix($0) } }
    #expect(Double(heldOut.count) > 0.3 * Double(shown.count))
  }

  // MARK: Medicine and dates

  @Test(arguments: splits) func prescriptions(split: Split) {
    for content in draws(split, 200, { PrescriptionContent.draw(split: $0, random: &$1) }) {
      #expect((3...10).contains(content.drugs.count))
      #expect(Set(content.drugs.map(\.name)).count == content.drugs.count)
      #expect((1...3).contains(content.diagnosisCodes.count))
      for code in content.diagnosisCodes {
        #expect(DiagnosisLexicon.lexicon.all.contains { $0.code == code })
      }
      for drug in content.drugs {
        #expect(!drug.usage.isEmpty && !drug.days.isEmpty)
        #expect(DrugLexicon.lexicon.all.contains { drug.name.hasPrefix($0.name) })
      }
    }
  }

  @Test(arguments: splits) func laboratoryFlagsFollowValueAndRange(split: Split) {
    var flags: [String: Int] = [:]
    for content in draws(split, 200, { LabResultContent.draw(split: $0, random: &$1) }) {
      let rows = content.sections.flatMap(\.rows)
      #expect((15...30).contains(rows.count))
      #expect(Set(rows.map(\.test)).count == rows.count)
      #expect(content.collectedDate < content.reportedDate)
      for row in rows {
        #expect(row.flag == expectedFlag(row), "\(row)")
        flags[row.flag, default: 0] += 1
      }
    }
    #expect(Set(flags.keys) == ["", "H", "L"])
  }

  /// Read back from the page as a reader would.
  private func expectedFlag(_ row: LabRow) -> String {
    let range = row.referenceRange.replacing(" ", with: "")
    guard let value = Double(row.value.trimmingPrefix("<")) else {
      return row.value == range ? "" : "H"
    }
    if row.value.hasPrefix("<") { return "" }
    if range.hasPrefix("<") { return value < Double(range.dropFirst())! ? "" : "H" }
    if range.hasPrefix(">") { return value > Double(range.dropFirst())! ? "" : "L" }
    let ends = range.firstMatch(of: /^(-?[\d.]+)[-~]([\d.]+)$/)!
    return value < Double(ends.1)! ? "L" : value > Double(ends.2)! ? "H" : ""
  }

  @Test(arguments: splits) func certificates(split: Split) {
    for content in draws(split, 200, { DiagnosisContent.draw(split: $0, random: &$1) }) {
      expectKnown(content.diagnoses)
      #expect(content.diagnoses.map(\.isPrincipal).firstIndex(of: true) == 0)
      #expect(content.diagnoses.filter(\.isPrincipal).count == 1)
      let diagnosed = number(content.diagnosedDate)
      #expect(diagnosed <= number(content.issueDate))
      #expect(content.onsetDate == "미상" || number(content.onsetDate) <= diagnosed)
      #expect(content.opinion.count > 60)
    }
  }

  @Test(arguments: splits) func dischargeSummaries(split: Split) {
    var lengths = 0
    for content in draws(split, 200, { DischargeSummaryContent.draw(split: $0, random: &$1) }) {
      #expect(content.admissionDate < content.dischargeDate)
      #expect(content.principalDiagnosis.isPrincipal)
      expectKnown([content.principalDiagnosis] + content.secondaryDiagnoses)
      #expect((3...8).contains(content.labHighlights.count))
      #expect((3...6).contains(content.followUpPlan.count))
      #expect((3...8).contains(content.dischargeMedications.count))
      let sentences = content.hospitalCourse.components(separatedBy: ". ").count
      #expect((4...16).contains(sentences), "\(sentences)")
      for row in content.labHighlights { #expect(row.flag == expectedFlag(row), "\(row)") }
      lengths += strings(of: content).reduce(0) { $0 + $1.count }
    }
    #expect((1000...1900).contains(lengths / 200), "\(lengths / 200)")
  }

  @Test(arguments: splits) func records(split: Split) {
    for content in draws(split, 200, { MedicalRecordContent.draw(split: $0, random: &$1) }) {
      #expect(content.patientInfo.hasPrefix(content.patient.name))
      #expect(content.reviewOfSystems.contains("(-)") && content.reviewOfSystems.contains("(+)"))
      #expect(content.presentIllness.count > 60 && !content.pastHistory.isEmpty)
    }
  }

  @Test func patientsAreValidInFormAndNobody() throws {
    for content in draws(.test, 200, { DiagnosisContent.draw(split: $0, random: &$1) }) {
      let patient = content.patient
      let form = /\d{6}-[1-4](\*{6}|\d{6})/
      #expect(patient.residentNumber.wholeMatch(of: form) != nil)
      #expect(
        patient.residentNumber.hasPrefix(patient.birthDate.replacing("-", with: "").dropFirst(2)))
      let digits = patient.residentNumber.compactMap(\.wholeNumberValue)
      let sexDigit = try #require(digits.dropFirst(6).first)
      #expect((sexDigit % 2 == 1) == (patient.sex == "남"))
      if digits.count == 13 {
        let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(digits[12] != (11 - sum % 11) % 10)
      }
      let birth = number(patient.birthDate)
      let day = number(content.diagnosedDate)
      #expect((day - birth) / 10000 == patient.age)
    }
  }

  private func expectKnown(_ diagnoses: [DiagnosisEntry]) {
    for diagnosis in diagnoses {
      let term = DiagnosisLexicon.lexicon.all.first { $0.code == diagnosis.code }
      let sides = ["", "우측 ", "좌측 "]
      #expect(sides.contains { $0 + (term?.name ?? "") == diagnosis.name })
    }
    #expect(Set(diagnoses.map(\.code)).count == diagnoses.count)
  }

  /// 20240305 from `2024-03-05` or `2024년 3월 5일`.
  private func number(_ date: String) -> Int {
    let parts = date.split { !$0.isNumber }.map { Int($0)! }
    return parts[0] * 10000 + parts[1] * 100 + parts[2]
  }

  /// Every string in a content, however deep.
  private func strings(of value: Any) -> [String] {
    if let text = value as? String { return [text] }
    return Mirror(reflecting: value).children.flatMap { strings(of: $0.value) }
  }
}
