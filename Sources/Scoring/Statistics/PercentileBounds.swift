/// Bounds on a percentile by order statistics: no shape of the distribution is assumed
/// (David & Nagaraja, Order Statistics, 2003, §7.1).
public enum PercentileBounds {
  /// Bounds on the `percentile` (0.99) of what `values` were drawn from; the upper one is nil where
  /// even the largest value is too likely to lie below it.
  public static func bounds(
    of values: [Double], percentile: Double, confidence: Double
  ) -> Bounds {
    let sorted = values.sorted()
    let n = sorted.count
    // The r-th smallest is at or above the percentile when fewer than r values lie below it.
    let upper = firstRank(1...max(n, 1)) { rank in
      BinomialDistribution.cumulative(rank - 1, trials: n, probability: percentile) >= confidence
    }
    // The r-th smallest is at or below it when at least r values do.
    let beyond = firstRank(1...(n + 1)) { rank in
      BinomialDistribution.upperTail(rank, trials: n, probability: percentile) < confidence
    }
    return Bounds(
      lower: beyond.flatMap { $0 >= 2 && n > 0 ? sorted[$0 - 2] : nil },
      upper: upper.flatMap { n > 0 ? sorted[$0 - 1] : nil })
  }

  /// The first rank for which a condition holds that, once true, stays true.
  private static func firstRank(_ range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound + 1)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low > range.upperBound ? nil : low
  }

  /// Samples that show with `confidence` that the `percentile` lies within a limit which `over` of
  /// them exceed: MLPerf LoadGen's early stopping, the smallest h with
  /// BinomCDF(over; h + over, 1 − percentile) ≤ 1 − confidence, and `over` more. 459 for a P99 at
  /// 99 % with none over.
  public static func samplesNeeded(
    over: Int, percentile: Double, confidence: Double
  ) -> Int {
    SampleSize.trials(errors: over, limit: 1 - percentile, confidence: confidence)
  }
}
