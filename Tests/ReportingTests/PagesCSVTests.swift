import OCRInference
import Pipeline
import Reporting
import Testing

@Suite struct PagesCSVTests {
  @Test func snapshot() throws {
    try expectGolden(PagesCSV(SampleRun.record).rendered(), "pages.csv")
  }

  @Test func everyRowHasEveryColumn() {
    let lines = PagesCSV(SampleRun.record).rendered().split(separator: "\r\n")
    #expect(lines.count == 1 + 52 + 12 + 4)
    #expect(
      Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [30])
  }

  @Test func absentFiguresAreEmptyAndNeverZero() {
    let row = row(of: "discharge-summary-0001/2")
    #expect(row["cer"] == "" && row["ttft_ms"] == "" && row["tpot_ms"] == "")
    #expect(row["characters"] == "0" && row["blank_page"] == "passed")
  }

  @Test func confidencesAreSummedUpWhereThereAreAny() {
    let sure = row(of: "lab-result-0002/1")
    #expect(sure["low_confidence"] == "0" && sure["mean_confidence"]?.hasPrefix("0.98") == true)
    #expect(row(of: "lab-result-0001/1")["low_confidence"] == "1")
    let none = row(of: "prescription-0001/1")
    #expect(none["mean_confidence"] == "" && none["low_confidence"] == "")
  }

  @Test func harmIsCountedAndAbsentWhereNobodyLooked() {
    let lines = PagesCSV(HarmRun.record).rendered().split(separator: "\r\n")
    #expect(
      lines[0].contains("outcome,detail,critical_errors,major_errors,minor_errors,characters"))
    #expect(lines.contains { $0.hasPrefix("prescription-0004/1,") && $0.contains(",read,,2,0,0,") })
    #expect(row(of: "prescription-0001/1")["critical_errors"] == "")
  }

  @Test func noPageTextIsTold() {
    #expect(!PagesCSV(SampleRun.record).rendered().contains("한가람"))
  }

  @Test(arguments: [
    ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""), ("+1", "'+1"), ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("a,b", "\"a,b\""), ("a\nb", "\"a\nb\""),
    ("=\u{301}1", "'=\u{301}1"), ("plain", "plain"),
  ])
  func aSpreadsheetRunsNothing(id: String, cell: String) {
    var record = SampleRun.record
    record.groups = [record.groups[0]]
    record.groups[0].documents = [record.groups[0].documents[0]]
    record.groups[0].documents[0].pages[0].id = id
    let csv = PagesCSV(record).rendered()
    let body = csv.unicodeScalars.drop { $0 != "\n" }.dropFirst()
    #expect(String(String.UnicodeScalarView(body)).hasPrefix(cell + ",prescription-0001,"))
  }

  private func row(of page: String) -> [String: String] {
    let lines = PagesCSV(SampleRun.record).rendered().split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let row = lines.first { $0[0] == page } ?? []
    return Dictionary(uniqueKeysWithValues: zip(lines[0], row))
  }
}
