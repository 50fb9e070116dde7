/// A summary under the source document's keys: `ttft_ms_mean`, `ttft_ms_p99` and so on.
public struct NamedStatistics: Codable, Sendable, Equatable {
  /// `ttft_ms`
  public var name: String
  public var summary: SampleSummary

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// nil for no values.
  public init?(_ name: String, _ values: [Double]) {
    guard let summary = SampleSummary(values) else { return nil }
    self.name = name
    self.summary = summary
  }

  private static let parts:
    [(key: String, path: WritableKeyPath<SampleSummary, Double> & Sendable)] = [
      ("mean", \.mean), ("median", \.median), ("std", \.standardDeviation), ("min", \.minimum),
      ("max", \.maximum), ("p50", \.p50), ("p95", \.p95), ("p99", \.p99),
    ]

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(summary.count, forKey: Key(stringValue: name + "_count"))
    for part in Self.parts {
      try container.encode(
        summary[keyPath: part.path], forKey: Key(stringValue: "\(name)_\(part.key)"))
    }
    try container.encodeIfPresent(
      summary.tailRatio, forKey: Key(stringValue: name + "_tail_ratio"))
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let mean = container.allKeys.first(where: { $0.stringValue.hasSuffix("_mean") }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no statistics"))
    }
    name = String(mean.stringValue.dropLast("_mean".count))
    guard var summary = SampleSummary([0]) else { preconditionFailure("one value has a summary") }
    summary.count = try container.decode(Int.self, forKey: Key(stringValue: name + "_count"))
    for part in Self.parts {
      summary[keyPath: part.path] = try container.decode(
        Double.self, forKey: Key(stringValue: "\(name)_\(part.key)"))
    }
    self.summary = summary
  }
}
