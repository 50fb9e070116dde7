import Foundation

/// The beta distribution, from which every exact bound on a proportion comes.
///
/// Shapes are positive and need not be whole: an effective sample size is none.
public enum BetaDistribution {
  /// I_x(a, b), the regularised incomplete beta function: P(X ≤ x) for X ~ Beta(a, b).
  ///
  /// Continued fraction of Didonato & Morris (ACM TOMS 18, 1992, eq. 8) by Lentz's method; its
  /// factor in Loader's saddle-point form ("Fast and accurate computation of binomial
  /// probabilities", 2000), so that shapes of a hundred thousand keep their digits.
  public static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0)
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast on this side of the mean only.
    return x < (a + 1) / (a + b + 2)
      ? density(x, 1 - x, a, b) * fraction(x, a, b) / a
      : 1 - density(1 - x, x, b, a) * fraction(1 - x, b, a) / b
  }

  /// The x with I_x(a, b) = probability, by bisection in the logit: 200 halvings of a monotone
  /// function need no luck.
  public static func quantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
    if probability <= 0 { return 0 }
    if probability >= 1 { return 1 }
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      // Small quantiles are found by halving their exponent.
      let middle = low > 0 && high < 0.5 ? (low * high).squareRoot() : (low + high) / 2
      if middle <= low || middle >= high || high - low <= 1e-16 * high { break }
      if cumulative(middle, a, b) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// x^a y^b / B(a, b), with y = 1 − x.
  private static func density(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    let exponent =
      stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x)
      - deviance(b, n * y)
    // Γ(n+1)/(Γ(a+1)Γ(b+1)) x^a y^b, then from factorials to gammas.
    return exp(exponent) * (n / (2 * .pi * a * b)).squareRoot() * (a * b / n)
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func safe(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / safe(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...20_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / safe(1 + even * d)
      c = safe(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + odd * d)
      c = safe(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return result
  }

  /// ln Γ(n+1) − ln(√(2πn) (n/e)^n)
  private static func stirlingError(_ n: Double) -> Double {
    guard n > 15 else {
      return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * .pi)
    }
    let square = n * n
    return
      (1 / 12.0
      - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / square) / square)
        / square)
        / square)
      / n
  }

  /// x ln(x/m) + m − x, without cancellation where x is near m.
  private static func deviance(_ x: Double, _ m: Double) -> Double {
    guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = (x - m) / (x + m)
    var sum = (x - m) * v
    var term = 2 * x * v
    for j in 1...1000 {
      term *= v * v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}

/// The binomial distribution of `trials` draws.
public enum BinomialDistribution {
  /// P(X ≤ count) for X ~ Binomial(trials, probability).
  public static func cumulative(_ count: Int, trials: Int, probability: Double) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    return 1 - upperTail(count + 1, trials: trials, probability: probability)
  }

  /// P(X ≥ count).
  public static func upperTail(_ count: Int, trials: Int, probability: Double) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return BetaDistribution.cumulative(probability, Double(count), Double(trials - count + 1))
  }
}

/// Student's distribution, for how little a few documents say about their own spread.
public enum StudentDistribution {
  /// The quantile at `probability` > 0.5.
  public static func quantile(_ probability: Double, degrees: Double) -> Double {
    // P(T > t) = I_w(ν/2, ½) / 2 with w = ν / (ν + t²).
    let w = BetaDistribution.quantile(2 * (1 - probability), degrees / 2, 0.5)
    return (degrees * (1 - w) / w).squareRoot()
  }
}
