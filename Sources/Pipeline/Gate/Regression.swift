import DocProfiles
import Scoring

/// Whether one figure of a candidate is no worse than its baseline's by more than a margin.
public struct RegressionCheck: Codable, Sendable, Equatable {
  public var metric: Margin.Metric
  /// Of `fields`: which one.
  public var field: String?
  public var margin: Double
  /// nil where it could not be measured, which fails.
  public var baseline: Double?
  public var candidate: Double?
  /// By how much the candidate is worse: bounds in the margin's unit.
  public var evidence: Evidence?
  public var outcome: Outcome

  /// `cer`, `field:dose`
  public var name: String { field.map { "field:\($0)" } ?? metric.rawValue }

  /// Whether what was seen decides, and not the bounds: `critical=0`.
  public var isOfWhatWasSeen: Bool { metric == .critical && margin == 0 }

  /// Positive where the candidate is worse.
  public var worsening: Double? {
    guard let baseline, let candidate else { return nil }
    return metric == .fields ? baseline - candidate : candidate - baseline
  }
}

/// A (type, DPI) of two runs, compared.
public struct RegressionGroup: Codable, Sendable, Equatable {
  public var type: DocumentType
  public var dpi: Int
  public var checks: [RegressionCheck]
  public var outcome: Outcome { Outcome(all: checks.map(\.outcome)) }
}

/// Non-inferiority, one-sided and paired by document: PASS where the bound on how much worse the
/// candidate is lies inside the margin.
struct Regression {
  var baseline: DocumentSample
  var candidate: DocumentSample
  var confidence: Double

  func checks(_ margin: Margin, fields: [CriticalField]) -> [RegressionCheck] {
    switch margin.metric {
    case .cer:
      // A document seen to be worse than the profile says shows that there are such.
      [
        check(
          margin, baseline.cer, candidate.cer,
          atMost: (baseline.cer + candidate.cer).filter { $0.size > 0 }.map { $0.errors / $0.size }
            .reduce(candidate.worstCER, max))
      ]
    case .latency:
      [
        check(
          margin, Self.single(baseline.latencies), Self.single(candidate.latencies),
          atMost: candidate.longest)
      ]
    case .hallucination:
      [hallucinations(margin)]
    case .critical: [critical(margin)]
    case .fields:
      fields.map { field in
        var check = check(
          margin, baseline.field(field.key), candidate.field(field.key), atMost: 1)
        check.field = field.key
        check.baseline = check.baseline.map { 1 - $0 }
        check.candidate = check.candidate.map { 1 - $0 }
        return check
      }
    }
  }

  private static func single(_ values: [Double]) -> [ErrorShare] {
    values.map { ErrorShare(errors: $0, size: 1) }
  }

  /// - Parameter most: how much worse, or better, a document can become.
  private func check(
    _ margin: Margin, _ before: [ErrorShare], _ after: [ErrorShare], atMost most: Double
  ) -> RegressionCheck {
    var check = RegressionCheck(
      metric: margin.metric, margin: margin.value, baseline: before.rate, candidate: after.rate,
      outcome: .fail)
    guard
      let bounds = DocumentBootstrap.difference(
        from: before, to: after, atMost: most, confidence: confidence)
    else { return check }
    check.outcome = Outcome(bounds, atMost: margin.value)
    let counted = after.count { $0.size > 0 }
    check.evidence = Evidence(
      confidence: confidence, bounds: bounds, documents: counted,
      size: after.reduce(0) { $0 + $1.size }, effectiveSize: Double(counted))
    if check.outcome == .inconclusive {
      let pairs = zip(before, after).map {
        ErrorShare(errors: $1.errors - $0.errors, size: $1.size)
      }
      check.evidence?.furtherDocuments = FurtherDocuments.mean(
        of: pairs, within: -most...most, limit: margin.value, confidence: confidence)
    }
    return check
  }

  /// A reading with more values is not the worse for it: the share is taken of the baseline's and the
  /// candidate's own, a document each.
  private func hallucinations(_ margin: Margin) -> RegressionCheck {
    func shares(_ sample: DocumentSample) -> [ErrorShare] {
      sample.hallucinations.map {
        ErrorShare(errors: $0.size > 0 ? $0.errors / $0.size : 0, size: 1)
      }
    }
    return check(margin, shares(baseline), shares(candidate), atMost: 1)
  }

  /// A margin of none is a rule about what was seen, since no bound on a difference is ever 0: the
  /// candidate has no more documents with a critical error than its baseline. The bounds say how
  /// little that proves.
  private func critical(_ margin: Margin) -> RegressionCheck {
    guard let before = baseline.critical, let after = candidate.critical else {
      return RegressionCheck(metric: .critical, margin: margin.value, outcome: .fail)
    }
    var result = check(margin, before, after, atMost: 1)
    if result.isOfWhatWasSeen {
      let worse = after.count { $0.errors > 0 } > before.count { $0.errors > 0 }
      result.outcome = worse ? .fail : .pass
      result.evidence?.furtherDocuments = nil
    }
    return result
  }
}
