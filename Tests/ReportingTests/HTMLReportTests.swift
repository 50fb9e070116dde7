import Foundation
import OCRInference
import Pipeline
import Reporting
import Testing

@Suite struct HTMLReportTests {
  @Test func snapshot() throws {
    try expectGolden(HTMLReport(SampleRun.record, language: .korean).rendered(), "report.html")
  }

  /// Both languages are there; which is seen needs no script and no network.
  @Test(arguments: Language.allCases)
  func theAskedLanguageIsShownFirst(language: Language) {
    let html = HTMLReport(SampleRun.record, language: language).rendered()
    #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
    #expect(html.ranges(of: " checked>").count == 1)
    #expect(html.contains("id=\"show-\(language.rawValue)\" autocomplete=\"off\" checked>"))
    #expect(html.contains("<div class=\"page in-ko\" lang=\"ko\">"))
    #expect(html.contains("<div class=\"page in-en\" lang=\"en\">"))
    #expect(html.contains("SLA 미충족 항목") == html.contains("An SLA is missed."))
    let ids = html.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
  }

  @Test func whatAModelWroteIsShownAndNotRun() {
    let html = HTMLReport(SampleRun.record, language: .korean).rendered()
    #expect(!html.contains("<script"))
    #expect(html.contains("&lt;script&gt;alert(&quot;stderr&quot;)&lt;/script&gt;"))
    #expect(html.contains("Content-Security-Policy\" content=\"default-src 'none'"))
  }

  /// Swift takes `"` and a combining mark for one character; a browser does not.
  @Test func aCombiningMarkHidesNothingFromEscaping() {
    var record = SampleRun.record
    let hostile = "\"\u{301} onerror=\"\u{301}alert(1)<\u{301}script>'\u{20DD}&\u{301}"
    record.configuration.dataset = hostile
    record.groups[0].documents[16].pages[0].id = hostile
    record.groups[1].documents[3].pages[0].transcript.outcome.diagnostics = hostile
    let html = HTMLReport(record, language: .english).rendered()
    let scalars = String(html.unicodeScalars.filter { $0.value != 0x301 && $0.value != 0x20DD })
    #expect(!scalars.contains("\" onerror="))
    #expect(scalars.contains("&quot; onerror=&quot;alert(1)&lt;script&gt;&#39;&amp;"))
  }

  @Test func nothingIsFetchedFromElsewhere() throws {
    let html = HTMLReport(SampleRun.record, language: .korean).rendered()
    for sign in ["http:", "https:", "src=\"/", "@import", "<link", "<iframe"] {
      #expect(!html.contains(sign), "\(sign)")
    }
  }

  @Test func everyTagIsClosed() {
    let html = HTMLReport(SampleRun.record, language: .korean).rendered()
    for tag in [
      "table", "tr", "td", "th", "div", "section", "article", "figure", "svg", "del", "ins",
    ] {
      let opened = html.ranges(of: "<\(tag)>").count + html.ranges(of: "<\(tag) ").count
      #expect(opened == html.ranges(of: "</\(tag)>").count, "\(tag)")
    }
  }

  @Test func aPictureBesideTheReportIsPutInside() throws {
    let directory = try TemporaryDirectory()
    let page = SampleRun.record.groups[0].documents[16].pages[0]
    #expect(page.pictureName(dpi: 300) == "prescription-0017-1@300.png")
    let png = TinyPicture.png(width: 9, height: 12)
    try png.write(to: URL(filePath: directory.path + "/prescription-0017-1@300.png"))
    try Data("not a picture".utf8)
      .write(to: URL(filePath: directory.path + "/prescription-0034-1@300.png"))
    let html = HTMLReport(SampleRun.record, language: .english, pictures: directory.path).rendered()
    #expect(html.ranges(of: "<image ").count == 1)
    #expect(html.contains("href=\"data:image/png;base64,\(png.base64EncodedString())\""))
    #expect(html.contains("The results directory holds no picture of this page."))
  }

  @Test func manyLargePicturesDoNotMakeAReportThatNobodyCanSend() throws {
    let directory = try TemporaryDirectory()
    let png = TinyPicture.png(width: 9, height: 12, more: 3 << 20)
    for group in SampleRun.record.groups {
      for page in group.worstPages() {
        let name = page.pictureName(dpi: group.dpi)
        try png.write(to: URL(filePath: directory.path + "/" + name))
      }
    }
    let html = HTMLReport(SampleRun.record, language: .english, pictures: directory.path).rendered()
    #expect(html.utf8.count < 15 << 20)
    #expect(html.ranges(of: "<image ").count == 3)
    #expect(html.contains("Left out to keep this file small"))
  }

  @Test func aPageWithoutEndIsBounded() {
    var record = SampleRun.record
    record.groups[0].documents[16].pages[0].transcript.text =
      String(repeating: "끝없이 ", count: 20_000)
    let html = HTMLReport(record, language: .english).rendered()
    #expect(html.utf8.count < 400_000)
    #expect(html.contains("cut short here"))
  }

  // MARK: Confidence

  /// A group of one page, read so.
  private func report(
    truth: String, reading: String, _ confidences: [UInt8]?, _ language: Language = .english
  ) -> String {
    var record = SampleRun.record
    record.groups = [record.groups[1]]
    let page = SampleRun.page(
      "page/1", truth: truth, reading: reading, fields: [], milliseconds: 100, tokens: 10)
    record.groups[0].documents = [DocumentRecord(id: "page", pages: [page])]
    record.groups[0].documents[0].pages[0].transcript.confidences = confidences.map {
      Confidences(hundredths: $0)
    }
    return HTMLReport(record, language: language).rendered()
  }

  @Test func confidenceIsMarkedInSteps() {
    let html = report(truth: "가나다라마5", reading: "가나다라마8", [99, 95, 94, 79, 49, 43])
    #expect(
      html.contains(
        "가나<span class=\"slight\" title=\"confidence 0.94\">다</span>"
          + "<span class=\"weak\" title=\"confidence 0.79\">라</span>"
          + "<span class=\"low\" title=\"confidence 0.49\">마</span>"
          + "<span class=\"sub\"><del>5</del><ins>"
          + "<span class=\"low\" title=\"wrong, confidence 0.43\">8</span></ins></span>"))
    #expect(html.contains("Confidence: mean 0.765 | 1 of 1 wrong characters below 0.50"))
    #expect(html.contains("| 1 of 5 right ones below 0.50"))
    #expect(html.contains("Least certain places") && !html.contains("<caption>Wrong without doubt"))
  }

  @Test func anErrorWithoutDoubtStandsOutAndIsListed() {
    let html = report(truth: "하루 5정\n끝", reading: "하루 8정\n끝말", [99, 99, 99, 99, 99, 99, 99, 60])
    #expect(
      html.contains("<ins><span class=\"sure\" title=\"wrong, confidence 0.99\">8</span></ins>"))
    #expect(html.contains("0 of 2 wrong characters below 0.50 (0.0%), 1 at 0.95 or more"))
    #expect(html.contains("<caption>Wrong without doubt</caption>"))
    #expect(
      html.contains(
        "<a href=\"#en-group-1-page-1\">page/1</a></th><td class=\"number\">1</td>"
          + "<td class=\"text place\">하루 <ins><span class=\"sure\">8</span></ins>정</td>"
          + "<td class=\"text\">5</td><td class=\"number\">0.99</td>"
          + "<td class=\"text bad\">wrong</td>"))
    #expect(html.contains("<article class=\"worst\" id=\"en-group-1-page-1\">"))
    let korean = report(truth: "5", reading: "8", [99], .korean)
    #expect(korean.contains("title=\"틀림, 확신도 0.99\"") && korean.contains("자신 있게 잘못 읽은 곳"))
  }

  /// Marks that the diff leaves out and jamo that it composes must not shift what follows.
  @Test func confidencesStayBesideTheirCharactersInTheDiff() {
    let reading = "\u{FEFF}\u{1112}\u{1161}\u{11AB}\u{200E}5e\u{301}x"
    #expect(reading.count == 6)
    let html = report(truth: "한5éy", reading: reading, [10, 99, 10, 99, 44, 99])
    #expect(
      html.contains(
        "한5<span class=\"low\" title=\"confidence 0.44\">é</span>"
          + "<span class=\"sub\"><del>y</del><ins>"
          + "<span class=\"sure\" title=\"wrong, confidence 0.99\">x</span></ins></span>"))
  }

  @Test func lineFeedsAreNeitherMarkedNorCounted() {
    let html = report(truth: "가\n나", reading: "가\n나\n다", [99, 9, 99, 9, 99])
    #expect(html.contains("가\n나<ins>↵\n<span class=\"sure\" title=\"wrong, confidence 0.99\">다"))
    #expect(html.contains("0 of 1 wrong characters") && !html.contains("Least certain"))
  }

  @Test func aBlankThatWasReadWithoutDoubtIsSeen() {
    let html = report(truth: "가나", reading: "가 .나", [99, 99, 40, 99])
    #expect(html.contains("<ins><span class=\"sure\" title=\"wrong, confidence 0.99\">␣</span>"))
  }

  @Test func confidencesThatDoNotFitTheTextAreNotShown() {
    for confidences in [nil, [99], [1, 2, 3, 4]] as [[UInt8]?] {
      let html = report(truth: "가5", reading: "가8", confidences)
      #expect(html.contains("가<span class=\"sub\"><del>5</del><ins>8</ins></span>"))
      #expect(!html.contains("title=") && !html.contains("Least certain"))
    }
  }

  @Test func theWorstPagesComeFirstAndFailuresApart() {
    let worst = SampleRun.record.groups[1].worstPages().map(\.id)
    #expect(worst == ["lab-result-0010/1", "lab-result-0003/1", "lab-result-0006/1"])
    var blank = SampleRun.record.groups[2]
    #expect(blank.worstPages().isEmpty)
    blank.documents[1].pages[1].score.blank?.outputClusters = 40
    #expect(blank.worstPages().map(\.id) == ["discharge-summary-0002/2"])
  }

  @Test func runsWithoutGroupsOrTimesStillRender() {
    var record = SampleRun.record
    record.groups[0].aggregates.latency = nil
    record.groups[0].aggregates.cer = nil
    record.groups[0].verdict.checks[0].figure = nil
    record.groups[0].verdict.checks[0].passed = false
    #expect(HTMLReport(record, language: .english).rendered().contains("could not be measured"))
    record.groups = []
    #expect(HTMLReport(record, language: .english).rendered().contains("Nothing was judged."))
  }
}
