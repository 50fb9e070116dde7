import DocProfiles
import OCRInference
import Pipeline
import Scoring

/// Fictional documents of one page: what they say to a verdict and nothing else.
enum SampleDocuments {
  static func document(
    _ number: Int, cer errors: Int = 0, of characters: Int = 1000, wrongDoses: Int = 0,
    doses: Int = 2, invented: Int = 0, milliseconds: Double = 1000, harms: [Severity]? = []
  ) -> DocumentRecord {
    var fields = (0..<doses).map { row in
      FieldOutcome(
        name: "dose", kind: .quantity, row: row + 1, expected: "5 mg",
        predicted: row < wrongDoses ? "50 mg" : "5 mg",
        judgement: row < wrongDoses ? .incorrect : .correct, credit: row < wrongDoses ? 0 : 1)
    }
    fields += (0..<invented).map { _ in
      FieldOutcome(
        name: "dose", kind: .quantity, expected: nil, predicted: "7 mg", judgement: .spurious,
        credit: 0)
    }
    let counts = EditCounts(hits: characters - errors, substitutions: errors)
    let findings = harms?.map { severity in
      HarmFinding(
        errorClass: .decimalShift, severity: severity, field: "dose", truth: "5 mg",
        reading: "50 mg", rule: "test")
    }
    let page = PageRecord(
      id: "doc-\(number)/1", image: "page.png", width: 10, height: 10, upsampled: false,
      imageTokens: 1, preparation: 0,
      transcript: Transcript(
        text: "", outcome: PageOutcome(status: .read),
        timing: PageTiming(ttft: milliseconds / 2, endToEnd: milliseconds, chunks: 1)),
      reference: "",
      score: PageScore(
        characters: counts, words: counts, clinicalWords: counts, fields: fields,
        harms: invented == 0
          ? findings
          : findings.map { $0 + Array(repeating: invention, count: invented) }))
    return DocumentRecord(id: "doc-\(number)", pages: [page], peakMemoryBytes: 100 << 20)
  }

  private static let invention = HarmFinding(
    errorClass: .hallucinated, severity: .major, field: "dose", truth: nil, reading: "7 mg",
    rule: "test")

  static func profile(_ limits: AddedLimits = .none) -> ProfileSnapshot {
    var profile = DocumentProfile.prescription
    profile.criticalFields = [CriticalField("dose", "용량", .quantity)]
    profile.addedLimits = limits
    return ProfileSnapshot(profile)
  }

  static func verdict(
    _ documents: [DocumentRecord], _ limits: AddedLimits = .none, confidence: Double? = nil
  ) -> Verdict {
    let profile = profile(limits)
    return Verdict(
      of: documents,
      aggregates: GroupAggregates(
        of: documents, criticalFields: profile.criticalFields, timeout: 10),
      by: profile, timeout: 10, confidence: confidence)
  }

  static func record(
    _ documents: [DocumentRecord], limits: AddedLimits = .none, confidence: Double? = nil
  ) -> RunRecord {
    let profile = profile(limits)
    let aggregates = GroupAggregates(
      of: documents, criticalFields: profile.criticalFields, timeout: 10)
    return RunRecord(
      medbenchVersion: "0.1.0", startedAt: "2026-03-14T01:59:26Z",
      finishedAt: "2026-03-14T02:08:41Z",
      configuration: RunConfiguration(
        documentTypes: [.prescription], dpis: [300], dataset: "datasets",
        datasetHash: "3fa9", limit: nil, degradation: "scan", seed: 0, warmup: 0, timeout: 10,
        sourceDPI: nil, confidence: confidence, engine: EngineRequest(name: "command"),
        profiles: [profile]),
      engine: EngineIdentity(engine: "command", model: "m", version: "1", streamsTokens: false),
      environment: RunEnvironment(
        operatingSystem: "", architecture: "", processor: "", cores: 1, memoryBytes: 0),
      provenance: RunProvenance(scorer: PageScorer(), profiles: [profile]),
      groups: [
        GroupRecord(
          type: .prescription, dpi: 300, documents: documents, aggregates: aggregates,
          verdict: Verdict(
            of: documents, aggregates: aggregates, by: profile, timeout: 10,
            confidence: confidence))
      ])
  }
}
