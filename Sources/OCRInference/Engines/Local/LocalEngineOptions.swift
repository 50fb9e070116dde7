/// What the local engine may be told, as a run's record keeps it; nil is the default.
public struct LocalEngineOptions: Codable, Sendable, Equatable {
  /// A checkpoint's directory; else MEDBENCH_MODEL_PATH, the name, or medbench's own.
  public var model: String?
  /// OWNER/NAME in the local Hugging Face cache, else on the hub.
  public var modelName: String?
  /// `q8_0` or `q4_0`; by default weights stay as stored.
  public var quantize: WeightType?
  /// How keys and values are kept; by default as wide as the weights are stored.
  public var cacheType: WeightType?
  public var threads: Int?
  /// Prompt tokens that one forward pass prefills.
  public var chunkSize: Int?
  /// Greatest number of tokens of a page, or of a line.
  public var maxTokens: Int?
  /// 0 or nil is greedy.
  public var temperature: Double?
  public var topK: Int?
  public var topP: Double?
  public var repetitionPenalty: Double?
  public var samplingSeed: UInt64?
  /// What a sequence's cache keeps. No part of a run's record: only a benchmark, which keeps no run, sets it.
  public var cachePolicy = CachePolicy.full

  enum CodingKeys: String, CodingKey {
    case model, quantize, threads, temperature
    case modelName = "model_name"
    case cacheType = "cache_type"
    case chunkSize = "chunk_size"
    case maxTokens = "max_tokens"
    case topK = "top_k"
    case topP = "top_p"
    case repetitionPenalty = "repetition_penalty"
    case samplingSeed = "sampling_seed"
  }

  public init() {}

  /// What reports call the model: its name on the hub, else its directory's.
  func name(of directory: ModelDirectory, by rule: ModelLocation.Rule) -> String {
    if rule == .named, let modelName { return modelName }
    return directory.path.split(separator: "/").last.map(String.init) ?? directory.path
  }
}
