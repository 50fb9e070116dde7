import OCRInference

/// What a benchmark runs: a decoder, and where it came from.
public struct BenchModel: Sendable {
  public let name: String
  public let decoder: any TextDecoder
  public let config: ConfigFile
  /// nil for a preset.
  public let tokenizer: Tokenizer?
  /// How most weights are stored in memory.
  public let weightType: WeightType
  /// Of the decoder's matrices, by their shapes.
  public let weightBytes: Int
  /// Of the decoder's matrices and vectors, as they lie in memory.
  public let allocatedWeightBytes: Int
  public let loading: Loading

  /// Seconds of getting the weights; 0 where a step is not needed.
  public struct Loading: Codable, Sendable, Equatable {
    /// Opening the files and checking every header.
    public var map = 0.0
    /// Reading every weight once.
    public var firstTouch = 0.0
    /// Quantising or rounding, where asked for.
    public var repack = 0.0
    /// Drawing a preset's random weights.
    public var draw = 0.0

    enum CodingKeys: String, CodingKey {
      case map, repack, draw
      case firstTouch = "first_touch"
    }

    public init() {}

    public var total: Double { map + firstTouch + repack + draw }
  }

  /// - Parameters:
  ///   - type: of the preset's matrices.
  public init(preset: ModelPreset, type: WeightType, seed: UInt64 = 0, pool: ThreadPool) throws {
    try self.init(
      name: "\(ModelPreset.prefix)\(preset.name)", randomOf: preset.config(), type: type,
      seed: seed, pool: pool)
  }

  /// Seeded random weights of any shape.
  package init(
    name: String, randomOf config: ConfigFile, type: WeightType, seed: UInt64 = 0,
    pool: ThreadPool
  ) throws {
    var loading = Loading()
    let weights = CountedWeights(RandomWeights(type: type, seed: seed, pool: pool))
    let made = try Stopwatch.milliseconds {
      try ArchitectureTable.decoder(config: config, weights: weights, pool: pool)
    }
    loading.draw = made.milliseconds / 1000
    try self.init(
      name: name, decoder: made.result, config: config, tokenizer: nil, weightType: type,
      allocatedWeightBytes: weights.byteCount, loading: loading)
  }

  /// - Parameters:
  ///   - quantize: q8_0 or q4_0, as what the weights are kept; nil leaves them as stored.
  ///   - dtype: f32, f16 or bf16, to which they are rounded where they are not quantised.
  /// - Throws: `WeightError`, `ConfigError`, `TokenizerError`.
  public init(
    directory: ModelDirectory, name: String, quantize: WeightType?, dtype: WeightType? = nil,
    pool: ThreadPool
  ) throws {
    var loading = Loading()
    let config = try ConfigFile(file: directory.path(of: .config))
    let opened = try Stopwatch.milliseconds { try Checkpoint(directory, pool: pool) }
    loading.map = opened.milliseconds / 1000
    loading.firstTouch =
      try Stopwatch.milliseconds { try opened.result.verifyFinite(pool) }.milliseconds / 1000
    let policy = quantize.map { WeightPolicy.quantized($0) } ?? dtype.map { .rounded($0) }
    // Matrices are packed when a checkpoint is opened, and rounded when a layer asks for them.
    let made = try Stopwatch.milliseconds {
      let weights =
        try policy.map { try Checkpoint(directory, policy: $0, pool: pool) } ?? opened.result
      let counted = CountedWeights(weights)
      let decoder = try ArchitectureTable.decoder(config: config, weights: counted, pool: pool)
      weights.releaseStoredPages()
      return (decoder: decoder, byteCount: counted.byteCount)
    }
    if policy != nil { loading.repack = made.milliseconds / 1000 }
    try self.init(
      name: name, decoder: made.result.decoder, config: config,
      tokenizer: Tokenizer(file: directory.path(of: .tokenizer)),
      weightType: quantize ?? dtype ?? opened.result.storedType,
      allocatedWeightBytes: made.result.byteCount, loading: loading)
  }

  private init(
    name: String, decoder: any TextDecoder, config: ConfigFile, tokenizer: Tokenizer?,
    weightType: WeightType, allocatedWeightBytes: Int, loading: Loading
  ) throws {
    self.name = name
    self.decoder = decoder
    self.config = config
    self.tokenizer = tokenizer
    self.weightType = weightType
    self.allocatedWeightBytes = allocatedWeightBytes
    self.loading = loading
    weightBytes = try Self.weightByteCount(config: config, type: weightType, pool: decoder.pool)
  }

  /// Bytes of the matrices that the config's decoder reads, before any of them is.
  /// - Throws: `ConfigError`.
  public static func weightByteCount(
    config: ConfigFile, type: WeightType, pool: ThreadPool
  ) throws -> Int {
    let shapes = ShapeWeights()
    _ = try ArchitectureTable.decoder(config: config, weights: shapes, pool: pool)
    return Int(Double(shapes.matrixParameters) * type.bytesPerNumber)
  }
}
