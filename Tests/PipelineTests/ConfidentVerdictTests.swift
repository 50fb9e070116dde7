import DocProfiles
import Pipeline
import Scoring
import Testing

/// What `--confidence 0.95` makes of figures that all lie inside, or all outside, their limits.
@Suite struct ConfidentVerdictTests {
  typealias Sample = SampleDocuments

  private func check(_ verdict: Verdict, _ subject: Check.Subject) throws -> Check {
    try #require(verdict.checks.first { $0.subject == subject })
  }

  private func documents(_ count: Int, wrong: Int = 0) -> [DocumentRecord] {
    (0..<count).map { Sample.document($0, wrongDoses: $0 < wrong ? 1 : 0, doses: 1) }
  }

  @Test func withoutAConfidenceTheFiguresDecideAsBefore() {
    let verdict = Sample.verdict(documents(20))
    #expect(verdict.outcome == .pass)
    #expect(verdict.checks.map(\.subject.name) == ["cer", "field:dose", "latency"])
    #expect(verdict.checks.allSatisfy { $0.evidence == nil })
  }

  /// 90 % at 95 %: 29 right documents show it, 28 do not; of 20, 5 wrong (25 %) are not too many to
  /// be chance, 8 are... and so on down the table.
  @Test(arguments: [
    (documents: 28, wrong: 0, outcome: Outcome.inconclusive),
    (29, 0, .pass), (20, 1, .inconclusive), (20, 4, .inconclusive), (20, 8, .fail),
    (200, 10, .pass), (200, 18, .inconclusive), (200, 40, .fail),
  ])
  func fieldAccuracy(documents count: Int, wrong: Int, outcome: Outcome) throws {
    let verdict = Sample.verdict(documents(count, wrong: wrong), confidence: 0.95)
    let dose = try check(verdict, .field("dose"))
    #expect(dose.outcome == outcome)
    let evidence = try #require(dose.evidence)
    #expect(evidence.documents == count && evidence.size == Double(count))
    #expect(try #require(evidence.lower) <= #require(dose.figure))
    #expect(try #require(evidence.upper) >= #require(dose.figure))
    #expect((evidence.furtherDocuments != nil) == (outcome == .inconclusive))
  }

  @Test func oneMoreDocumentSettlesTwentyEight() throws {
    let dose = try check(Sample.verdict(documents(28), confidence: 0.95), .field("dose"))
    #expect(dose.evidence?.furtherDocuments == 1)
  }

  /// A document misread from end to end, once in 299, would alone break a CER of 1 %.
  @Test func aCERNeedsDocumentsEvenWhereAllAreRight() throws {
    func cer(_ count: Int) throws -> Check {
      try check(Sample.verdict(documents(count), confidence: 0.95), .cer)
    }
    #expect(try cer(20).outcome == .inconclusive)
    #expect(try #require(cer(20).evidence?.furtherDocuments) == 279)
    #expect(try cer(330).outcome == .pass)
    let bad = (0..<20).map { Sample.document($0, cer: 30 + $0 % 7) }
    #expect(try check(Sample.verdict(bad, confidence: 0.95), .cer).outcome == .fail)
  }

  @Test func whoKnowsTheWorstDocumentNeedsFewer() throws {
    let limits = AddedLimits(worstDocumentCER: 0.1)
    let cer = try check(Sample.verdict(documents(40), limits, confidence: 0.95), .cer)
    #expect(cer.outcome == .pass)
  }

  @Test func percentilesByOrderStatistics() throws {
    let limits = AddedLimits(maximumP95Latency: 2000, maximumP99Latency: 2000)
    let some = Sample.verdict(documents(59), limits, confidence: 0.95)
    #expect(try check(some, .latencyP95).outcome == .pass)
    let p99 = try check(some, .latencyP99)
    #expect(p99.outcome == .inconclusive && p99.evidence?.upper == nil)
    #expect(p99.evidence?.furtherDocuments == 299 - 59)
  }

  @Test func noCriticalErrorIsAskedForWhereHarmWasLookedFor() throws {
    let clean = Sample.verdict(documents(30), confidence: 0.95)
    let none = try check(clean, .criticalErrors)
    #expect(none.outcome == .pass && none.limit == 0)
    // 30 documents without one still allow 95 in a thousand.
    #expect(try #require(none.evidence?.upper).rounded() == 95)
    let one = documents(29) + [Sample.document(30, harms: [.major, .critical, .critical])]
    let seen = try check(Sample.verdict(one, confidence: 0.95), .criticalErrors)
    #expect(seen.outcome == .fail)
    #expect(try #require(seen.figure) == 1000 / 30.0)
    #expect(
      !Sample.verdict([Sample.document(0, harms: nil)], confidence: 0.95).checks
        .contains { $0.subject == .criticalErrors })
  }

  @Test func oneInAThousandTakesThreeThousandDocuments() throws {
    let limits = AddedLimits(maximumCriticalErrors: 1)
    let few = try check(
      Sample.verdict(documents(995), limits, confidence: 0.95), .criticalErrors)
    #expect(few.outcome == .inconclusive && few.evidence?.furtherDocuments == 2000)
  }

  @Test func whatAProfileAddsIsJudgedByFiguresToo() throws {
    let limits = AddedLimits(
      maximumCriticalErrors: 0, maximumHallucinationRate: 0.05, maximumP95Latency: 900,
      maximumTTFT: 600, minimumDocumentsPerMinute: 61, maximumMemory: 99)
    let documents = (0..<10).map { Sample.document($0, invented: $0 == 0 ? 1 : 0) }
    let verdict = Sample.verdict(documents, limits)
    #expect(
      verdict.checks.dropFirst(3).map { "\($0.subject.name) \($0.outcome.rawValue)" } == [
        "critical-errors PASS", "hallucination-rate PASS", "latency-p95 FAIL", "ttft PASS",
        "documents-per-minute FAIL", "memory FAIL",
      ])
    #expect(try check(verdict, .hallucinationRate).figure == 1 / 21.0)
  }

  /// Harm that nobody looked for is not harm that is not there.
  @Test func anAddedLimitThatCannotBeMeasuredFails() throws {
    let verdict = Sample.verdict(
      [Sample.document(0, harms: nil)], AddedLimits(maximumCriticalErrors: 5), confidence: 0.95)
    let check = try check(verdict, .criticalErrors)
    #expect(check.outcome == .fail && check.figure == nil)
  }

  @Test func theProfilesConfidenceHoldsWhereTheRunHasNone() throws {
    let limits = AddedLimits(confidence: 0.9)
    let asked = try check(Sample.verdict(documents(20), limits), .cer)
    #expect(asked.evidence?.confidence == 0.9)
    let overruled = try check(Sample.verdict(documents(20), limits, confidence: 0.99), .cer)
    #expect(overruled.evidence?.confidence == 0.99)
  }

  @Test func theOrderOfDocumentsChangesNothing() {
    let documents = (0..<40).map {
      Sample.document($0, cer: $0 % 9, milliseconds: 900 + Double($0))
    }
    let limits = AddedLimits(maximumHallucinationRate: 0.1, maximumP95Latency: 1000)
    #expect(
      Sample.verdict(documents, limits, confidence: 0.95)
        == Sample.verdict(documents.reversed(), limits, confidence: 0.95))
  }
}
