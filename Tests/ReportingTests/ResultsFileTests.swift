import Foundation
import OCRInference
import Pipeline
import Reporting
import Testing

@Suite struct ResultsFileTests {
  @Test func aRecordSurvivesTheFile() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/results.json"
    try ResultsFile.write(SampleRun.record, to: path)
    #expect(try ResultsFile.read(path) == SampleRun.record)
  }

  @Test func confidencesAreTwoDigitsACharacterOrAbsent() throws {
    var record = SampleRun.record
    record.groups = [record.groups[1]]
    record.groups[0].documents = Array(record.groups[0].documents.prefix(2))
    record.groups[0].documents[0].pages[0].transcript.text = "1정 3회"
    record.groups[0].documents[0].pages[0].transcript.confidences =
      Confidences(hundredths: [99, 97, 0, 43, 8])
    record.groups[0].documents[1].pages[0].transcript.confidences = nil
    let json = String(decoding: try ResultsFile.encode(record), as: UTF8.self)
    #expect(json.contains("\"confidences\" : \"9997004308\""))
    #expect(json.ranges(of: "confidences").count == 1)
    let broken = json.replacing("9997004308", with: "999700430")
    #expect(
      throws: ResultsError.corrupt(
        path: "results.json",
        place: "groups[0].documents[0].pages[0].transcript.confidences has an unknown value")
    ) {
      try ResultsFile.decode(Data(broken.utf8))
    }
  }

  @Test func theSameRecordIsTheSameBytes() throws {
    #expect(try ResultsFile.encode(SampleRun.record) == ResultsFile.encode(SampleRun.record))
  }

  @Test func onlyTheOwnerMayReadResults() throws {
    let directory = try TemporaryDirectory()
    let results = ResultsDirectory(directory.path + "/deep/run")
    try results.write(SampleRun.record, language: .english)
    let files = try FileManager.default.contentsOfDirectory(atPath: results.path).sorted()
    #expect(files == ["junit.xml", "pages.csv", "report.html", "results.json"])
    for name in files { #expect(try mode(results.path + "/" + name) == 0o600) }
    #expect(try mode(results.path) == 0o700)
  }

  @Test func aFileOfAnotherVersionIsCalledThatAndNotCorrupt() {
    let newer = Data(#"{"schema_version": 7, "groups": "as numbers now"}"#.utf8)
    #expect(throws: ResultsError.otherVersion(path: "results.json", found: 7)) {
      try ResultsFile.decode(newer)
    }
    #expect(
      ResultsError.otherVersion(path: "run/results.json", found: 7).description
        == "run/results.json: schema_version is 7, this medbench reads 1; "
        + "use the medbench that wrote it, or run again")
  }

  @Test(arguments: [
    ("", "not whole JSON"),
    ("{\"schema_version\": 1, \"groups\": [", "not whole JSON"),
    ("[]", " has the wrong type"),
    ("{}", "schema_version is missing"),
    ("{\"schema_version\": \"1\"}", "schema_version has the wrong type"),
  ])
  func aCorruptFileSaysWhere(json: String, place: String) {
    #expect(throws: ResultsError.corrupt(path: "results.json", place: place)) {
      try ResultsFile.decode(Data(json.utf8))
    }
  }

  @Test func aMissingKeyIsNamedByItsWholePath() throws {
    let whole = String(decoding: try ResultsFile.encode(SampleRun.record), as: UTF8.self)
    let broken = whole.replacing("\"warnings\" :", with: "\"omens\" :", maxReplacements: 1)
    #expect(
      throws: ResultsError.corrupt(
        path: "results.json", place: "groups[0].verdict.warnings is missing")
    ) {
      try ResultsFile.decode(Data(broken.utf8))
    }
  }

  @Test func anErrorNeverQuotesThePage() throws {
    let whole = String(decoding: try ResultsFile.encode(SampleRun.record), as: UTF8.self)
    let broken = whole.replacing("\"judgement\" : \"COR\"", with: "\"judgement\" : \"한가람\"")
    let error = #expect(throws: ResultsError.self) {
      try ResultsFile.decode(Data(broken.utf8))
    }
    #expect(
      error?.description == "results.json: "
        + "groups[0].documents[0].pages[0].score.fields[0].judgement has an unknown value; "
        + "restore the file or run again with medbench run")
  }

  @Test func aFigureThatIsNoNumberIsOurBug() {
    var record = SampleRun.record
    record.groups[0].aggregates.meanImageTokens = .nan
    #expect(
      throws: ResultsError.unencodable(
        path: "results.json", place: "groups[0].aggregates.mean_image_tokens")
    ) {
      try ResultsFile.encode(record)
    }
  }

  @Test func nothingIsLeftBehindWhereWritingFails() throws {
    let directory = try TemporaryDirectory()
    // A directory stands where the file should go: the rename fails after all was written.
    let path = directory.path + "/results.json"
    try FileManager.default.createDirectory(
      atPath: path + "/occupied", withIntermediateDirectories: true)
    #expect(throws: ResultsError.self) { try ResultsFile.write(SampleRun.record, to: path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["results.json"])
  }

  @Test func namesCarryEngineModelAndTime() {
    var engine = SampleRun.record.engine
    #expect(
      ResultsDirectory.name(for: engine, startedAt: "2026-03-14T01:59:26Z")
        == "tesseract_kor-eng_20260314_015926")
    engine.model = "../../etc/모델 v2"
    #expect(
      ResultsDirectory.name(for: engine, startedAt: "2026-03-14T01:59:26.123Z")
        == "tesseract_-..-..-etc----v2_20260314_015926")
  }

  @Test func warningsAreReadable() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let warnings: [Pipeline.Warning] = [
      .fewDocuments(12), .upsampledPages(3), .fieldNearLimit("dose"), .failedPages(2),
    ]
    let json = try encoder.encode(warnings)
    #expect(
      String(decoding: json, as: UTF8.self) == """
        [{"code":"few_documents","count":12},{"code":"upsampled_pages","count":3},\
        {"code":"field_near_limit","field":"dose"},{"code":"failed_pages","count":2}]
        """)
    #expect(try JSONDecoder().decode([Pipeline.Warning].self, from: json) == warnings)
  }

  @Test func whatJudgedNothingDoesNotPass() {
    var record = SampleRun.record
    record.groups = []
    #expect(!record.passed)
    #expect(!Verdict(checks: [], warnings: []).passed)
  }

  private func mode(_ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }
}

/// A directory that goes away with the test.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/reporting-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
