import Foundation
import OCRInference

/// What `medbench bench prefill` measured of one way to cut the prompt.
public struct PrefillReport: Codable, Sendable, Equatable {
  public static let schemaVersion = 1

  public struct Chunk: Codable, Sendable, Equatable {
    public var first: Int
    public var end: Int
    public var milliseconds: Double
    public var millisecondsPerToken: Double
    public var note: String

    enum CodingKeys: String, CodingKey {
      case first, end, note
      case milliseconds = "ms"
      case millisecondsPerToken = "ms_per_token"
    }
  }

  public var schema = PrefillReport.schemaVersion
  public var model: String
  public var weightType: WeightType
  public var cacheType: WeightType
  public var threads: Int
  public var settings: PrefillSettings
  public var repeats: Int
  /// Of a whole prompt, one value a repetition; nil where none was finished.
  public var total: SampleSummary?
  /// Of the repetition with the median total.
  public var chunks: [Chunk] = []
  public var isPartial: Bool

  enum CodingKeys: String, CodingKey {
    case schema, model, threads, settings, repeats, chunks
    case weightType = "weight_type"
    case cacheType = "cache_type"
    case total = "total_ms"
    case isPartial = "partial"
  }

  init(_ benchmark: PrefillBenchmark, runs: [[Double]]) {
    model = benchmark.model.name
    weightType = benchmark.model.weightType
    cacheType = benchmark.cacheType
    threads = benchmark.model.decoder.pool.threads
    settings = benchmark.settings
    repeats = runs.count
    isPartial = runs.count < benchmark.repeats
    let totals = runs.map { $0.reduce(0, +) }
    total = SampleSummary(totals)
    guard let total else { return }
    let middle = runs.min {
      abs($0.reduce(0, +) - total.median) < abs($1.reduce(0, +) - total.median)
    }!
    let ranges = benchmark.settings.chunks
    chunks = zip(ranges, middle).enumerated().map { index, pair in
      let (range, milliseconds) = pair
      return Chunk(
        first: range.lowerBound, end: range.upperBound, milliseconds: milliseconds,
        millisecondsPerToken: milliseconds / Double(range.count),
        note: Self.note(index, range, of: ranges, batch: benchmark.settings.batch))
    }
  }

  private static func note(_ index: Int, _ range: Range<Int>, of all: [Range<Int>], batch: Int)
    -> String
  {
    if range.count > batch { return "with the tail merged in" }
    if index == all.count - 1, range.count < batch { return "small last chunk" }
    return index == 0 ? "first chunk" : ""
  }

  public var millisecondsPerToken: Double? {
    total.map { $0.median / Double(settings.promptTokens) }
  }
  public var tokensPerSecond: Double? { millisecondsPerToken.map { 1000 / $0 } }
}

/// The wish for prompt evaluation: milliseconds a token.
public struct PrefillTarget: Codable, Sendable, Equatable {
  public var least: Double
  public var most: Double

  public init(least: Double = 20, most: Double = 50) {
    precondition(least > 0 && least <= most)
    self.least = least
    self.most = most
  }

  /// Share of the target's two ends that this speed reaches: 1 and more is reached.
  public func attainment(_ millisecondsPerToken: Double) -> ClosedRange<Double> {
    least / millisecondsPerToken...most / millisecondsPerToken
  }
}

extension PrefillReport {
  public func text(target: PrefillTarget = PrefillTarget()) -> String {
    let settings = settings
    var lines = [
      "Prompt evaluation: \(model), \(weightType.rawValue) weights, \(settings.promptTokens) tokens",
      "n_ctx \(settings.context), n_batch \(settings.batch), n_ubatch \(settings.microBatch), "
        + "threads \(threads), cache \(cacheType.rawValue), "
        + "merge-small-tail \(settings.mergesSmallTail ? "on" : "off")", "",
    ]
    guard let total, let millisecondsPerToken, let tokensPerSecond else {
      return lines.joined(separator: "\n") + "\nStopped before one repetition was done.\n"
    }
    lines += [
      "total \(total.median.fixed(1)) ms ± \(total.standardDeviation.fixed(1)) (median of \(repeats)), "
        + "\(millisecondsPerToken.figure(4)) ms/token, \(tokensPerSecond.figure(4)) tokens/s", "",
      "  chunk       tokens          ms    ms/token  note",
    ]
    lines += chunks.enumerated().map { index, chunk in
      padded("\(index + 1)", 7) + padded("\(chunk.first)-\(chunk.end)", 13)
        + padded(chunk.milliseconds.fixed(1), 12)
        + padded(chunk.millisecondsPerToken.figure(4), 12) + "  " + chunk.note
    }
    let reached = target.attainment(millisecondsPerToken)
    lines += [
      "",
      "target \(target.least.figure(3))-\(target.most.figure(3)) ms/token: "
        + verdict(reached, millisecondsPerToken, target),
    ]
    if isPartial { lines.append("Stopped early: partial.") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func verdict(
    _ reached: ClosedRange<Double>, _ current: Double, _ target: PrefillTarget
  ) -> String {
    let shares = "\((reached.lowerBound * 100).fixed(1))-\((reached.upperBound * 100).fixed(1)) %"
    if reached.lowerBound >= 1 { return "reached at both ends (\(shares))" }
    if reached.upperBound >= 1 { return "inside (\(shares))" }
    return "\(shares) reached; "
      + "\((current / target.most).figure(3))-\((current / target.least).figure(3)) times too slow"
  }
}
