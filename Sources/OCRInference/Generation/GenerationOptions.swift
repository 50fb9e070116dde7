import Foundation

/// How tokens are chosen and when it is enough. The default is greedy: the same prompt gives the same tokens for any
/// number of threads, chunk size and company in the batch.
public struct GenerationOptions: Sendable, Equatable {
  /// At least 1; the context may allow fewer.
  public var maxTokens: Int
  /// Tokens that end the text, itself included in what is generated (`eos_token_id`).
  public var stopTokens: Set<Int32>
  /// Tokens that would go on with the character before them (`Tokenizer.joiningTokens`): with each token comes how likely
  /// they were in its place. Ids beyond the vocabulary have no probability.
  public var joiningTokens: [Int32]
  /// 0 is greedy.
  public var temperature: Double
  /// Only the k likeliest tokens (and those as likely as the k-th); 0 is all.
  public var topK: Int
  /// Only the likeliest tokens that together have this probability; 1 is all.
  public var topP: Double
  /// Divides the positive and multiplies the negative logits of tokens in prompt and text (arXiv 1909.05858); 1 is none.
  public var repetitionPenalty: Double
  public var seed: UInt64
  /// nil lets a text repeat itself up to `maxTokens`.
  public var repetition: RepetitionRule?

  public init(
    maxTokens: Int, stopTokens: Set<Int32> = [], joiningTokens: [Int32] = [],
    temperature: Double = 0, topK: Int = 0, topP: Double = 1, repetitionPenalty: Double = 1,
    seed: UInt64 = 0, repetition: RepetitionRule? = .standard
  ) {
    self.maxTokens = maxTokens
    self.stopTokens = stopTokens
    self.joiningTokens = joiningTokens
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.repetitionPenalty = repetitionPenalty
    self.seed = seed
    self.repetition = repetition
  }

  func check() throws(GenerationError) {
    func require(_ holds: Bool, _ name: String, _ range: String) throws(GenerationError) {
      if !holds { throw .option(name: name, range: range) }
    }
    try require(maxTokens >= 1, "max tokens", "at least 1")
    try require(temperature >= 0 && temperature.isFinite, "temperature", "0 or more")
    try require(topK >= 0, "top k", "0 or more")
    try require(topP > 0 && topP <= 1, "top p", "more than 0 and at most 1")
    try require(
      repetitionPenalty > 0 && repetitionPenalty.isFinite, "repetition penalty", "more than 0")
  }
}

/// Why a text ended.
public enum GenerationOutcome: Sendable, Equatable {
  case stop(token: Int32)
  /// `maxTokens` were generated.
  case length
  /// Prompt and text fill the model's context.
  case context
  /// The same `period` tokens again and again: `RepetitionRule`.
  case repetition(period: Int)
}

public struct GeneratedToken: Sendable, Equatable {
  public let id: Int32
  /// Natural logarithm of the model's own probability: before penalty, temperature, top-k and top-p.
  public let logProbability: Float
  /// The model's own probability of all `joiningTokens` together in this token's place.
  public let joiningProbability: Float
  public let time: ContinuousClock.Instant
}

/// What a sequence gives: its tokens one by one, at last the summary.
public enum GenerationEvent: Sendable {
  case token(GeneratedToken)
  case end(GenerationSummary)
}

public struct GenerationSummary: Sendable, Equatable {
  public var outcome: GenerationOutcome
  public var promptTokens: Int
  /// Of these, taken from the prefix store.
  public var reusedPromptTokens: Int
  public var outputTokens: Int
  /// Between submission and the first chunk: other sequences had all places.
  public var waiting: Duration
  /// Prefill ends with the first token, decode with the last. Passes are shared: the times of sequences that run
  /// together overlap.
  public var stages: StageTimes
  /// TTFT: image preparation, vision encoding, waiting, prefill.
  public var timeToFirstToken: Duration {
    .milliseconds(stages.imagePreparation + stages.visionEncoding + stages.prefill) + waiting
  }
}

/// Why a sequence could not be generated: one line with the mend, without any text.
public enum GenerationError: Error, Sendable, Equatable, CustomStringConvertible {
  case emptyPrompt
  case promptTooLong(tokens: Int, context: Int)
  case tokenOutsideVocabulary(id: Int32, vocabulary: Int)
  case imageWidth(Int, hidden: Int)
  case option(name: String, range: String)
  case cache(CacheError)
  /// NaN or infinite logits: broken weights, or numbers beyond the range of f16.
  case notFinite(position: Int)
  /// The loop was stopped with the sequence still in it.
  case stopped

  public var description: String {
    switch self {
    case .emptyPrompt: "the prompt has no tokens"
    case .promptTooLong(let tokens, let context):
      "the prompt has \(tokens) tokens and the model's context is \(context); "
        + "lower the resolution or the model's max_pixels, or shorten the prompt"
    case .tokenOutsideVocabulary(let id, let vocabulary):
      "token \(id) is outside the model's vocabulary of \(vocabulary); "
        + "give the tokenizer.json that belongs to the weights"
    case .imageWidth(let width, let hidden):
      "image features are \(width) wide and the decoder's hidden size is \(hidden)"
    case .option(let name, let range): "\(name): give a value that is \(range)"
    case .cache(let error): error.description
    case .notFinite(let position):
      "the model's logits at position \(position) are not finite; "
        + "check the weights, or run them in a wider type"
    case .stopped: "generation was stopped"
    }
  }
}
