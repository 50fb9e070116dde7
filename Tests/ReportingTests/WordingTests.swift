import Pipeline
import Reporting
import Testing

@Suite struct WordingTests {
  @Test(arguments: [
    (["LC_ALL": "ko_KR.UTF-8"], Language.korean), (["LANG": "ko"], .korean),
    (["LC_ALL": "", "LC_MESSAGES": "ko_KR.eucKR"], .korean),
    (["LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"], .english), (["LANG": "kok_IN"], .english),
    ([:], .english),
  ])
  func languageOfTheLocale(environment: [String: String], language: Language) {
    #expect(Language.current(environment: environment) == language)
  }

  /// 0.01004 over a limit of 0.01 must not read "0.0100, limit 0.0100".
  @Test func aLimitMissedByAHairLooksMissed() {
    var record = SampleRun.record
    record.groups[0].verdict.checks[0].figure = 0.010004
    record.groups[0].verdict.checks[0].passed = false
    record.groups[0].verdict.checks[1].figure = 0.89996
    record.groups[0].verdict.checks[1].passed = false
    let report = TerminalReport(record, language: .english).rendered()
    #expect(report.contains("Mean CER 0.010004, limit ≤ 0.0100"))
    #expect(report.contains("Drug name 89.996%, limit ≥ 90.0%"))
  }

  @Test func almostPerfectIsNotPerfectAndAbsentIsNotZero() {
    var record = SampleRun.record
    record.groups[0].verdict.checks[1].figure = 0.99999
    record.groups[0].verdict.checks[0].figure = 0.000_01
    let report = TerminalReport(record, language: .korean).rendered()
    #expect(report.contains("99.999%") && report.contains("0.00001"))
    #expect(report.contains("토큰 간격(TPOT)         n/a"))
  }

  @Test func theVerdictComesFirstAndLast() {
    let lines = TerminalReport(SampleRun.record, language: .korean).rendered().split(
      separator: "\n")
    #expect(lines.first == "종합 판정: FAIL (부적합) - 3개 항목 중 1개가 SLA를 충족하지 못했습니다.")
    #expect(lines.last == lines.first)
    var passing = SampleRun.record
    passing.groups.remove(at: 1)
    #expect(
      TerminalReport(passing, language: .english).rendered()
        .hasPrefix("Overall verdict: PASS - All 2 groups meet every SLA.\n"))
  }

  @Test func whatIsNotShownIsSaidInWordsAndColour() {
    var record = SampleRun.judgedByBounds
    record.groups.removeSubrange(0...1)
    let english = TerminalReport(record, language: .english).rendered()
    #expect(english.hasPrefix("Overall verdict: INCONCLUSIVE - No SLA is shown to be missed"))
    #expect(english.contains("What is not shown") && english.contains("95% bounds"))
    #expect(english.contains("more documents like these would settle it"))
    let korean = TerminalReport(record, language: .korean, coloured: true).rendered()
    #expect(korean.contains("\u{1B}[1;33mINCONCLUSIVE (판정 보류)\u{1B}[0m"))
    #expect(korean.contains("건을 더 읽으면 판정할 수 있습니다"))
    let page = HTMLReport(record, language: .korean).rendered()
    #expect(page.contains("<header class=\"masthead caution\">") && page.contains("판정 보류"))
  }
}
