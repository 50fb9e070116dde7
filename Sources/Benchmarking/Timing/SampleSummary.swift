/// Repeated measurements of one thing. Percentiles are nearest-rank: each is a value that was seen.
public struct SampleSummary: Codable, Sendable, Equatable {
  public var count: Int
  public var mean: Double
  public var median: Double
  /// Sample standard deviation (n − 1); 0 for one value.
  public var standardDeviation: Double
  public var minimum: Double
  public var maximum: Double
  public var p50: Double
  public var p95: Double
  public var p99: Double

  enum CodingKeys: String, CodingKey {
    case count, mean, median, p50, p95, p99
    case standardDeviation = "std"
    case minimum = "min"
    case maximum = "max"
  }

  /// nil for no values.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let n = sorted.count
    count = n
    mean = sorted.reduce(0, +) / Double(n)
    median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2
    let center = mean
    let squares = sorted.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    standardDeviation = n > 1 ? (squares / Double(n - 1)).squareRoot() : 0
    minimum = sorted[0]
    maximum = sorted[n - 1]
    p50 = Self.nearestRank(50, of: sorted)
    p95 = Self.nearestRank(95, of: sorted)
    p99 = Self.nearestRank(99, of: sorted)
  }

  /// P99/P50: how much worse the unlucky wait is than the usual one; nil where P50 is 0.
  public var tailRatio: Double? { p50 > 0 ? p99 / p50 : nil }

  /// The value at rank ⌈percent · n / 100⌉, in integers so that no rounding moves a rank.
  static func nearestRank(_ percent: Int, of sorted: [Double]) -> Double {
    sorted[max((percent * sorted.count + 99) / 100, 1) - 1]
  }
}
