import OCRInference

/// Times a decoder's passes on tokens drawn at random: which ones they are does not change the work.
struct DecoderTiming {
  let decoder: any TextDecoder
  let cost: DecoderCost
  let options: Options
  private let workspace: DecoderWorkspace
  private let hidden: FloatMatrix
  private let logits: FloatMatrix
  private let ceilings: MachineCeilings

  /// - Parameter rows: of the largest pass.
  init(_ decoder: any TextDecoder, config: ConfigFile, options: Options, rows: Int) throws {
    self.decoder = decoder
    self.options = options
    ceilings = MachineCeilings(pool: decoder.pool)
    cost = try DecoderCost(shape: decoder.shape, config: config)
    workspace = decoder.makeWorkspace(rows: rows)
    hidden = FloatMatrix(rows: rows, columns: decoder.shape.hidden)
    logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
  }

  func cache(capacity: Int) throws -> ContiguousCache {
    try ContiguousCache(type: options.kv, shape: decoder.shape, capacity: capacity)
  }

  /// One pass of random tokens and the logits of the last.
  func pass(tokens: Int, into cache: ContiguousCache) {
    let ids = (0..<tokens).map { _ in Int32.random(in: 0..<Int32(decoder.shape.vocabulary)) }
    let first = cache.length
    decoder.embed(ids, into: hidden, at: 0)
    decoder.forward(
      hidden, rows: tokens,
      positions: (0..<tokens).map { RotaryPosition(Int32(first + $0)) },
      segments: [ForwardSegment(cache: cache, rows: 0..<tokens)], outputs: [tokens - 1],
      workspace: workspace)
    decoder.logits(hidden, row: 0, rows: 1, into: logits)
  }

  /// Random keys and values in place of a prompt: how deep a cache is costs time, not what it holds.
  func fill(_ cache: ContiguousCache, positions: Int) {
    let rows = 256
    let width = decoder.shape.kvHeads * decoder.shape.headDimension
    let (keys, values) = (
      FloatMatrix(rows: rows, columns: width), FloatMatrix(rows: rows, columns: width)
    )
    for index in 0..<rows * width {
      keys.pointer[index] = Float.random(in: -1...1)
      values.pointer[index] = Float.random(in: -1...1)
    }
    for start in stride(from: 0, to: positions, by: rows) {
      let count = min(rows, positions - start)
      for layer in 0..<decoder.shape.layers {
        cache.append(layer: layer, keys: keys, values: values, rows: 0..<count)
      }
      cache.advance(by: count)
    }
  }

  func prefill(tokens: Int) throws {
    try pass(tokens: tokens, into: cache(capacity: tokens))
    for _ in 0..<options.repetitions {
      let cache = try cache(capacity: tokens)
      let seconds = Self.seconds { pass(tokens: tokens, into: cache) }
      Sample(options, test: SpeedTest.prefill(tokens: tokens).name)
        .adding("tokens_per_second", Double(tokens) / seconds)
        .adding("operations_per_token", cost.weightOperations(tokens: tokens))
        .adding("attention_operations_per_token", cost.attentionOperations(tokens: tokens))
        .print()
    }
  }

  func decode(depth: Int) throws {
    let warmUp = 3
    for _ in 0..<options.repetitions {
      let cache = try cache(capacity: depth + warmUp + options.tokens)
      fill(cache, positions: depth)
      var ceilings = [self.ceilings.readBandwidth()]
      for _ in 0..<warmUp { pass(tokens: 1, into: cache) }
      let seconds = Self.seconds {
        for _ in 0..<options.tokens { pass(tokens: 1, into: cache) }
      }
      ceilings.append(self.ceilings.readBandwidth())
      let seen = cache.length - options.tokens / 2
      Sample(options, test: SpeedTest.decode(depth: depth).name)
        .adding("tokens_per_second", Double(options.tokens) / seconds)
        .adding(
          "bytes_per_token",
          cost.weightBytes(options.dtype) + cost.cacheBytes(options.kv, positions: seen)
        )
        .adding("read_per_second", ceilings.reduce(0, +) / Double(ceilings.count))
        .print()
    }
  }

  /// A prompt of 512 tokens, then tokens at that depth: the most that the process then held.
  func memory(depth: Int) throws {
    try pass(tokens: 512, into: cache(capacity: 512))
    let cache = try cache(capacity: depth + 4)
    fill(cache, positions: depth)
    for _ in 0..<4 { pass(tokens: 1, into: cache) }
    Sample(options, test: SpeedTest.memory(depth: depth).name)
      .adding("weight_bytes", cost.weightBytes(options.dtype))
      .adding("cache_bytes", cache.byteCount)
      .adding("peak_bytes", Int(PeakMemory.highWaterMark(of: "self")))
      .print()
  }

  static func seconds(_ work: () -> Void) -> Double {
    ContinuousClock().measure(work) / .seconds(1)
  }
}
