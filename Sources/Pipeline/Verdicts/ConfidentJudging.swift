import Scoring

extension Check {
  /// The same check decided by bounds: PASS when the one is inside the limit, FAIL when the other is
  /// outside, else INCONCLUSIVE.
  ///
  /// What could not be measured still fails. A rule about what was seen (pages read, blank pages, no
  /// critical error, memory) stays one: no sample shows that a thing never happens, and one case shows
  /// that it does.
  func decided(by sample: DocumentSample, confidence: Double) -> Check {
    guard let figure else { return self }
    switch subject {
    case .cer:
      return decided(mean: sample.cer, worst: sample.worstCER, confidence)
    case .ttft:
      return decided(mean: sample.ttft, worst: sample.timeout * 1000, confidence)
    case .latency:
      return decided(mean: sample.latencies.map(Self.one), worst: sample.longest, confidence)
    case .throughput:
      return decided(throughput: sample, confidence)
    case .field(let name):
      return decided(share: sample.field(name), of: 1 - figure, isMirrored: true, confidence)
    case .hallucinationRate:
      return decided(share: sample.hallucinations, of: figure, confidence)
    case .criticalErrors:
      return sample.critical.map { decided(critical: $0, confidence) } ?? self
    case .latencyP95:
      return decided(percentile: 0.95, of: sample.latencies, confidence)
    case .latencyP99:
      return decided(percentile: 0.99, of: sample.latencies, confidence)
    case .blankPages, .pagesRead, .memory, .counterfactualFollow, .probeHallucination:
      // Probes are judged where their records are (`Check.probes`).
      return self
    }
  }

  private static func one(_ value: Double) -> ErrorShare { ErrorShare(errors: value, size: 1) }

  private func decided(
    mean shares: [ErrorShare], worst: Double, _ confidence: Double
  ) -> Check {
    guard
      let bounds = DocumentBootstrap.bounds(of: shares, within: 0...worst, confidence: confidence)
    else { return self }
    let documents = shares.count { $0.size > 0 }
    var check = self
    check.outcome = Outcome(bounds, atMost: limit)
    check.evidence = Evidence(
      confidence: confidence, bounds: bounds, documents: documents,
      size: shares.reduce(0) { $0 + $1.size }, effectiveSize: Double(documents),
      furtherDocuments: check.further {
        FurtherDocuments.mean(
          of: shares, within: 0...worst, limit: limit, confidence: confidence)
      })
    return check
  }

  /// Documents a minute are the mean latency's inverse, and so are their bounds.
  private func decided(throughput sample: DocumentSample, _ confidence: Double) -> Check {
    guard limit > 0, figure! > 0 else { return self }
    let slow = Check(
      subject: .latency, figure: 60_000 / figure!, limit: 60_000 / limit, passed: passed
    ).decided(by: sample, confidence: confidence)
    var check = self
    check.outcome = slow.outcome
    check.evidence = slow.evidence
    check.evidence?.lower = slow.evidence?.upper.map { 60_000 / $0 }
    check.evidence?.upper = slow.evidence?.lower.flatMap { $0 > 0 ? 60_000 / $0 : nil }
    return check
  }

  /// - Parameter isMirrored: the figure is what is right and not what is wrong.
  func decided(
    share shares: [ErrorShare], of rate: Double, isMirrored: Bool = false, _ confidence: Double
  ) -> Check {
    guard let (bounds, effect) = ProportionBounds.clustered(shares, confidence: confidence) else {
      return self
    }
    let most = isMirrored ? 1 - limit : limit
    var check = self
    check.outcome = Outcome(bounds, atMost: most)
    check.evidence = Evidence(
      confidence: confidence,
      bounds: isMirrored
        ? Bounds(lower: 1 - bounds.upper!, upper: 1 - bounds.lower!) : bounds,
      documents: effect.documents, size: effect.size, effectiveSize: effect.effectiveSize,
      furtherDocuments: check.further {
        FurtherDocuments.proportion(
          rate: rate, trials: effect.effectiveSize, documents: effect.documents, limit: most,
          confidence: confidence)
      })
    return check
  }

  private func decided(critical shares: [ErrorShare], _ confidence: Double) -> Check {
    let wrong = shares.count { $0.errors > 0 }
    let documents = shares.count
    let bounds = ProportionBounds.of(wrong, of: documents, confidence: confidence)
    var check = self
    // A limit of none is about what was seen; the bound says how little that proves.
    if limit > 0 { check.outcome = Outcome(bounds, atMost: limit / 1000) }
    check.evidence = Evidence(
      confidence: confidence,
      bounds: Bounds(lower: bounds.lower! * 1000, upper: bounds.upper! * 1000),
      documents: documents, size: Double(documents), effectiveSize: Double(documents),
      furtherDocuments: check.further {
        FurtherDocuments.proportion(
          rate: Double(wrong) / Double(documents), trials: Double(documents),
          documents: documents, limit: limit / 1000, confidence: confidence)
      })
    return check
  }

  private func decided(
    percentile: Double, of values: [Double], _ confidence: Double
  ) -> Check {
    let bounds = PercentileBounds.bounds(
      of: values, percentile: percentile, confidence: confidence)
    let over = Double(values.count { $0 > limit }) / Double(values.count)
    var check = self
    check.outcome = Outcome(bounds, atMost: limit)
    check.evidence = Evidence(
      confidence: confidence, bounds: bounds, documents: values.count, size: Double(values.count),
      effectiveSize: Double(values.count),
      furtherDocuments: check.further {
        FurtherDocuments.proportion(
          rate: over, trials: Double(values.count), documents: values.count,
          limit: 1 - percentile, confidence: confidence)
      })
    return check
  }

  /// Only an inconclusive check is to be settled.
  private func further(_ count: () -> Int?) -> Int? {
    outcome == .inconclusive ? count() : nil
  }
}
