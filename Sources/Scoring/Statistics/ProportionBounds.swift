/// One-sided bounds on a rate of errors (Clopper & Pearson, Biometrika 26, 1934): each is wrong in
/// at most 1 − confidence of all samples, whatever the rate.
public enum ProportionBounds {
  /// The largest rate under which so few errors would still be seen in 1 − confidence of samples.
  ///
  /// `errors` and `trials` need not be whole (an effective sample size is none).
  public static func upper(errors: Double, trials: Double, confidence: Double) -> Double {
    guard trials > 0, errors < trials else { return 1 }
    return BetaDistribution.quantile(confidence, errors + 1, trials - errors)
  }

  /// The smallest rate under which so many errors would still be seen.
  public static func lower(errors: Double, trials: Double, confidence: Double) -> Double {
    guard trials > 0, errors > 0 else { return 0 }
    return BetaDistribution.quantile(
      1 - confidence, min(errors, trials), max(trials - errors, 0) + 1)
  }

  /// Both bounds on the share of documents with an error.
  public static func of(_ errors: Int, of trials: Int, confidence: Double) -> Bounds {
    let (errors, trials) = (Double(errors), Double(trials))
    return Bounds(
      lower: lower(errors: errors, trials: trials, confidence: confidence),
      upper: upper(errors: errors, trials: trials, confidence: confidence))
  }

  /// Bounds on the share of things that went wrong, several a document.
  ///
  /// The design effect shrinks the sample before the exact bounds are taken (Korn & Graubard,
  /// Survey Methodology 24, 1998), their correction for few documents included. No upper bound is
  /// smaller than that of as many documents without an error: one error must not make a sample look
  /// larger than none.
  public static func clustered(
    _ documents: [ErrorShare], confidence: Double
  ) -> (bounds: Bounds, effect: DesignEffect)? {
    guard let effect = DesignEffect(of: documents, confidence: confidence) else { return nil }
    let trials = effect.effectiveSize
    let errors = effect.rate * trials
    let floor = upper(errors: 0, trials: Double(effect.documents), confidence: confidence)
    return (
      Bounds(
        lower: lower(errors: errors, trials: trials, confidence: confidence),
        upper: max(floor, upper(errors: errors, trials: trials, confidence: confidence))), effect
    )
  }
}

/// What a figure may truly be: two one-sided bounds, each at the confidence; nil where the sample
/// gives none.
public struct Bounds: Codable, Sendable, Equatable {
  public var lower: Double?
  public var upper: Double?

  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }
}
