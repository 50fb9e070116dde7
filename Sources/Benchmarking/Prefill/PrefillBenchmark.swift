import OCRInference
import PageImaging

/// Times a prompt's evaluation chunk by chunk.
public struct PrefillBenchmark {
  public var model: BenchModel
  public var settings: PrefillSettings
  public var cacheType: WeightType
  public var repeats: Int
  public var seed: UInt64

  public init(
    model: BenchModel, settings: PrefillSettings, cacheType: WeightType, repeats: Int,
    seed: UInt64 = 0
  ) {
    precondition(repeats > 0)
    self.model = model
    self.settings = settings
    self.cacheType = cacheType
    self.repeats = repeats
    self.seed = seed
  }

  /// Milliseconds of each chunk, a list a repetition; the first of all is a warm-up and not in it.
  /// - Parameters:
  ///   - isCancelled: asked before each prompt; what was measured so far is returned, marked partial.
  ///   - progress: prompts done, of all.
  /// - Throws: `CacheError`.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> PrefillReport {
    let decoder = model.decoder
    let prompt = tokens()
    let rows = min(settings.microBatch, settings.promptTokens)
    let workspace = decoder.makeWorkspace(rows: rows)
    let hidden = FloatMatrix(rows: rows, columns: decoder.shape.hidden)
    let logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    var runs: [[Double]] = []
    for turn in 0...repeats {
      if isCancelled() { break }
      let cache = try ContiguousCache(
        type: cacheType, shape: decoder.shape, capacity: settings.context)
      let chunks = settings.chunks
      let times = chunks.map { chunk in
        Stopwatch.milliseconds {
          for pass in settings.passes(of: chunk) {
            decoder.embed(prompt[pass], into: hidden, at: 0)
            decoder.forward(
              hidden, rows: pass.count, positions: pass.map { RotaryPosition(Int32($0)) },
              segments: [ForwardSegment(cache: cache, rows: 0..<pass.count)],
              // The prompt's last row alone is asked for its logits.
              outputs: pass.upperBound == prompt.count ? [pass.count - 1] : [],
              workspace: workspace)
          }
          if chunk.upperBound == prompt.count {
            decoder.logits(hidden, row: 0, rows: 1, into: logits)
          }
        }.milliseconds
      }
      if turn > 0 { runs.append(times) }
      progress(turn + 1, repeats + 1)
    }
    var report = PrefillReport(self, runs: runs)
    report.memory = memory.measured()
    return report
  }

  /// What the prompt needs, from the shapes alone.
  public var memory: MemoryUse {
    let decoder = model.decoder
    let rows = min(settings.microBatch, settings.promptTokens)
    let numbers = rows * decoder.shape.hidden + decoder.shape.vocabulary
    return MemoryUse(
      weights: model.weightBytes,
      cache: ContiguousCache.bytes(
        type: cacheType, shape: decoder.shape, rows: settings.context),
      activations: DecoderWorkspace.byteCount(decoder: decoder, rows: rows)
        + numbers * MemoryLayout<Float>.stride)
  }

  private func tokens() -> [Int32] {
    var random = SeededRandom(seed: seed, "prompt")
    return (0..<settings.promptTokens).map { _ in
      Int32.random(in: 0..<Int32(model.decoder.shape.vocabulary), using: &random)
    }
  }
}
