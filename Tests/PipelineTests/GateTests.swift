import DocProfiles
import Pipeline
import Scoring
import Testing

@Suite struct GateTests {
  typealias Sample = SampleDocuments

  private func record(_ count: Int = 60, _ document: (Int) -> DocumentRecord) -> RunRecord {
    Sample.record((0..<count).map(document))
  }

  private func regression(
    _ margin: String, _ baseline: RunRecord, _ candidate: RunRecord
  ) throws -> RegressionCheck {
    let gate = try Gate(
      baseline: baseline, candidate: candidate, margins: [try Margin(parsing: margin)])
    return try #require(gate.regressions.first?.checks.first)
  }

  @Test func theSameReadingIsNoWorse() throws {
    let run = record { Sample.document($0, cer: $0 % 13) }
    let gate = try Gate(
      baseline: run, candidate: run,
      margins: try Margin.list(["cer=0", "critical=0", "fields=0", "hallucination=0", "latency=0"]))
    #expect(gate.outcome == .pass && gate.confidence == 0.95)
    #expect(
      gate.regressions[0].checks.map(\.name) == [
        "cer", "critical", "field:dose", "hallucination", "latency",
      ])
  }

  /// Every second document two characters in a thousand worse: 0.001 in the mean.
  @Test(arguments: [
    ("cer=0.002", Outcome.pass), ("cer=0.001", .inconclusive), ("cer=0.0001", .fail),
  ])
  func worseByATenthOfAPercent(margin: String, outcome: Outcome) throws {
    let before = record { Sample.document($0, cer: $0 % 13) }
    let after = record { Sample.document($0, cer: $0 % 13 + ($0 % 2) * 2) }
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
    let bad = record { Sample.document($0, cer: 50) }
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
      refusal { $0.medbenchVersion = "0.2.0" }
        == no + "the scorer's version (0.1.0 and 0.2.0)" + mend)
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
