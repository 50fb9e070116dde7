import OCRInference

/// Whether sequences fit into the model's context and into memory, from sizes alone.
public struct ContextFit: Sendable {
  public let model: BenchModel
  public let cacheType: WeightType
  public let limit: MemoryLimit

  public init(model: BenchModel, cacheType: WeightType, limit: MemoryLimit) {
    self.model = model
    self.cacheType = cacheType
    self.limit = limit
  }

  /// Keys and values of a sequence: 2 · layers · KV heads · head dimension · tokens · bytes, in a cache's blocks of 256
  /// tokens.
  public func cacheBytes(tokens: Int) -> Int {
    ContiguousCache.bytes(type: cacheType, shape: model.decoder.shape, rows: tokens)
  }

  /// - Parameters:
  ///   - tokens: of prompt and text together.
  ///   - concurrency: sequences that run together.
  ///   - prefixByteLimits: of each server that is there. They work in turns: all keep their buffers and what they store
  ///     of prompts, and one has sequences.
  public func memory(
    tokens: Int, concurrency: Int, prefixByteLimits: [Int] = [0]
  ) -> MemoryUse {
    let buffers = ContinuousBatch.activationByteCount(
      decoder: model.decoder,
      settings: .init(maxSequences: concurrency, cacheType: cacheType, prefixByteLimit: 0))
    return MemoryUse(
      weights: model.weightBytes,
      cache: concurrency * cacheBytes(tokens: tokens) + prefixByteLimits.reduce(0, +),
      activations: prefixByteLimits.count * buffers)
  }

  /// Why they cannot be run; nil where they can.
  public func obstacle(
    tokens: Int, concurrency: Int, prefixByteLimits: [Int] = [0]
  ) -> String? {
    let context = model.decoder.shape.contextLength
    if tokens > context {
      return "does not fit: needs \(tokens) of \(context) positions of the model's context"
    }
    let need = memory(
      tokens: tokens, concurrency: concurrency, prefixByteLimits: prefixByteLimits)
    return limit.obstacle(to: need).map { "does not fit: \($0)" }
  }
}
