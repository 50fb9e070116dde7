/// How a measure runs with time: ordinary least squares, and a 95 % confidence interval of the slope by Student's t.
///
/// Neighbouring values of a machine are alike, which would make the interval too narrow; so a long run is cut into stretches,
/// and their means are fitted (batch means). And a drift must be worth the word.
public struct Drift: Codable, Sendable, Equatable {
  public var count: Int
  public var mean: Double
  /// Units an hour.
  public var slope: Double
  public var low: Double
  public var high: Double
  /// From the first value to the last, as a share of the mean.
  public var change: Double
  /// Surely (95 %) more than `notable` of the mean over the whole run, one way or the other.
  public var isDrifting: Bool

  enum CodingKeys: String, CodingKey {
    case count, mean
    case slope = "slope_per_hour"
    case low = "slope_low"
    case high = "slope_high"
    case change = "relative_change"
    case isDrifting = "drifting"
  }

  /// Fewer values decide nothing.
  public static let fewest = 10
  /// A smaller change than this share of the mean is no drift, however sure.
  public static let notable = 0.02

  /// - Parameters:
  ///   - times: seconds.
  ///   - values: one a time.
  /// - Returns: nil for fewer than `fewest` values, or all of one moment.
  public init?(times: [Double], values: [Double]) {
    precondition(times.count == values.count)
    guard times.count >= Self.fewest, let first = times.min(), let last = times.max(), last > first
    else { return nil }
    count = times.count
    let (times, values) = (Self.stretches(times), Self.stretches(values))
    let n = times.count
    guard let center = times.mean, let mean = values.mean else { return nil }
    let spread = times.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    let slope = zip(times, values).reduce(0) { $0 + ($1.0 - center) * ($1.1 - mean) } / spread
    let residual = zip(times, values).reduce(0) { sum, point in
      let error = point.1 - mean - slope * (point.0 - center)
      return sum + error * error
    }
    let error = (residual / Double(n - 2) / spread).squareRoot()
    let half = Self.quantile975(freedom: n - 2) * error
    self.mean = mean
    (self.slope, low, high) = (slope * 3600, (slope - half) * 3600, (slope + half) * 3600)
    let span = last - first
    change = mean != 0 ? slope * span / mean : 0
    let least = Self.notable * abs(mean)
    isDrifting = (slope - half) * span > least || (slope + half) * span < -least
  }

  /// The means of so many stretches of equal length, where there are at least two values for each.
  private static func stretches(_ values: [Double]) -> [Double] {
    let most = 30
    guard values.count >= 2 * most else { return values }
    return (0..<most).compactMap { index in
      Array(values[index * values.count / most..<(index + 1) * values.count / most]).mean
    }
  }

  /// The 97.5 % quantile of Student's t (Abramowitz & Stegun 26.7.5): to four digits from eight degrees of freedom on.
  static func quantile975(freedom: Int) -> Double {
    let (z, v) = (1.959963984540054, Double(freedom))
    func power(_ n: Int) -> Double { (0..<n).reduce(1) { product, _ in product * z } }
    let g1 = (power(3) + z) / 4
    let g2 = (5 * power(5) + 16 * power(3) + 3 * z) / 96
    let g3 = (3 * power(7) + 19 * power(5) + 17 * power(3) - 15 * z) / 384
    let g4 =
      (79 * power(9) + 776 * power(7) + 1482 * power(5) - 1920 * power(3) - 945 * z) / 92160
    return z + g1 / v + g2 / (v * v) + g3 / (v * v * v) + g4 / (v * v * v * v)
  }
}
