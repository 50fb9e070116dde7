import Reporting
import Testing

@Suite struct TerminalReportTests {
  @Test(arguments: Language.allCases)
  func snapshot(language: Language) throws {
    try expectGolden(
      TerminalReport(SampleRun.record, language: language).rendered(),
      "terminal.\(language.rawValue).txt")
  }
}
