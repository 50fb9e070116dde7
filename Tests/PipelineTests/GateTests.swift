import DocProfiles
import Pipeline
import Scoring
import Testing

@Suite struct GateTests {
  typealias Sample = SampleDocuments

  private func record(
    _ count: Int = 60, _ limits: AddedLimits = .none, _ document: (Int) -> DocumentRecord
  ) -> RunRecord {
    Sample.record((0..<count).map(document), limits: limits)
  }

  private func regression(
    _ margin: String, _ baseline: RunRecord, _ candidate: RunRecord
  ) throws -> RegressionCheck {
    let gate = try Gate(
      baseline: baseline, candidate: candidate, margins: [try Margin(parsing: margin)])
    return try #require(gate.regressions.first?.checks.first)
  }

  /// 299 equal documents show a difference of at most one in a hundred, where a document can differ
  /// by one at most.
  @Test func theSameReadingIsNoWorse() throws {
    let run = record(310, AddedLimits(worstDocumentCER: 0.1)) { Sample.document($0, cer: $0 % 13) }
    let gate = try Gate(
      baseline: run, candidate: run,
      margins: try Margin.list([
        "cer=0.001", "critical=0", "fields=0.01", "hallucination=0.01", "latency=100",
      ]))
    #expect(gate.outcome == .pass && gate.confidence == 0.95)
    #expect(
      gate.regressions[0].checks.map(\.name) == [
        "cer", "critical", "field:dose", "hallucination", "latency",
      ])
  }

  /// Three equal documents prove next to nothing, and say so.
  @Test(arguments: [
    ("cer=0.002", 1), ("fields=0.01", 1), ("hallucination=0.01", 1), ("critical=0.01", 1),
    ("latency=200", 10_000),
  ])
  func equalReadingsOfFewDocumentsAreNoProof(margin: String, worst: Double) throws {
    let run = record(3) { Sample.document($0) }
    let check = try regression(margin, run, run)
    #expect(check.outcome == .inconclusive)
    let evidence = try #require(check.evidence)
    // One of four documents, unseen, has a weight of at most 1 − 0.05^(1/3).
    #expect(abs(try #require(evidence.upper) - 0.63 * worst) < 0.03 * worst)
    #expect(evidence.lower == evidence.upper.map { -$0 })
    let further = try #require(evidence.furtherDocuments)
    // The bound is drawn, and at the exact number it lies on either side.
    let more = record((3 + further) * 11 / 10) { Sample.document($0) }
    #expect(try regression(margin, more, more).outcome == .pass)
  }

  /// A profile that says that no document is read worse than at 0.001 is wrong where one is.
  @Test func aDocumentSeenToBeWorseWidensTheMargin() throws {
    let limits = AddedLimits(worstDocumentCER: 0.001)
    let run = record(60, limits) { Sample.document($0, cer: $0 == 5 ? 800 : 0) }
    #expect(try regression("cer=0.002", run, run).outcome == .inconclusive)
    let right = record(60, limits) { Sample.document($0) }
    #expect(try regression("cer=0.002", right, right).outcome == .pass)
  }

  /// A margin of none passes by what was seen, and its bounds say what that is worth.
  @Test func aMarginOfNoneHasHonestBounds() throws {
    let run = record(3) { Sample.document($0) }
    let check = try regression("critical=0", run, run)
    #expect(check.outcome == .pass && check.isOfWhatWasSeen)
    #expect(try #require(check.evidence?.upper) > 0.6)
    #expect(check.evidence?.furtherDocuments == nil)
  }

  /// Every second document two characters in a thousand worse: 0.001 in the mean.
  @Test(arguments: [
    ("cer=0.002", Outcome.pass), ("cer=0.001", .inconclusive), ("cer=0.0001", .fail),
  ])
  func worseByATenthOfAPercent(margin: String, outcome: Outcome) throws {
    let worst = AddedLimits(worstDocumentCER: 0.1)
    let before = record(600, worst) { Sample.document($0, cer: $0 % 13) }
    let after = record(600, worst) { Sample.document($0, cer: $0 % 13 + ($0 % 2) * 2) }
    let check = try regression(margin, before, after)
    #expect(check.outcome == outcome)
    #expect(abs(try #require(check.worsening) - 0.001) < 1e-12)
  }

  @Test func oneMoreCriticalErrorIsWorseByAMarginOfNone() throws {
    let before = record { Sample.document($0, harms: $0 == 3 ? [.critical] : []) }
    let other = record { Sample.document($0, harms: $0 == 9 ? [.critical] : []) }
    let more = record { Sample.document($0, harms: $0 == 3 || $0 == 9 ? [.critical] : []) }
    #expect(try regression("critical=0", before, other).outcome == .pass)
    #expect(try regression("critical=0", before, more).outcome == .fail)
    // Sixty documents do not show a difference of at most one in a hundred.
    #expect(try regression("critical=0.01", before, before).outcome == .inconclusive)
  }

  @Test func harmThatNobodyLookedForFails() throws {
    let before = record { Sample.document($0, harms: nil) }
    let check = try regression("critical=0", before, before)
    #expect(check.outcome == .fail && check.evidence == nil)
  }

  /// The candidate is no worse, and its SLA fails all the same: both verdicts are said.
  @Test func anSLAIsJudgedBesideTheMargin() throws {
    let bad = record(1600) { Sample.document($0, cer: 50) }
    let gate = try Gate(baseline: bad, candidate: bad, margins: [Margin(.cer, 0.002)])
    #expect(gate.slaOutcome == .fail && gate.regressionOutcome == .pass && gate.outcome == .fail)
    let doubted = try Gate(
      baseline: record { Sample.document($0) }, candidate: record { Sample.document($0) },
      margins: [], confidence: 0.95)
    #expect(doubted.slaOutcome == .inconclusive && doubted.outcome == .inconclusive)
  }

  @Test func runsThatAreNoPairAreRefusedByName() throws {
    let run = record { Sample.document($0) }
    func refusal(_ change: (inout RunRecord) -> Void) -> String {
      var other = run
      change(&other)
      do {
        _ = try Gate(baseline: run, candidate: other, margins: [])
        return "accepted"
      } catch {
        return error.description
      }
    }
    let no = "baseline and candidate are no pair: they differ in "
    let mend = "; run both alike"
    #expect(
      refusal { $0.configuration.degradation = "fax" } == no + "the degradation (scan and fax)"
        + mend)
    #expect(
      refusal { $0.provenance!.scorerVersion = "0" }
        == no + "the scorer's version (\(PageScorer.version) and 0)" + mend)
    #expect(
      refusal { $0.provenance = nil }.hasPrefix(
        no + "the scorer's version (\(PageScorer.version) and of medbench 0.1.0)"))
    #expect(
      refusal { $0.provenance!.lexiconHash = "other" }.hasPrefix(no + "the lexicon (")
    )
    #expect(
      refusal { $0.provenance!.severityRulesHash = "other" }.hasPrefix(no + "the severity rules ("))
    #expect(
      refusal { $0.configuration.profiles[0].criticalFields = [] }
        == no + "the critical fields (prescription: dose and prescription: )" + mend)
    // Another medbench that scores alike is no other scorer.
    #expect(refusal { $0.medbenchVersion = "0.2.0" } == "accepted")
    #expect(
      refusal {
        $0.configuration.dpis = [150]
        $0.groups[0].dpi = 150
      }.hasPrefix(no + "the DPI (300 and 150)"))
    #expect(
      refusal { $0.groups[0].documents.removeLast() }
        == no + "the pages of prescription at 300 DPI (60 and 59)" + mend)
    #expect(refusal { $0.engine.model = "other" } == "accepted")
  }

  @Test(arguments: [
    (
      "0.002",
      "--margin 0.002: names no metric; write cer=0.002, with one of cer, critical, fields, "
        + "hallucination, latency"
    ),
    (
      "=1",
      "--margin =1: names no metric; write cer=0.002, with one of cer, critical, fields, "
        + "hallucination, latency"
    ),
    ("critcal=0", "--margin critcal=0: \"critcal\" is no metric; did you mean \"critical\"?"),
    (
      "cer=-1",
      "--margin cer=-1: the margin is no number of 0 or more; write it plainly, as cer=0.002"
    ),
    (
      "cer=nan",
      "--margin cer=nan: the margin is no number of 0 or more; write it plainly, as cer=0.002"
    ),
  ])
  func aMarginThatSaysNothing(text: String, message: String) {
    do {
      _ = try Margin.list([text])
      Issue.record("accepted")
    } catch {
      #expect(error.description == message)
    }
  }
}
