/// One sequence in the batch: where its prompt stands, what it said last, and when.
final class SequenceState {
  let id: ContinuousBatch.SequenceID
  let options: GenerationOptions
  /// Most tokens it may give: `maxTokens` or what the context leaves.
  let limit: Int
  let promptTokens: Int
  /// Let go after prefill: image features are large.
  private(set) var prompt: EmbeddedPrompt?
  private(set) var cache: (any KVCache)?
  /// Prompt rows that the cache holds.
  var prefilled = 0
  private(set) var reused = 0
  private(set) var generated = 0
  private(set) var lastToken: Int32 = 0
  private var nextPosition: Int32
  private var sampler: TokenSampler
  private var detector: RepetitionDetector?

  private let imagePreparation: Duration
  private let visionEncoding: Duration
  private let submitted = ContinuousClock.now
  private var started = ContinuousClock.now
  private var firstToken = ContinuousClock.now

  init(
    id: ContinuousBatch.SequenceID, prompt: EmbeddedPrompt, options: GenerationOptions,
    contextLength: Int
  ) {
    self.id = id
    self.prompt = prompt
    self.options = options
    promptTokens = prompt.count
    limit = min(options.maxTokens, contextLength - prompt.count)
    nextPosition = prompt.nextPosition
    sampler = TokenSampler(options: options, prompt: prompt.ids)
    detector = options.repetition.map(RepetitionDetector.init)
    imagePreparation = prompt.imagePreparation
    visionEncoding = prompt.visionEncoding
  }

  var isDecoding: Bool { generated > 0 }
  var remaining: Int { promptTokens - prefilled }
  /// Position of the row that feeds the last token.
  var position: RotaryPosition { RotaryPosition(nextPosition + Int32(generated) - 1) }

  /// Gets its cache, the first rows of it filled from the store.
  func begin(cache: any KVCache, store: PrefixStore) {
    started = .now
    self.cache = cache
    if let prompt { reused = store.reuse(prompt, into: cache) }
    prefilled = reused
  }

  /// Takes the next token from its logits.
  /// - Returns: nil where they are not finite.
  func advance(_ logits: UnsafeMutableBufferPointer<Float>) -> (GeneratedToken, GenerationOutcome?)?
  {
    prompt = nil
    guard let choice = sampler.choose(logits) else { return nil }
    let token = GeneratedToken(
      id: choice.id, logProbability: choice.logProbability,
      joiningProbability: choice.joiningProbability, time: .now)
    if generated == 0 { firstToken = token.time }
    generated += 1
    lastToken = choice.id
    let loop = detector?.add(choice.id)
    return (token, outcome(loop: loop))
  }

  private func outcome(loop: Int?) -> GenerationOutcome? {
    if options.stopTokens.contains(lastToken) { return .stop(token: lastToken) }
    if let loop { return .repetition(period: loop) }
    guard generated >= limit else { return nil }
    return generated >= options.maxTokens ? .length : .context
  }

  func summary(_ outcome: GenerationOutcome, end: ContinuousClock.Instant) -> GenerationSummary {
    GenerationSummary(
      outcome: outcome, promptTokens: promptTokens, reusedPromptTokens: reused,
      outputTokens: generated, waiting: started - submitted,
      stages: StageTimes(
        imagePreparation: imagePreparation.milliseconds,
        visionEncoding: visionEncoding.milliseconds,
        prefill: (firstToken - started).milliseconds, decode: (end - firstToken).milliseconds))
  }
}
