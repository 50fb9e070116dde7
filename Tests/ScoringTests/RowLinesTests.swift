import DocProfiles
import Scoring
import Testing

/// Rows that were left out, repeated or put elsewhere, beside rows that are right.
@Suite struct RowLinesTests {
  private static let page = HarmPage(
    """
    주진단 [diagnosis_name:본태성 고혈압] [diagnosis_code:I10]
    [test_name:ESR] [value:39] H [unit:mm/hr] [reference_range:0 ~ 20]
    [test_name:CRP] [value:10.49] H [unit:mg/dL] [reference_range:<0.50]
    [test_name:Sodium] [value:129] L [unit:mmol/L] [reference_range:136~145]
    [test_name:U-pH] [value:6.1] [unit:%] [reference_range:5.0 ~ 8.0]
    [drug_name:암로디핀정] [dose:1g] [frequency:1일 1회] [route:경구]
    [drug_name:로사르탄정] [dose:8 mg] [frequency:1일 2회] [route:경구]
    """)
  private static let lines = page.text.split(separator: "\n").map(String.init)

  @Test(arguments: 1...4)
  func aRowLeftOutIsThatAndNoNeighboursFlag(_ row: Int) {
    var lines = Self.lines
    lines.remove(at: row)
    #expect(Self.page.said(of: lines.joined(separator: "\n")) == ["row-omitted major"])
  }

  @Test(arguments: 1...4)
  func theNextRowBeforeItIsNoError(_ row: Int) {
    var lines = Self.lines
    lines.swapAt(row, row == 4 ? 1 : row + 1)
    #expect(Self.page.said(of: lines.joined(separator: "\n")) == [])
  }

  @Test func aRowThatStandsThereTwiceIsRepeatedOnce() {
    let reading = (Self.lines + [Self.lines[2]]).joined(separator: "\n")
    #expect(Self.page.said(of: reading) == ["row-duplicated major"])
  }

  @Test func aRowOfAnotherTestWithTheSameFiguresIsAnInvention() {
    let stranger = Self.lines[2].replacing("CRP", with: "DHEA-S")
    let reading = (Self.lines + [stranger]).joined(separator: "\n")
    #expect(Self.page.said(of: reading).contains { $0.hasPrefix("hallucinated") })
  }

  @Test func valuesInEachOthersRowsAreTwoErrors() {
    var lines = Self.lines
    lines[5] = lines[5].replacing("1g", with: "8 mg")
    lines[6] = lines[6].replacing("8 mg", with: "1g")
    #expect(
      Self.page.said(of: lines.joined(separator: "\n")) == [
        "row-swap critical", "row-swap critical",
      ])
  }

  @Test func aFlagLostInARowThatStandsElsewhereIsFound() {
    var lines = Self.lines
    lines[3] = lines[3].replacing(" L", with: "")
    lines.swapAt(3, 1)
    #expect(Self.page.said(of: lines.joined(separator: "\n")) == ["flag-reversed critical"])
  }

  @Test func aNoughtMoreIsTheResultsAndNotTheRanges() {
    let reading = Self.page.text.replacing("6.1 ", with: "6.10 ")
    #expect(Self.page.said(of: reading) == [])
  }

  @Test func aUnitBehindABlankBelongsToItsNumber() {
    let reading = Self.page.text.replacing("1g", with: "1000000 ㎍")
    #expect(Self.page.said(of: reading) == ["rewritten benign"])
  }

  @Test func columnsWideApartAreTheSamePage() {
    var lines = Self.lines
    lines.remove(at: 2)
    let reading = lines.map { $0.replacing(" ", with: "   ") + " " }.joined(separator: "\n")
    #expect(Self.page.said(of: reading) == ["row-omitted major"])
  }
}

/// Words of which an abbreviation's point and a negation's blank are part.
@Suite struct NameEndTests {
  @Test func thePointOfAFormIsNoDecimalPoint() {
    let page = HarmPage("[drug_name:Pregabalin cap.75밀리그램] [dose:1캡슐]")
    #expect(page.said(of: "Pregabalin cap.750밀리그램 1캡슐") == ["decimal-shift critical"])
    #expect(page.said(of: "Pregabalin cap.75 mg 1캡슐") == [])
  }

  @Test func anotherDiseaseIsNoNegation() {
    let page = HarmPage("[diagnosis_name:식도염을 동반하지 않은 위-식도역류병]")
    let reference = PageReference(text: page.text, fields: page.fields)
    let other = "상세불명의 머리의 손상"
    let with = "식도염을 동반한 위-식도역류병"
    func classes(_ reading: String) -> [ErrorClass] {
      HarmScorer(lexicon: Lexicon(diagnoses: [page.fields[0].value, other, with])).findings(
        PagePrediction(text: reading), against: reference, type: nil,
        criticalFields: [CriticalField("diagnosis_name", "진단명", .diagnosisName)]
      ).map(\.errorClass)
    }
    #expect(classes(other) == [.diagnosisName])
    #expect(classes(with) == [.negationFlip])
  }

  @Test func aVerbAndItsNegationAreOneChange() {
    let page = HarmPage("[opinion:#2 식도염을 동반하지 않은 위-식도역류병 (K21.9).]")
    #expect(
      page.said(of: "#2 식도염을 동반한 위-식도역류병 (K21.9).") == ["negation-flip critical"])
  }
}
