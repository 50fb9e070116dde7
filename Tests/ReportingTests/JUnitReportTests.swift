import Foundation
import FoundationXML
import Reporting
import Testing

@Suite struct JUnitReportTests {
  @Test func snapshot() throws {
    try expectGolden(JUnitReport(SampleRun.record).rendered(), "junit.xml")
  }

  @Test func countsAddUp() throws {
    let elements = try parse(JUnitReport(SampleRun.record).rendered())
    let suites = elements.filter { $0.name == "testsuite" }
    #expect(
      suites.map { $0.attributes["name"] } == [
        "prescription.300dpi", "lab-result.300dpi", "discharge-summary.300dpi",
      ])
    #expect(suites.map { $0.attributes["failures"] } == ["0", "7", "0"])
    #expect(elements.count { $0.name == "failure" } == 7)
    #expect(elements.first?.attributes["tests"] == "\(elements.count { $0.name == "testcase" })")
    let names = elements.filter { $0.name == "testcase" }.compactMap { $0.attributes["classname"] }
    #expect(names.first == "medbench.prescription.300dpi")
  }

  /// A CI server must not show green what is not shown.
  @Test func whatIsInconclusiveIsAFailureOfItsOwnType() throws {
    let elements = try parse(JUnitReport(SampleRun.judgedByBounds).rendered())
    let doubts = elements.filter { $0.attributes["type"] == "inconclusive" }
    let open = SampleRun.judgedByBounds.groups.flatMap(\.verdict.checks)
      .filter { $0.outcome == .inconclusive }
    #expect(!open.isEmpty && doubts.count == open.count)
    let message = try #require(doubts.first?.attributes["message"])
    #expect(message.hasPrefix("cer is 0.") && message.contains("95% bounds 0."))
    #expect(message.hasSuffix("more documents like these would settle it"))
  }

  @Test func hostileNamesStayWellFormed() throws {
    var record = SampleRun.record
    let name = "a\u{0}\u{8}<b attr=\"x\">&amp;\u{FFFF}\u{1B}[31m]]>\""
    record.engine.model = name
    record.groups[1].documents[3].pages[0].id = name
    let elements = try parse(JUnitReport(record).rendered())
    let model = elements.first { $0.attributes["name"] == "model" }
    #expect(
      model?.attributes["value"]
        == "a\u{FFFD}\u{FFFD}<b attr=\"x\">&amp;\u{FFFD}\u{FFFD}[31m]]>\"")
  }

  @Test func noPageTextIsTold() {
    let xml = JUnitReport(SampleRun.record).rendered()
    #expect(!xml.contains("한가람") && !xml.contains("Segmentation fault"))
    #expect(xml.contains("lab-result-0004/1: crashed"))
  }

  struct Element {
    var name: String
    var attributes: [String: String]
  }

  private func parse(_ xml: String) throws -> [Element] {
    let collector = Collector()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = collector
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return collector.elements
  }

  private final class Collector: NSObject, XMLParserDelegate {
    var elements: [Element] = []

    func parser(
      _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append(Element(name: elementName, attributes: attributes))
    }
  }
}
