import OCRInference

/// Whole generations of short, medium and long prompts, greedy, one at a time.
public struct SpeedBenchmark {
  public var model: BenchModel
  /// Prompt and text together.
  public var maxSequenceLength: Int
  public var maxGeneratedLength: Int
  public var cacheType: WeightType
  public var stopTokens: Set<Int32>
  public var seed: UInt64

  public init(
    model: BenchModel, maxSequenceLength: Int = 512, maxGeneratedLength: Int = 100,
    cacheType: WeightType = .f16, stopTokens: Set<Int32> = [], seed: UInt64 = 0
  ) {
    precondition(maxSequenceLength > 1 && maxGeneratedLength > 0)
    self.model = model
    self.maxSequenceLength = maxSequenceLength
    self.maxGeneratedLength = maxGeneratedLength
    self.cacheType = cacheType
    self.stopTokens = stopTokens
    self.seed = seed
  }

  private static func settings(_ cacheType: WeightType) -> ContinuousBatch.Settings {
    .init(maxSequences: 1, cacheType: cacheType, prefixByteLimit: 0)
  }

  /// What the longest generation needs, from the shapes alone.
  public var memory: MemoryUse {
    let decoder = model.decoder
    return MemoryUse(
      weights: model.weightBytes,
      cache: ContiguousCache.bytes(
        type: cacheType, shape: decoder.shape, rows: maxSequenceLength),
      activations: ContinuousBatch.activationByteCount(
        decoder: decoder, settings: Self.settings(cacheType)))
  }

  /// - Parameters:
  ///   - isProfiled: runs each prompt a second time with every operation timed. What is reported is the run without,
  ///     and how much longer all took with it.
  ///   - isCancelled: asked before each prompt; what was measured so far is returned, marked partial.
  ///   - progress: prompts done, of all.
  /// - Throws: `GenerationError`.
  public func run(
    isProfiled: Bool, isCancelled: () -> Bool = { false },
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> (report: SpeedReport, profile: Profile?) {
    let decoder = model.decoder
    let batch = try ContinuousBatch(decoder: decoder, settings: Self.settings(cacheType))
    let prompts = SpeedPrompt.all(
      tokenizer: model.tokenizer, vocabulary: decoder.shape.vocabulary, seed: seed)
    var report = SpeedReport(self)
    // Touches the weights, so that the first prompt does not pay for all.
    if let first = prompts.first { _ = try generate(first, batch, tokens: 2) }
    let profiler = isProfiled ? Profiler(decoder.pool) : nil
    report.isProfiled = isProfiled
    var costs: [Double] = []
    for prompt in prompts {
      if isCancelled() { break }
      let run = try measure(prompt, batch, profiler, turn: costs.count)
      report.results.append(run.plain)
      costs += run.costs
      progress(report.results.count, prompts.count)
    }
    report.profilingCost = SampleSummary(costs)?.median
    report.isPartial = report.results.count < prompts.count
    report.memory = MemoryUse(
      weights: model.weightBytes, cache: report.results.map(\.cacheBytes).max() ?? 0,
      activations: batch.activationByteCount + decoder.pool.scratchBytes
    ).measured()
    return (report, profiler?.profile)
  }

  /// With a profiler both ways, each first in turn: what comes second finds warmer caches. Short runs are repeated, for
  /// the ratio of one pair is mostly what else the machine did; the profile is of the first.
  /// - Returns: the first run without, and of each pair how much longer it took with, as a share.
  private func measure(
    _ prompt: SpeedPrompt, _ batch: ContinuousBatch, _ profiler: Profiler?, turn: Int
  ) throws -> (plain: SpeedReport.Result, costs: [Double]) {
    func plain() throws -> SpeedReport.Result {
      try generate(prompt, batch, tokens: maxGeneratedLength)
    }
    guard let profiler else { return (try plain(), []) }
    var runs: [SpeedReport.Result] = []
    var costs: [Double] = []
    repeat {
      let isPlainFirst = (turn + costs.count).isMultiple(of: 2)
      let before: SpeedReport.Result? = try isPlainFirst ? plain() : nil
      let watcher = costs.isEmpty ? profiler : Profiler(model.decoder.pool)
      let profiled = try watcher.watch { try plain() }
      let run = try before ?? plain()
      runs.append(run)
      costs.append(profiled.seconds / run.seconds - 1)
    } while runs.count < Self.mostPairs && runs.reduce(0, { $0 + $1.seconds }) < 0.5
    return (runs[0], costs)
  }

  private static let mostPairs = 15

  private func generate(
    _ prompt: SpeedPrompt, _ batch: ContinuousBatch, tokens: Int
  ) throws -> SpeedReport.Result {
    let ids = Array(prompt.ids.prefix(maxSequenceLength - 1))
    let options = GenerationOptions(
      maxTokens: min(tokens, maxSequenceLength - ids.count), stopTokens: stopTokens,
      repetition: nil)
    let clock = ContinuousClock()
    let start = clock.now
    _ = try batch.submit(EmbeddedPrompt(text: ids), options: options)
    var (count, first, cacheBytes) = (0, start, 0)
    while !batch.isIdle {
      for result in batch.step() {
        if case .token = try result.event.get() {
          count += 1
          if count == 1 { first = clock.now }
        }
      }
      cacheBytes = max(cacheBytes, batch.cacheByteCount)
    }
    let end = clock.now
    return SpeedReport.Result(
      name: prompt.name, promptTokens: ids.count, generatedTokens: count,
      seconds: (end - start) / .seconds(1),
      firstTokenMilliseconds: (first - start) / .milliseconds(1),
      perTokenMilliseconds: count > 1 ? (end - first) / .milliseconds(1) / Double(count - 1) : nil,
      cacheBytes: cacheBytes)
  }
}
