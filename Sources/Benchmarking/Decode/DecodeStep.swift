import OCRInference

/// One decode step by straight calls, repeated at the same position.
final class DecodeStep {
  struct Outcome {
    var milliseconds: Double
    var logits: [Float]
  }

  let decoder: any TextDecoder
  let cache: ContiguousCache
  let hidden: FloatMatrix
  let logits: FloatMatrix
  private let workspace: DecoderWorkspace

  init(decoder: any TextDecoder, cacheType: WeightType, capacity: Int) throws(CacheError) {
    self.decoder = decoder
    cache = try ContiguousCache(type: cacheType, shape: decoder.shape, capacity: capacity)
    hidden = FloatMatrix(rows: 1, columns: decoder.shape.hidden)
    logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    workspace = decoder.makeWorkspace(rows: 1)
  }

  func fill(to position: Int, seed: UInt64) {
    cache.fillRandomly(upTo: position, shape: decoder.shape, seed: seed)
  }

  /// The token at `position`, whose slots before it are filled.
  func run(at position: Int) -> Outcome {
    cache.truncate(to: position)
    embed(position)
    let took = Stopwatch.milliseconds {
      decoder.forward(
        hidden, rows: 1, positions: [RotaryPosition(Int32(position))],
        segments: [ForwardSegment(cache: cache, rows: 0..<1)], outputs: [0], workspace: workspace)
      decoder.logits(hidden, row: 0, rows: 1, into: logits)
    }.milliseconds
    return Outcome(milliseconds: took, logits: logits.values(row: 0))
  }

  /// Some token, another at each position.
  func embed(_ position: Int) {
    decoder.embed([Int32(position % decoder.shape.vocabulary)], into: hidden, at: 0)
  }
}

/// The same step from a compiled graph, on the same cache.
final class GraphStep {
  let executor: GraphExecutor
  private let step: DecodeStep

  init(_ step: DecodeStep) {
    self.step = step
    step.embed(0)
    executor = GraphExecutor(
      decoder: step.decoder, hidden: step.hidden, logits: step.logits, cache: step.cache)
  }

  func run(at position: Int) -> DecodeStep.Outcome {
    step.cache.truncate(to: position)
    step.embed(position)
    let took = Stopwatch.milliseconds {
      executor.step(position: RotaryPosition(Int32(position)))
    }.milliseconds
    return DecodeStep.Outcome(milliseconds: took, logits: step.logits.values(row: 0))
  }
}
