import Foundation
import Pipeline
import Reporting
import SchemaChecking
import Scoring
import Testing

/// `docs/results.schema.json` is what others write readers by; it must describe what we write.
@Suite struct ResultsSchemaTests {
  @Test func theSampleFollowsTheSchema() throws {
    let results = try JSONSerialization.jsonObject(with: ResultsFile.encode(SampleRun.record))
    #expect(try schema().violations(of: results) == [])
  }

  @Test func aVerdictByBoundsFollowsTheSchemaAndSurvivesTheFile() throws {
    let record = SampleRun.judgedByBounds
    let data = try ResultsFile.encode(record)
    #expect(try schema().violations(of: JSONSerialization.jsonObject(with: data)) == [])
    #expect(try ResultsFile.decode(data) == record)
    #expect(record.groups[2].verdict.outcome == .inconclusive)
  }

  @Test func aRunsProvenanceFollowsTheSchemaAndSurvivesTheFile() throws {
    var record = SampleRun.record
    record.provenance = RunProvenance(
      scorer: PageScorer(), profiles: record.configuration.profiles)
    record.groups[0].documents[0].pages[0].imageHash = String(repeating: "3fa9", count: 16)
    let data = try ResultsFile.encode(record)
    #expect(try schema().violations(of: JSONSerialization.jsonObject(with: data)) == [])
    #expect(try ResultsFile.decode(data) == record)
  }

  /// Results from before there were three outcomes.
  @Test func resultsWithoutOutcomesAreRead() throws {
    let text = String(decoding: try ResultsFile.encode(SampleRun.record), as: UTF8.self)
    let old = text.split(separator: "\n").filter { !$0.contains("\"outcome\" : \"") }
    #expect(old.count < text.split(separator: "\n").count)
    let read = try ResultsFile.decode(Data(old.joined(separator: "\n").utf8))
    #expect(read == SampleRun.record)
  }

  @Test func theSchemaNoticesWhatDoesNotFit() throws {
    var record = SampleRun.record
    record.schemaVersion = 2
    record.groups[0].dpi = 0
    var results =
      try JSONSerialization.jsonObject(with: ResultsFile.encode(record)) as! [String: Any]
    results["surprise"] = 1
    results["engine"] = nil
    #expect(
      try schema().violations(of: results) == [
        "engine is missing", "groups[0].dpi < 1", "schema_version is not 1", "surprise is unknown",
      ])
  }

  private func schema() throws -> Schema {
    try Schema(document: "results.schema.json")
  }
}
