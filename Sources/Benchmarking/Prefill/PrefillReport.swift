import Foundation
import OCRInference

/// What `medbench bench prefill` measured of one way to cut the prompt.
public struct PrefillReport: Codable, Sendable, Equatable {
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

  /// Share of the target's two ends that the speed reaches: 1 and more is reached.
  public struct Attainment: Codable, Sendable, Equatable {
    public var least: Double
    public var most: Double
  }

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
  /// nil where none was finished, or no target is known.
  public var attainment: Attainment?
  public var memory: MemoryUse
  /// Stopped before its last repetition.
  public var isPartial: Bool

  enum CodingKeys: String, CodingKey {
    case model, threads, settings, repeats, chunks, attainment, memory
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
    memory = benchmark.memory
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

  /// Written for readers of the file, and computed anew when it is read.
  private enum FigureKeys: String, CodingKey {
    case millisecondsPerToken = "ms_per_token"
    case tokensPerSecond = "tokens_per_sec"
  }

  public func encode(to encoder: any Encoder) throws {
    var report = encoder.container(keyedBy: CodingKeys.self)
    try report.encode(model, forKey: .model)
    try report.encode(weightType, forKey: .weightType)
    try report.encode(cacheType, forKey: .cacheType)
    try report.encode(threads, forKey: .threads)
    try report.encode(settings, forKey: .settings)
    try report.encode(repeats, forKey: .repeats)
    try report.encodeIfPresent(total, forKey: .total)
    try report.encode(chunks, forKey: .chunks)
    try report.encodeIfPresent(attainment, forKey: .attainment)
    try report.encode(memory, forKey: .memory)
    try report.encode(isPartial, forKey: .isPartial)
    var figures = encoder.container(keyedBy: FigureKeys.self)
    try figures.encodeIfPresent(millisecondsPerToken, forKey: .millisecondsPerToken)
    try figures.encodeIfPresent(tokensPerSecond, forKey: .tokensPerSecond)
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
      return lines.joined(separator: "\n") + "\nStopped before one repetition was done: partial.\n"
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
    lines += [
      "",
      "target \(target.least.figure(3))-\(target.most.figure(3)) ms/token: "
        + target.verdict(millisecondsPerToken),
      memory.text(),
    ]
    if isPartial { lines.append("Stopped early: partial.") }
    return lines.joined(separator: "\n") + "\n"
  }
}
