import Datasets
import DocProfiles
import Foundation
import OCRInference
import Pipeline
import Scoring
import Testing

@Suite struct VerificationTests {
  private let readings: [String: ScriptedEngine.Reading] = [
    "doc-1/1": .text("가나다정 1mg"), "doc-2/1": .text("라마바정 20mg"),
    "doc-3/1": .failure(.crashed(signal: 11, diagnostics: "")),
  ]

  @Test func aRunIsWhatItsTranscriptsGive() async throws {
    try await withRun { record, dataset in
      let verification = try Verification(
        of: record, dataset: dataset, scorers: [PageScorer()])
      #expect(verification.record == record && verification.missing == [])
      #expect(record.groups[0].documents[1].pages[0].score.harms?.first?.severity == .critical)
    }
  }

  /// Whatever figure is altered, what comes out is the untouched record.
  @Test func anAlteredFigureIsComputedAnew() async throws {
    try await withRun { record, dataset in
      let changes: [(inout RunRecord) -> Void] = [
        { $0.groups[0].documents[1].pages[0].score.characters.hits += 1 },
        { $0.groups[0].documents[1].pages[0].score.harms = [] },
        { $0.groups[0].documents[0].pages[0].width = 7 },
        { $0.groups[0].documents[0].pages[0].imageHash = "0" },
        { $0.groups[0].documents[0].pages[0].reference = "other" },
        { $0.groups[0].aggregates.cer = nil },
        { $0.groups[0].verdict.checks[0].passed = true },
        { $0.groups[0].verdict.warnings = [] },
        { $0.provenance!.profilesHash = "0" },
        { $0.groups.append($0.groups[0]) },
        { $0.groups[0].documents.append($0.groups[0].documents[0]) },
      ]
      for change in changes {
        var altered = record
        change(&altered)
        #expect(altered != record)
        let verification = try Verification(
          of: altered, dataset: dataset, scorers: [PageScorer()])
        #expect(verification.record == record)
      }
    }
  }

  @Test func aDroppedDocumentIsMissed() async throws {
    try await withRun { record, dataset in
      var altered = record
      altered.groups[0].documents.remove(at: 2)
      let verification = try Verification(
        of: altered, dataset: dataset, scorers: [PageScorer()])
      #expect(verification.missing == ["doc-3 of prescription at 300 DPI"])
      #expect(verification.record.groups[0].aggregates.documentCount == 2)
    }
  }

  @Test func aRunOfAnotherScorerOrDatasetIsRefused() async throws {
    try await withRun { record, dataset in
      func refusal(
        _ scorers: [PageScorer] = [PageScorer()], _ change: (inout RunRecord) -> Void
      ) -> VerificationError? {
        var altered = record
        change(&altered)
        do {
          _ = try Verification(of: altered, dataset: dataset, scorers: scorers)
          return nil
        } catch { return error as? VerificationError }
      }
      #expect(refusal { $0.provenance = nil } == .noProvenance)
      #expect(refusal { $0.configuration.redacted = true } == .redacted)
      #expect(refusal { $0.provenance!.scorerVersion = "0" } == .otherScorer("0"))
      #expect(refusal { $0.provenance!.severityRulesHash = "0" } == .otherSeverityRules)
      #expect(
        refusal([PageScorer(harms: HarmScorer(lexicon: Lexicon(drugs: ["가나다정"])))]) { _ in }
          == .otherLexicon)
      #expect(
        refusal { $0.configuration.datasetHash = "0" }
          == .otherDataset(was: "0", now: dataset.contentHash))
    }
  }

  private func withRun(_ body: (RunRecord, Dataset) throws -> Void) async throws {
    let tiny = try TinyDataset([["가나다정 1mg"], ["라마바정 2mg"], ["사아자정 3mg"]])
    let directory = try TinyDataset.temporaryDirectory()
    defer {
      try? FileManager.default.removeItem(atPath: tiny.directory)
      try? FileManager.default.removeItem(atPath: directory)
    }
    let dataset = try Dataset(directory: URL(filePath: tiny.directory))
    var configuration = tiny.configuration(dataset: dataset)
    configuration.confidence = 0.9
    var run = try Run(
      startingIn: directory, configuration: configuration, dataset: dataset,
      engine: ScriptedEngine(readings: readings))
    try body(try await run.complete(), dataset)
  }
}
