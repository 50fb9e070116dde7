import Scoring
import Testing

@Suite struct DocumentBoundsTests {
  let documents = (0..<60).map { index in
    ErrorShare(errors: Double(index * index % 17) / 1000, size: 1 + Double(index % 3))
  }

  @Test func theBootstrapIsItsSeedsAndNotTheOrders() {
    func bounds(_ documents: [ErrorShare], seed: UInt64) -> Bounds? {
      DocumentBootstrap.bounds(of: documents, within: 0...1, confidence: 0.95, seed: seed)
    }
    #expect(bounds(documents, seed: 7) == bounds(documents, seed: 7))
    #expect(bounds(documents, seed: 7) != bounds(documents, seed: 8))
    #expect(bounds(documents, seed: 7) == bounds(documents.reversed(), seed: 7))
    var shuffled = documents
    shuffled.swapAt(3, 40)
    shuffled.swapAt(0, 59)
    #expect(bounds(documents, seed: 7) == bounds(shuffled, seed: 7))
  }

  /// For documents that are right or wrong the bootstrap with a document unseen is Clopper's and
  /// Pearson's bound.
  @Test(arguments: [0, 1, 5]) func rightOrWrongItIsTheExactBound(wrong: Int) throws {
    let documents = (0..<50).map { ErrorShare(errors: $0 < wrong ? 1 : 0, size: 1) }
    let drawn = try #require(
      DocumentBootstrap.bounds(
        of: documents, within: 0...1, confidence: 0.95, seed: 3, draws: 20_000))
    let exact = ProportionBounds.of(wrong, of: 50, confidence: 0.95)
    #expect(abs(drawn.upper! - exact.upper!) < 0.003)
    #expect(abs(drawn.lower! - exact.lower!) < 0.003)
  }

  @Test func moreConfidenceWidensIt() throws {
    let uppers = try [0.8, 0.9, 0.95, 0.99].map { confidence in
      try #require(
        DocumentBootstrap.bounds(of: documents, within: 0...1, confidence: confidence)?.upper)
    }
    #expect(uppers == uppers.sorted() && Set(uppers).count == 4)
  }

  /// That is what was seen. A document that was not seen may differ, and its weight is that of a
  /// rate of which none was seen in as many.
  @Test func equalReadingsOfFewDocumentsMayDiffer() throws {
    for count in [3, 60] {
      let bounds = try #require(
        DocumentBootstrap.difference(
          from: Array(documents.prefix(count)), to: Array(documents.prefix(count)), atMost: 0.5,
          confidence: 0.95, draws: 20_000))
      let weight = ProportionBounds.upper(errors: 0, trials: Double(count), confidence: 0.95)
      #expect(abs(try #require(bounds.upper) - 0.5 * weight) < 0.02)
      #expect(bounds.lower == bounds.upper.map { -$0 })
    }
  }

  /// What is hard for both cancels: the paired bound is far narrower than either rate's own.
  @Test func pairingRemovesWhatIsHardForBoth() throws {
    let worse = documents.enumerated().map { index, share in
      ErrorShare(
        errors: share.errors + (index % 2 == 0 ? 0.0004 : 0) * share.size, size: share.size)
    }
    let paired = try #require(
      DocumentBootstrap.difference(
        from: documents, to: worse, atMost: 0.0005, confidence: 0.95))
    #expect(Outcome(paired, atMost: 0.0005) == .pass)
    #expect(Outcome(paired, atMost: 0.0001) == .fail)
    #expect(Outcome(paired, atMost: 0.0002) == .inconclusive)
  }

  @Test func fieldsOfOneDocumentCountForLess() throws {
    // Ten of a hundred fields wrong, ten fields a document: one in each, or all of one.
    let apart = (0..<10).map { _ in ErrorShare(errors: 1, size: 10) }
    let together = (0..<10).map { ErrorShare(errors: $0 == 0 ? 10 : 0, size: 10) }
    let one = try #require(DesignEffect(of: apart, confidence: 0.95))
    let other = try #require(DesignEffect(of: together, confidence: 0.95))
    #expect(one.effect == 1 && one.rate == 0.1)
    // n/(n−1) · Σ(x−pm)²/M² over p(1−p)/M = 10/9 · 90/10⁴ / (0.09/10²)
    #expect(abs(other.effect - 100 / 9.0) < 1e-9)
    let narrow = try #require(ProportionBounds.clustered(apart, confidence: 0.95)?.bounds.upper)
    let wide = try #require(ProportionBounds.clustered(together, confidence: 0.95)?.bounds.upper)
    #expect(narrow < wide)
  }

  @Test func withoutAnErrorADocumentCountsOnce() throws {
    let clean = (0..<28).map { _ in ErrorShare(errors: 0, size: 6) }
    func upper(_ documents: [ErrorShare]) throws -> Double {
      try #require(ProportionBounds.clustered(documents, confidence: 0.95)?.bounds.upper)
    }
    // 28 documents do not show 90 %, 29 do: 0.9^29 < 0.05.
    #expect(try upper(clean) > 0.10)
    #expect(try upper(clean + clean.prefix(1)) <= 0.10)
    // And one error never makes the sample look larger than none did.
    var one = clean
    one[4].errors = 1
    #expect(try upper(one) >= upper(clean))
    #expect(try upper(one) == upper(one.reversed()))
  }

  @Test func asManyMoreDocumentsDoSettleIt() throws {
    // 1 wrong field in 40, two a document, limit 10 %.
    let trials = 40.0
    let further = try #require(
      FurtherDocuments.proportion(
        rate: 0.025, trials: trials, documents: 20, limit: 0.10, confidence: 0.95))
    // At this rate, and never with fewer than would show it without an error.
    func upper(_ documents: Int) -> Double {
      let (count, fields) = (Double(documents), 2 * Double(documents))
      return max(
        ProportionBounds.upper(errors: 0.025 * fields, trials: fields, confidence: 0.95),
        ProportionBounds.upper(errors: 0, trials: count, confidence: 0.95))
    }
    #expect(upper(20 + further) <= 0.10 && upper(20 + further - 1) > 0.10)
    #expect(
      FurtherDocuments.proportion(
        rate: 0.1, trials: 40, documents: 20, limit: 0.10, confidence: 0.95) == nil)
    // 2,995 documents without a critical error show one in a thousand; 995 are there.
    #expect(
      FurtherDocuments.proportion(
        rate: 0, trials: 995, documents: 995, limit: 0.001, confidence: 0.95) == 2000)
  }

  @Test func allMustPass() {
    #expect(Outcome(all: [Outcome.pass, .pass]) == .pass)
    #expect(Outcome(all: [Outcome.pass, .inconclusive]) == .inconclusive)
    #expect(Outcome(all: [Outcome.fail, .inconclusive]) == .fail)
    #expect(Outcome(all: [Outcome]()) == .fail)
  }
}

@Suite struct CalibrationTests {
  /// A few hundred samples a case: enough to catch a bound at the wrong tail or of the wrong unit.
  /// docs/verdicts.md has the table of many more.
  @Test(arguments: Calibration.Case.all.filter { $0.documents <= 300 })
  func noRulePassesMoreThanItsShare(simulated: Calibration.Case) {
    let row = Calibration(confidence: 0.95, samples: 200, draws: 100, seed: 11).row(of: simulated)
    #expect(row.holds, "\(row)")
  }

  @Test func theSameSeedGivesTheSameTable() {
    let simulated = Calibration.Case.all[0]
    let calibration = Calibration(samples: 40, draws: 20, seed: 5)
    #expect(calibration.row(of: simulated) == calibration.row(of: simulated))
  }
}
