import Foundation
import OCRInference
import Pipeline
import Reporting
import Scoring
import Testing

/// What leaves the ward must say about nobody who they are.
@Suite struct RedactedResultsTests {
  /// Everything in the sample that says it: names, a birth date, a patient's number.
  private static let personal = ["한가람", "나다울", "1971-04-02", "00481526", "00481626"]

  /// A run with a name in a file's name and in what an engine printed when it died.
  private static let record: RunRecord = {
    var record = HarmRun.record
    record.groups[0].documents[4].id = "한가람-5"
    record.groups[0].documents[4].pages[0].id = "한가람-5/1"
    record.groups[0].documents[4].pages[0].image = "한가람-5.png"
    let name = record.groups[0].documents[4].pages[0].reference.range(of: "한가람")!
    let scalars = record.groups[0].documents[4].pages[0].reference.unicodeScalars
    let start = scalars.distance(from: scalars.startIndex, to: name.lowerBound)
    record.groups[0].documents[4].pages[0].personal = [start..<start + 3]
    record.groups[1].documents[3].pages[0].transcript.outcome.diagnostics = "at 환자명 나다울"
    record.groups[1].documents[9].pages[0].transcript.text += "\n나다울 00481526 hallucinated"
    return record
  }()

  private func files(in directory: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory).filter {
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: directory + "/" + $0, isDirectory: &isDirectory)
        && !isDirectory.boolValue
    }.sorted()
  }

  @Test(arguments: Language.allCases)
  func noFileHoldsAName(language: Language) throws {
    let scratch = try TemporaryDirectory()
    let results = ResultsDirectory(scratch.path + "/run")
    try results.create()
    let png = TinyPicture.png(width: 4, height: 4)
    for folder in ["/pictures", "/pictures/redacted"] {
      try FileManager.default.createDirectory(
        atPath: results.path + folder, withIntermediateDirectories: true)
    }
    let names = ["prescription-0003-1@300-harm-1.png", "한가람-5-1@300.png", "stranger.png"]
    for name in names {
      try png.write(to: URL(filePath: results.path + "/pictures/redacted/" + name))
    }
    try results.writeRedacted(Self.record, language: language)

    let copy = results.redacted.path
    let files = try files(in: copy)
    #expect(files.prefix(2) == ["junit.xml", "pages.csv"] && files.contains("results.json"))
    #expect(files.contains("pictures/prescription-0003-1@300-harm-1.png"))
    #expect(files.count { $0.hasPrefix("pictures/redacted-") } == 1)
    #expect(!files.contains("pictures/stranger.png"))
    for file in files {
      let text = String(
        decoding: try Data(contentsOf: URL(filePath: copy + "/" + file)), as: UTF8.self)
      for value in Self.personal {
        #expect(!text.contains(value) && !file.contains(value), "\(file): \(value)")
      }
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: copy)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
  }

  @Test func theTerminalHoldsNoneEither() {
    let text = TerminalReport(Self.record.redacted(), language: .korean).rendered()
    for value in Self.personal { #expect(!text.contains(value), "\(value)") }
    #expect(text.contains("\"████████\" -> \"████████\""))
  }

  /// CI servers keep what they are given: JUnit is redacted whether or not anyone asked.
  @Test func junitIsAlwaysRedacted() {
    let xml = JUnitReport(Self.record).rendered()
    for value in Self.personal { #expect(!xml.contains(value), "\(value)") }
    #expect(xml.contains("CRITICAL decimal-shift prescription-0003/1, Dose (row 2)"))
  }

  @Test func aRedactedReportSaysSoAndKeepsItsFigures() throws {
    let redacted = Self.record.redacted()
    let html = HTMLReport(redacted, language: .korean).rendered()
    #expect(html.contains("이름, 주민등록번호, 전화번호, 주소, 생년월일, 등록번호를 가렸습니다."))
    #expect(html.contains("Names, resident registration numbers"))
    #expect(redacted.outcome == Self.record.outcome)
    #expect(redacted.groups.map(\.aggregates) == Self.record.groups.map(\.aggregates))
    #expect(redacted.groups.map(\.verdict) == Self.record.groups.map(\.verdict))
    // What a clinician needs is still there.
    #expect(html.contains("2<mark>.</mark>5mg") && html.contains("가나로정 5mg"))
    let data = try ResultsFile.encode(redacted)
    #expect(try ResultsFile.decode(data) == redacted)
  }
}
