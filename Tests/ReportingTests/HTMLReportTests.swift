import Foundation
import Pipeline
import Reporting
import Testing

@Suite struct HTMLReportTests {
  @Test(arguments: Language.allCases)
  func snapshot(language: Language) throws {
    try expectGolden(
      HTMLReport(SampleRun.record, language: language).rendered(),
      "report.\(language.rawValue).html")
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
    let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3])
    try png.write(to: URL(filePath: directory.path + "/prescription-0017-1@300.png"))
    try Data("not a picture".utf8)
      .write(to: URL(filePath: directory.path + "/prescription-0034-1@300.png"))
    let html = HTMLReport(SampleRun.record, language: .english, pictures: directory.path).rendered()
    #expect(html.ranges(of: "<img ").count == 1)
    #expect(html.contains("src=\"data:image/png;base64,\(png.base64EncodedString())\""))
    #expect(html.contains("The results directory holds no picture of this page."))
  }

  @Test func manyLargePicturesDoNotMakeAReportThatNobodyCanSend() throws {
    let directory = try TemporaryDirectory()
    var png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    png.append(Data(count: 3 << 20))
    for group in SampleRun.record.groups {
      for page in group.worstPages() {
        let name = page.pictureName(dpi: group.dpi)
        try png.write(to: URL(filePath: directory.path + "/" + name))
      }
    }
    let html = HTMLReport(SampleRun.record, language: .english, pictures: directory.path).rendered()
    #expect(html.utf8.count < 15 << 20)
    #expect(html.ranges(of: "<img ").count == 3)
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
