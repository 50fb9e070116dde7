/// The text of one sequence, chunk by chunk as its tokens come. The token that ends it is no text, but weighs the last
/// character.
struct SequenceText {
  private let stopTokens: Set<Int32>
  private var streaming: StreamingText
  private var endLogProbability: Float?
  private var firstToken: ContinuousClock.Instant?
  private var lastToken: ContinuousClock.Instant?

  init(model: LocalModel) {
    stopTokens = model.stopTokens
    streaming = StreamingText(tokenizer: model.tokenizer)
  }

  /// nil for the token that ends the text.
  mutating func add(_ token: GeneratedToken) -> TextChunk? {
    (firstToken, lastToken) = (firstToken ?? token.time, token.time)
    guard !stopTokens.contains(token.id) else {
      endLogProbability = token.logProbability
      return nil
    }
    let text = streaming.add(
      token.id, logProbability: token.logProbability,
      joiningProbability: token.joiningProbability)
    return TextChunk(text, tokens: 1, time: token.time)
  }

  /// The rest of the text; no token may be added afterwards.
  mutating func finish() -> TextChunk {
    TextChunk(
      streaming.finish(endLogProbability: endLogProbability), tokens: 0, time: lastToken ?? .now)
  }

  func decoded(_ summary: GenerationSummary) -> LocalEngine.DecodedStrip {
    LocalEngine.DecodedStrip(summary: summary, firstToken: firstToken, lastToken: lastToken)
  }
}
