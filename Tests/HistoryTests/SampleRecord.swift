import DocProfiles
import Foundation
import GRDB
import History
import OCRInference
import Pipeline
import Scoring

/// A fictional run of one page.
enum SampleRecord {
  static func run(
    _ name: String, hash: String = "1", cer: Double = 0.25, in folder: String = "/elsewhere"
  ) -> RecordedRun {
    RecordedRun(record(cer: cer), directory: folder + "/" + name, resultsHash: hash)
  }

  static func record(cer: Double) -> RunRecord {
    var profile = DocumentProfile.prescription
    profile.criticalFields = [CriticalField("dose", "용량", .quantity)]
    let snapshot = ProfileSnapshot(profile)
    let errors = Int(cer * 1000)
    let counts = EditCounts(hits: 1000 - errors, substitutions: errors)
    let page = PageRecord(
      id: "rx-1/1", image: "p.png", width: 1, height: 1, upsampled: false, imageTokens: 1,
      preparation: 0,
      transcript: Transcript(
        text: "서채원 암로디핀정 50 mg", outcome: PageOutcome(status: .read),
        timing: PageTiming(ttft: 1, endToEnd: 2, chunks: 1)),
      reference: "서채원 암로디핀정 5 mg",
      score: PageScore(
        characters: counts, words: counts, clinicalWords: counts,
        fields: [
          FieldOutcome(
            name: "dose", kind: .quantity, row: 1, expected: "5 mg", predicted: "50 mg",
            judgement: .incorrect, credit: 0)
        ]))
    let documents = [DocumentRecord(id: "rx-1", pages: [page])]
    let aggregates = GroupAggregates(
      of: documents, criticalFields: snapshot.criticalFields, timeout: 10)
    return RunRecord(
      medbenchVersion: "0.1.0", startedAt: "2026-03-14T01:59:26Z",
      finishedAt: "2026-03-14T02:08:41Z",
      configuration: RunConfiguration(
        documentTypes: [.prescription], dpis: [300], dataset: "d", datasetHash: "3fa9",
        limit: nil, degradation: "scan", seed: 0, warmup: 0, timeout: 10, sourceDPI: nil,
        engine: EngineRequest(name: "command"), profiles: [snapshot]),
      engine: EngineIdentity(engine: "command", model: "m", version: "1", streamsTokens: false),
      environment: RunEnvironment(
        operatingSystem: "", architecture: "", processor: "", cores: 1, memoryBytes: 0),
      provenance: RunProvenance(scorer: PageScorer(), profiles: [snapshot]),
      groups: [
        GroupRecord(
          type: .prescription, dpi: 300, documents: documents, aggregates: aggregates,
          verdict: Verdict(of: aggregates, by: snapshot))
      ])
  }
}

/// A database as another program writes it.
enum Foreign {
  static func write(_ sql: String, to path: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}
