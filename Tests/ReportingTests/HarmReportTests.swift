import Foundation
import Pipeline
import Reporting
import Scoring
import Testing

@Suite struct HarmReportTests {
  @Test func snapshot() throws {
    try expectGolden(
      HTMLReport(HarmRun.record, language: .english).rendered(), "report-harm.html")
  }

  @Test(arguments: Language.allCases)
  func terminalSnapshot(language: Language) throws {
    try expectGolden(
      TerminalReport(HarmRun.record, language: language).rendered(),
      "terminal-harm.\(language.rawValue).txt")
  }

  @Test func junitSnapshot() throws {
    try expectGolden(JUnitReport(HarmRun.record).rendered(), "junit-harm.xml")
  }

  private func html(_ record: RunRecord = HarmRun.record, pictures: String? = nil) -> String {
    HTMLReport(record, language: .english, pictures: pictures).rendered()
  }

  @Test func harmComesBeforeRatesAndRatesBeforeAllElse() throws {
    let html = html()
    let english = html[try #require(html.range(of: "<div class=\"page in-en\"")).lowerBound...]
    let order = [
      "<span class=\"stamp\">FAIL", "7 critical errors in 5 of 66 documents", "class=\"why\"",
      "Errors that could hurt a patient", "Decimal point moved", "Errors by class, document type",
      "Figures against their limits", "class=\"overview\"", "class=\"group\"", "class=\"colophon\"",
    ].map { english.range(of: $0)?.lowerBound }
    #expect(order.allSatisfy { $0 != nil })
    #expect(order.compactMap(\.self) == order.compactMap(\.self).sorted())
  }

  @Test func aCardSaysWhatWhereAndWhy() throws {
    let html = html()
    for part in [
      "<span class=\"sign\">▲</span> Critical</span> Decimal point moved <code>decimal-shift</code>",
      "<b>Dose (row 2)</b> · prescription-0003/1 · Prescription · 300 DPI",
      "<dd class=\"truth\">2<mark>.</mark>5mg</dd>", "<dd class=\"reading\">25mg</dd>",
      "<span class=\"factor\">×10</span>",
      "A moved decimal point is a dose or value ten times too large or small.",
      "소수점이 밀리면 용량이나 수치가 열 배 이상 달라집니다.",
      "ISMP error-prone dose designations: trailing zero, naked decimal point",
      "<b>용량 (2행)</b> · prescription-0003/1 · 처방전 · 300 DPI",
    ] {
      #expect(html.contains(part), "\(part)")
    }
    #expect(html.contains("<i>not on the page</i>") && html.contains("<i>쪽에 없음</i>"))
    #expect(html.contains("&lt;b&gt;프로포폴주") && !html.contains("<b>프로포폴주"))
  }

  /// Whoever cannot see colours, or prints without them, has a sign and a word.
  @Test func severityIsNeverAColourAlone() {
    let html = html()
    for (sign, word) in [("▲", "Critical"), ("◆", "Major"), ("●", "Minor")] {
      #expect(html.contains("<span class=\"sign\">\(sign)</span> \(word) "))
    }
  }

  @Test func aPageThatWasNotReadIsCountedAndNotShownAsAMisreading() {
    let html = html()
    #expect(html.contains("Of these, 1 stand on pages that were not read."))
    #expect(!html.contains("Row left out <code>row-omitted</code></h3>"))
    #expect(html.contains("Row left out <code>row-omitted</code></th>"))
  }

  @Test func aPassThatCouldHurtSaysSo() {
    let html = html(HarmRun.passing)
    #expect(
      html.contains("The limits that were asked for are met, yet the readings below could hurt"))
    #expect(html.contains("not judged"))
    var judged = HarmRun.passing
    judged.groups[0].verdict.checks.append(
      Check(subject: .criticalErrors, figure: 38, limit: 50, passed: true))
    #expect(!self.html(judged).contains("The limits that were asked for are met, yet"))
  }

  @Test func nothingSeenIsNotNothingThere() {
    var record = HarmRun.passing
    for index in record.groups[0].documents.indices {
      record.groups[0].documents[index].pages[0].score.harms = []
    }
    let html = html(record)
    #expect(html.contains("No critical error was seen in 52 documents."))
    // 1 − 0.05^(1/52)
    #expect(html.contains("fewer than 5.6% of documents have one (95% confidence)."))
    #expect(!html.contains("class=\"card"))
  }

  @Test func resultsThatNobodyLookedAtSayThat() {
    let html = html(SampleRun.record)
    #expect(html.contains("These results were not looked at for harm"))
    #expect(!html.contains("class=\"toll\">\n<p") && !html.contains("class=\"matrix\""))
  }

  @Test func aRuleThatAFileChangedIsToldAsItWas() {
    var record = HarmRun.record
    var rule = record.rule("dose-tenfold")!
    rule.reason = "The ward's own reason."
    record.severityRules = [rule]
    #expect(html(record).contains("The ward&#39;s own reason."))
    #expect(html(record).contains("Right values stand in each other&#39;s rows"))
    record.groups[0].documents[2].pages[0].score.harms![0].rule = "gone"
    #expect(html(record).contains("<p class=\"because\">Decimal point moved</p>"))
  }

  @Test func aPictureIsEmbeddedOnceAndShownInBothLanguages() throws {
    let directory = try TemporaryDirectory()
    let png = TinyPicture.png(width: 7, height: 3)
    try png.write(to: URL(filePath: directory.path + "/prescription-0003-1@300-harm-1.png"))
    let html = html(pictures: directory.path)
    #expect(html.ranges(of: png.base64EncodedString()).count == 1)
    #expect(html.contains("<image id=\"picture-1\" width=\"7\" height=\"3\" href=\"data:image/png"))
    #expect(html.ranges(of: "<use href=\"#picture-1\"/>").count == 2)
    #expect(html.contains("Nothing on the page stands for it."))
  }

  @Test func manyErrorsMakeNoEndlessReport() {
    var record = HarmRun.record
    let finding = record.groups[0].documents[2].pages[0].score.harms![0]
    for index in record.groups[0].documents.indices {
      record.groups[0].documents[index].pages[0].score.harms =
        Array(repeating: finding, count: 40)
    }
    let html = html(record)
    #expect(html.ranges(of: "<article class=\"card").count == 2 * RunRecord.criticalErrorsShown)
    #expect(html.contains("24 of 2,083 are shown"))
    #expect(html.utf8.count < 600_000)
  }

  // MARK: Plots

  private func check(_ subject: Check.Subject, _ figure: Double, limit: Double) -> Check {
    Check(subject: subject, figure: figure, limit: limit, passed: true)
  }

  /// Errors to the right, the limit in the middle, twice the limit at three quarters.
  @Test func everyPlotHasOneScale() {
    func position(_ subject: Check.Subject, _ value: Double, _ limit: Double) -> Double? {
      DotWhisker.position(of: value, in: check(subject, value, limit: limit))
    }
    #expect(position(.cer, 0, 0.01) == 0 && position(.cer, 0.01, 0.01) == 0.5)
    #expect(position(.cer, 0.02, 0.01) == 0.75 && position(.latency, 1500, 3000) == 0.25)
    #expect(abs(position(.field("dose"), 0.8, 0.9)! - 0.75) < 1e-9)
    #expect(position(.field("dose"), 1, 0.9) == 0)
    #expect(position(.throughput, 5, 10) == 0.75 && position(.throughput, 20, 10) == 0.25)
    #expect(position(.criticalErrors, 0, 0) == 0.5 && position(.criticalErrors, 1000, 0) == 1)
    #expect(position(.criticalErrors, 90, 0) == 0.65 && position(.pagesRead, 0.75, 1) == 0.75)
    #expect(position(.cer, .infinity, 0.01) == nil)
  }

  @Test func boundsAreShownWhereFiguresDecide() {
    let html = html()
    #expect(html.contains("The figures decide; the bars say how sure they are."))
    #expect(html.contains("<path class=\"bounds\""))
    #expect(
      HTMLReport(SampleRun.judgedByBounds, language: .english).rendered()
        .contains("The bounds decide."))
  }
}

/// Bytes that begin as a PNG does; nobody decodes them here.
enum TinyPicture {
  static func png(width: UInt8, height: UInt8, more count: Int = 3) -> Data {
    Data(
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        + [0, 0, 0, width, 0, 0, 0, height]) + Data(count: count)
  }
}
