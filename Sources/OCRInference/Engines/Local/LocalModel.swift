import Boundary
import PageImaging

/// A checkpoint opened for reading pages: its halves, its tokenizer, and how it wants pages.
public struct LocalModel: Sendable {
  public let name: String
  public let model: VisionLanguageModel
  public let tokenizer: Tokenizer
  /// `eos_token_id` of generation_config.json, else of config.json.
  public let stopTokens: Set<Int32>
  package let input: Input
  /// What a user should know of how the weights were loaded.
  public let note: String?
  /// How most weights are stored in memory.
  public let weightType: WeightType
  /// Which checkpoint this is: eight hexadecimal digits of its files.
  public let fingerprint: String

  package enum Input: Sendable {
    /// A page a prompt, by the model's chat template.
    case page(ChatTemplate, variables: [String: JSONValue])
    /// A text line a prompt: vision start, image, vision end.
    case line(LineModelConfig, prompt: [Int32])
  }

  /// Reads everything but pages: every tensor is looked up, and NaN is refused, before the first.
  /// - Throws: `WeightError`, `ConfigError`, `TokenizerError`, `ChatTemplateError`, `PreprocessorConfigError`.
  public init(
    directory: ModelDirectory, name: String, quantize: WeightType? = nil,
    cache: WeightCacheDirectory = WeightCacheDirectory(path: nil), pool: ThreadPool
  ) throws {
    let config = try ConfigFile(file: directory.path(of: .config))
    let processor =
      if let path = directory.existing(.preprocessorConfig) {
        try ImageProcessor(file: path)
      } else {
        ImageProcessor.qwen2VL
      }
    let checkpoint = try Checkpoint(
      directory, policy: quantize.map { .quantized($0) } ?? .asStored, pool: pool,
      cache: cache)
    model = try VisionLanguageModel(
      config: config, processor: processor, weights: checkpoint, pool: pool)
    try checkpoint.refuseUnusedTensors()
    try checkpoint.verifyFinite(pool)
    checkpoint.releaseStoredPages()
    tokenizer = try Tokenizer(file: directory.path(of: .tokenizer))
    let generation = try directory.existing(.generationConfig).map { try ConfigFile(file: $0) }
    let source = generation?.has("eos_token_id") == true ? generation! : config
    stopTokens = Set(try source.ints("eos_token_id", in: 0...Int(Int32.max)).map { Int32($0) })
    input = try Self.input(
      directory, config: config, factor: processor.tokens.factor, tokenizer: tokenizer)
    weightType = quantize ?? checkpoint.storedType
    note = checkpoint.note
    fingerprint = try checkpoint.fingerprint(directory)
    self.name = name
    try refuseTemplateWithoutImage()
  }

  /// Renders the template once: what is wrong with it, and no page's fault, is said before the first.
  private func refuseTemplateWithoutImage() throws {
    guard case .page(let template, let variables) = input else { return }
    let prompt = try template.render(
      [ChatMessage(role: "user", content: [.image, .text("")])], addGenerationPrompt: true,
      variables: variables)
    let places = tokenizer.encode(prompt).count { $0 == model.imageToken }
    guard places == 1 else { throw PromptError.imagePlaces(inPrompt: places, images: 1) }
  }

  private static func input(
    _ directory: ModelDirectory, config: ConfigFile, factor: Int, tokenizer: Tokenizer
  ) throws -> Input {
    if let path = directory.existing(.medbench),
      let lines = try LineModelConfig(config: ConfigFile(file: path), factor: factor)
    {
      let ids = try ["vision_start_token_id", "image_token_id", "vision_end_token_id"].map {
        Int32(try config.int($0, in: 0...Int(Int32.max)))
      }
      return .line(lines, prompt: ids)
    }
    return .page(
      try ChatTemplate.load(directory: directory.path),
      variables: try specialTokens(of: directory))
  }

  /// `bos_token` and the like, which templates may write.
  private static func specialTokens(of directory: ModelDirectory) throws -> [String: JSONValue] {
    guard let path = directory.existing(.tokenizerConfig) else { return [:] }
    let bytes = try RegularFile.bytes(of: path, limit: 16 << 20)
    guard let file = try? JSONValue(parsing: bytes[...]) else { return [:] }
    var variables: [String: JSONValue] = [:]
    for key in ["bos_token", "eos_token", "pad_token", "unk_token"] {
      switch file[key] {
      case .string(let token)?: variables[key] = .string(token)
      case .object? where file[key]?["content"] != nil: variables[key] = file[key]?["content"]
      default: break
      }
    }
    return variables
  }
}
