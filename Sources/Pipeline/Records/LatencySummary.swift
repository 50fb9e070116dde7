/// Times in milliseconds, summed up. Percentiles are nearest-rank: the smallest observed value
/// with at least p % of the values at or below it (numpy's `inverted_cdf`), so each is a time that
/// was really seen.
public struct LatencySummary: Codable, Sendable, Equatable {
  public static let percentileRule = "nearest rank"

  public var count: Int
  public var mean: Double
  public var minimum: Double
  public var p50: Double
  public var p95: Double
  public var p99: Double
  public var maximum: Double

  /// P99/P50: how much worse the unlucky wait is than the usual one. nil where P50 is 0.
  public var tailRatio: Double? { p50 > 0 ? p99 / p50 : nil }

  enum CodingKeys: String, CodingKey {
    case count, mean, p50, p95, p99
    case minimum = "min"
    case maximum = "max"
  }

  /// nil for no values.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    count = sorted.count
    mean = sorted.reduce(0, +) / Double(sorted.count)
    minimum = sorted.first!
    maximum = sorted.last!
    p50 = Self.nearestRank(50, of: sorted)
    p95 = Self.nearestRank(95, of: sorted)
    p99 = Self.nearestRank(99, of: sorted)
  }

  /// The value at rank ⌈percent · n / 100⌉ of ascending `sorted`, in integers so that no rounding
  /// moves a rank.
  static func nearestRank(_ percent: Int, of sorted: [Double]) -> Double {
    let rank = (percent * sorted.count + 99) / 100
    return sorted[max(rank, 1) - 1]
  }
}
