import Reporting
import Testing

@Suite struct HTMLReportTests {
  @Test(arguments: Language.allCases)
  func snapshot(language: Language) throws {
    try expectGolden(
      HTMLReport(SampleRun.record, language: language).rendered(),
      "report.\(language.rawValue).html")
  }
}
