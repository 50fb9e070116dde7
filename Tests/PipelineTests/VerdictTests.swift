import DocProfiles
import OCRInference
import Pipeline
import Scoring
import Testing

@Suite struct VerdictTests {
  let prescription = ProfileSnapshot(.prescription)

  @Test func passesExactlyAtTheLimit() throws {
    let verdict = judge(cer: 0.01, fieldsRight: 100, of: 100, latency: 3000, documents: 50)
    #expect(verdict.passed)
    #expect(verdict.warnings.isEmpty)
    #expect(verdict.checks.first?.margin == 0)
    #expect(verdict.checks.last?.margin == 0)
  }

  @Test func failsJustBeyondTheCERLimit() {
    let verdict = judge(cer: 0.010_001, fieldsRight: 100, of: 100, latency: 100, documents: 50)
    #expect(!verdict.passed)
    #expect(verdict.checks.filter { !$0.passed }.map(\.subject) == [.cer])
  }

  @Test func failsJustBeyondTheLatencyLimit() {
    let verdict = judge(cer: 0, fieldsRight: 100, of: 100, latency: 3000.5, documents: 50)
    #expect(verdict.checks.filter { !$0.passed }.map(\.subject) == [.latency])
  }

  @Test func fieldAtNinetyPassesWithAWarning() {
    let verdict = judge(cer: 0, fieldsRight: 90, of: 100, latency: 100, documents: 50)
    #expect(verdict.passed)
    #expect(verdict.checks[1].fieldStatus == .warn)
    #expect(verdict.warnings == prescription.criticalFields.map { .fieldNearLimit($0.key) })
  }

  @Test func fieldBelowNinetyFails() {
    let verdict = judge(cer: 0, fieldsRight: 89, of: 100, latency: 100, documents: 50)
    #expect(!verdict.passed)
    #expect(verdict.checks[1].fieldStatus == .fail)
  }

  @Test func whatWasNotMeasuredFails() {
    let verdict = judge(cer: nil, fieldsRight: 0, of: 0, latency: 100, documents: 50)
    #expect(!verdict.checks[0].passed)
    #expect(verdict.checks[1].figure == nil && !verdict.checks[1].passed)
  }

  @Test func onePageNotReadFailsWhateverTheMeansSay() {
    let verdict = judge(
      cer: 0, fieldsRight: 100, of: 100, latency: 100, documents: 1000, failed: 1)
    #expect(verdict.checks.filter { !$0.passed }.map(\.subject) == [.pagesRead])
    #expect(verdict.checks.last?.figure == 0.999)
    #expect(verdict.warnings == [.failedPages(1)])
  }

  @Test func fewDocumentsAreADoubtNotAFailure() {
    let verdict = judge(cer: 0, fieldsRight: 49, of: 49, latency: 100, documents: 49)
    #expect(verdict.passed)
    #expect(verdict.warnings == [.fewDocuments(49)])
  }

  private func judge(
    cer: Double?, fieldsRight: Int, of fields: Int, latency: Double, documents: Int,
    failed: Int = 0
  ) -> Verdict {
    let outcomes = (0..<fields).map { index in
      FieldOutcome(
        name: "", kind: .quantity, expected: "1", predicted: "1",
        judgement: index < fieldsRight ? .correct : .incorrect,
        credit: index < fieldsRight ? 1 : 0)
    }
    let aggregates = GroupAggregates(
      documentCount: documents, pageCount: documents,
      outcomes: ["read": documents - failed, "crashed": failed],
      upsampledPages: 0,
      cer: cer.map { RateAggregate(micro: 1, macro: $0, worst: 1, count: documents) },
      boundedCER: nil, wer: nil, clinicalWER: nil, blankPages: 0, blankPagesPassed: 0,
      fields: prescription.criticalFields.map { FieldTally(name: $0.key, outcomes: outcomes) },
      latency: LatencySummary([latency]), pageLatency: nil, ttft: nil, tpot: nil,
      documentsPerMinute: nil, meanImageTokens: 0, peakMemoryBytes: 0, peakChildMemoryBytes: 0)
    return Verdict(of: aggregates, by: prescription)
  }
}
