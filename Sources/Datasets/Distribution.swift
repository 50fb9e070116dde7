/// How a count is spread over pages or documents. Percentiles are nearest-rank: the smallest value
/// that at least p percent of all values do not exceed, so always one that was counted.
public struct Distribution: Sendable, Equatable {
  /// Ascending.
  private let values: [Int]

  public init(_ values: some Sequence<Int>) { self.values = values.sorted() }

  public var count: Int { values.count }
  public var minimum: Int? { values.first }
  public var maximum: Int? { values.last }
  public var mean: Double? {
    values.isEmpty ? nil : values.reduce(0) { $0 + Double($1) } / Double(values.count)
  }

  /// - Parameter percent: above 0, at most 100.
  public func percentile(_ percent: Int) -> Int? {
    precondition((1...100).contains(percent))
    return values.isEmpty ? nil : values[(values.count * percent + 99) / 100 - 1]
  }

  public func count(in range: ClosedRange<Int>) -> Int { values.count { range.contains($0) } }
}
