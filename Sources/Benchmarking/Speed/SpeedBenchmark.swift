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
    var seconds = (plain: 0.0, profiled: 0.0)
    for (index, prompt) in prompts.enumerated() {
      if isCancelled() { break }
      let run = try measure(prompt, batch, profiler, isPlainFirst: index % 2 == 0)
      report.results.append(run.plain)
      if let profiled = run.profiled {
        seconds.plain += run.plain.seconds
        seconds.profiled += profiled.seconds
      }
      progress(report.results.count, prompts.count)
    }
    if seconds.plain > 0 { report.profilingCost = seconds.profiled / seconds.plain - 1 }
    report.isPartial = report.results.count < prompts.count
    report.memory = MemoryUse(
      weights: model.weightBytes, cache: report.results.map(\.cacheBytes).max() ?? 0,
      activations: batch.activationByteCount + decoder.pool.scratchBytes
    ).measured()
    return (report, profiler?.profile)
  }

  /// With a profiler both ways, each first in turn: what comes second finds warmer caches.
  private func measure(
    _ prompt: SpeedPrompt, _ batch: ContinuousBatch, _ profiler: Profiler?, isPlainFirst: Bool
  ) throws -> (plain: SpeedReport.Result, profiled: SpeedReport.Result?) {
    func plain() throws -> SpeedReport.Result {
      try generate(prompt, batch, tokens: maxGeneratedLength)
    }
    let before: SpeedReport.Result? = try isPlainFirst ? plain() : nil
    let profiled = try profiler?.watch { try plain() }
    return (try before ?? plain(), profiled)
  }

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
