/// How many independent trials a claim about a rate needs.
public enum SampleSize {
  /// No plan is made beyond this: nobody reads so many documents.
  public static let most = 1_000_000_000

  /// The fewest trials that show, with `errors` among them, a rate of at most `limit`.
  public static func trials(errors: Int, limit: Double, confidence: Double) -> Int {
    smallest(from: errors + 1) { n in
      // A rounding's width, so that a limit of exactly 1 − 0.99 counts as 0.01.
      BinomialDistribution.cumulative(errors, trials: n, probability: limit)
        <= (1 - confidence) * (1 + 1e-12)
    }
  }

  /// A sample that passes often enough.
  public struct Plan: Sendable, Equatable {
    public var trials: Int
    /// Most errors with which it still passes.
    public var allowed: Int
    /// How likely it passes at the expected rate.
    public var power: Double
  }

  /// The smallest sample that shows a rate of at most `limit` with a probability of `power` where
  /// the rate is truly `expected`; nil where it would be beyond reason (`expected` ≥ `limit` or
  /// close to it).
  public static func plan(
    limit: Double, expected: Double, confidence: Double, power: Double
  ) -> Plan? {
    guard expected < limit else { return nil }
    for allowed in 0...5_000 {
      let n = trials(errors: allowed, limit: limit, confidence: confidence)
      guard n < most else { return nil }
      let reached = BinomialDistribution.cumulative(allowed, trials: n, probability: expected)
      if reached >= power { return Plan(trials: n, allowed: allowed, power: reached) }
    }
    return nil
  }

  /// The smallest n from `start` for which a condition holds that, once true, stays true.
  static func smallest(from start: Int, _ holds: (Int) -> Bool) -> Int {
    var high = max(start, 1)
    var step = 1
    while !holds(high), high < most {
      high += step
      step *= 2
    }
    var low = max(start, high - step)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }
}
