import OCRInference

/// Every cache policy on every sample: how fast it generates, what it holds, and how well it still foresees the text.
public struct KVBenchmark: Sendable {
  public var model: BenchModel
  /// The full cache first: it is what the others are set beside.
  public var cases: [KVCase]
  /// Token ids, all samples as long.
  public var samples: [[Int32]]
  /// Tokens generated after what a sample has before them, so that prompt and text are as long as the sample.
  public var maxNewTokens: Int
  public var cacheType: WeightType
  /// Prompt rows of a pass.
  public var passRows: Int

  public init(
    model: BenchModel, cases: [KVCase], samples: [[Int32]], maxNewTokens: Int,
    cacheType: WeightType = .f16, passRows: Int = 128
  ) {
    precondition(cases.first == .baseline && maxNewTokens > 1 && passRows > 0)
    precondition(samples.allSatisfy { $0.count == samples[0].count && $0.count > maxNewTokens })
    self.model = model
    self.cases = cases
    self.samples = samples
    self.maxNewTokens = maxNewTokens
    self.cacheType = cacheType
    self.passRows = passRows
  }

  /// What the costliest case needs, from the shapes alone: one sequence at a time.
  public var memory: MemoryUse {
    let decoder = model.decoder
    let caches = cases.map {
      $0.policy.peakByteCount(
        type: cacheType, shape: decoder.shape, rows: samples[0].count, passRows: passRows)
    }
    return MemoryUse(
      weights: model.weightBytes, cache: caches.max() ?? 0,
      activations: KVSequence.Buffers.byteCount(decoder: decoder, passRows: passRows))
  }

  private func expectedCacheBytes(_ policy: CachePolicy) -> Int {
    KVMemory.cacheBytes(
      shape: model.decoder.shape, type: cacheType, policy: policy, rows: samples[0].count,
      passRows: passRows)
  }

  /// Cases take turns on each sample, so that a neighbour's load falls on all alike.
  /// - Parameters:
  ///   - isCancelled: asked before each pass; a case under way is left out then.
  ///   - progress: cases done, of all.
  /// - Returns: a result for each sample and case that was finished.
  /// - Throws: `CacheError`, `GenerationError.notFinite`.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> [KVResult] {
    let buffers = KVSequence.Buffers(decoder: model.decoder, passRows: passRows)
    var results: [KVResult] = []
    do {
      // Touches the weights, so that the first case does not pay for all.
      _ = try generate(
        samples[0].prefix(1), tokens: 2, policy: .full, buffers, isCancelled: isCancelled)
      for (index, sample) in samples.enumerated() {
        for item in cases {
          results.append(try measure(item, sample, index, buffers, isCancelled))
          progress(results.count, samples.count * cases.count)
        }
      }
    } catch is CancellationError {}
    return results
  }

  private func measure(
    _ item: KVCase, _ sample: [Int32], _ index: Int, _ buffers: KVSequence.Buffers,
    _ isCancelled: () -> Bool
  ) throws -> KVResult {
    let isReset = PeakMemory.reset()
    let generated = try generate(
      sample.prefix(sample.count - maxNewTokens), tokens: maxNewTokens, policy: item.policy,
      buffers, isCancelled: isCancelled)
    let peak = PeakMemory.highWaterMark(of: "self")
    let foreseen = try foresee(sample, policy: item.policy, buffers, isCancelled: isCancelled)
    guard let perplexity = foreseen.loss.perplexity, let accuracy = foreseen.loss.accuracy else {
      preconditionFailure("a sample has at least two tokens")
    }
    return KVResult(
      method: item.name, sample: index, ttft: generated.first, tpot: generated.perToken,
      throughput: generated.throughput, perplexity: perplexity, accuracy: accuracy,
      peakMemoryBytes: isReset && peak > 0 ? Int(peak) : nil,
      allocatedMemoryBytes: model.allocatedWeightBytes + generated.allocatedBytes,
      expectedMemoryBytes: model.weightBytes + expectedCacheBytes(item.policy),
      cacheBytes: generated.cacheBytes, cacheSize: foreseen.cacheSize)
  }

  // MARK: Generating

  private struct Generated {
    /// Seconds to the first token, and a further one.
    var first: Double
    var perToken: Double
    /// Tokens a second, the prompt's time counted too.
    var throughput: Double
    var cacheBytes: Int
    var allocatedBytes: Int
  }

  /// Greedy, and no token stops it.
  private func generate(
    _ prompt: ArraySlice<Int32>, tokens: Int, policy: CachePolicy, _ buffers: KVSequence.Buffers,
    isCancelled: () -> Bool
  ) throws -> Generated {
    let sequence = try KVSequence(
      policy: policy, type: cacheType, decoder: model.decoder, rows: prompt.count + tokens,
      buffers: buffers)
    var last: Int32 = 0
    let first = try Stopwatch.milliseconds {
      for start in stride(from: prompt.startIndex, to: prompt.endIndex, by: passRows) {
        let ids = prompt[start..<min(start + passRows, prompt.endIndex)]
        let isLast = ids.endIndex == prompt.endIndex
        try checkCancelled(isCancelled)
        try sequence.pass(ids, outputs: isLast ? ids.count - 1..<ids.count : 0..<0) { _, logits in
          last = try likeliest(logits, position: prompt.count - 1)
        }
      }
    }.milliseconds
    let rest = try Stopwatch.milliseconds {
      for step in 1..<tokens {
        try checkCancelled(isCancelled)
        try sequence.pass([last], outputs: 0..<1) { _, logits in
          last = try likeliest(logits, position: prompt.count + step - 1)
        }
      }
    }.milliseconds
    return Generated(
      first: first / 1000, perToken: rest / 1000 / Double(tokens - 1),
      throughput: Double(tokens) / ((first + rest) / 1000), cacheBytes: sequence.cacheBytes,
      allocatedBytes: sequence.allocatedBytes)
  }

  private func likeliest(
    _ logits: UnsafeBufferPointer<Float>, position: Int
  ) throws(GenerationError) -> Int32 {
    var best = 0
    for index in logits.indices {
      guard logits[index].isFinite else { throw .notFinite(position: position) }
      if logits[index] > logits[best] { best = index }
    }
    return Int32(best)
  }

  private func checkCancelled(_ isCancelled: () -> Bool) throws {
    if isCancelled() { throw CancellationError() }
  }

  // MARK: Teacher forcing

  /// Feeds the true tokens as if each came alone, the way text is generated: a row never sees what a row
  /// after it drops.
  private func foresee(
    _ sample: [Int32], policy: CachePolicy, _ buffers: KVSequence.Buffers, isCancelled: () -> Bool
  ) throws -> (loss: TokenLoss, cacheSize: Int) {
    let sequence = try KVSequence(
      policy: policy, type: cacheType, decoder: model.decoder, rows: sample.count,
      buffers: buffers)
    var loss = TokenLoss()
    var start = 0
    while start < sample.count {
      try checkCancelled(isCancelled)
      let count = sequence.exactRows(of: sample.count - start)
      // Nothing follows the last token.
      let outputs = 0..<min(count, sample.count - 1 - start)
      try sequence.pass(sample[start..<start + count], outputs: outputs) { row, logits in
        let next = start + row + 1
        guard loss.add(logits, target: Int(sample[next])) else {
          throw GenerationError.notFinite(position: next - 1)
        }
      }
      start += count
    }
    return (loss, sequence.cutLength)
  }
}
