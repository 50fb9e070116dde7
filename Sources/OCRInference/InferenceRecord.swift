/// What the local engine did for a page: which way it read, how many tokens, and where the time went.
public struct InferenceRecord: Sendable, Equatable, Codable {
  /// `page`: the whole page is one prompt. `line`: one prompt a text line.
  public enum Input: String, Sendable, Codable { case page, line }

  public var input: Input
  /// Prompts of the page: 1, or its strips.
  public var prompts: Int
  public var imageTokens: Int
  /// Tokens of all prompts, those of images included, and how many of them came from the prefix store.
  public var promptTokens: Int
  public var reusedPromptTokens: Int
  public var outputTokens: Int
  /// Prompts whose output was stopped because it repeated itself, or at the greatest number of tokens.
  public var repeating: Int
  public var truncated: Int
  public var stages: StageTimes

  enum CodingKeys: String, CodingKey {
    case input, prompts, repeating, truncated, stages
    case imageTokens = "image_tokens"
    case promptTokens = "prompt_tokens"
    case reusedPromptTokens = "reused_prompt_tokens"
    case outputTokens = "output_tokens"
  }

  public init(
    input: Input, prompts: Int = 0, imageTokens: Int = 0, promptTokens: Int = 0,
    reusedPromptTokens: Int = 0, outputTokens: Int = 0, repeating: Int = 0, truncated: Int = 0,
    stages: StageTimes = StageTimes()
  ) {
    self.input = input
    self.prompts = prompts
    self.imageTokens = imageTokens
    self.promptTokens = promptTokens
    self.reusedPromptTokens = reusedPromptTokens
    self.outputTokens = outputTokens
    self.repeating = repeating
    self.truncated = truncated
    self.stages = stages
  }
}

/// Milliseconds of each stage of a page's reading. The first three and `prefill` make the time to the first token.
public struct StageTimes: Sendable, Equatable, Codable {
  /// Finding, straightening and cutting text lines; 0 where whole pages are read.
  public var lineFinding: Double
  /// Resizing, normalising, cutting into patches.
  public var imagePreparation: Double
  public var visionEncoding: Double
  public var prefill: Double
  public var decode: Double

  enum CodingKeys: String, CodingKey {
    case lineFinding = "line_finding_ms"
    case imagePreparation = "image_preparation_ms"
    case visionEncoding = "vision_encoding_ms"
    case prefill = "prefill_ms"
    case decode = "decode_ms"
  }

  public init(
    lineFinding: Double = 0, imagePreparation: Double = 0, visionEncoding: Double = 0,
    prefill: Double = 0, decode: Double = 0
  ) {
    self.lineFinding = lineFinding
    self.imagePreparation = imagePreparation
    self.visionEncoding = visionEncoding
    self.prefill = prefill
    self.decode = decode
  }
}
