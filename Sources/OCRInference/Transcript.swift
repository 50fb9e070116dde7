/// What came of one page: the text, how it ended, and when each piece came.
public struct Transcript: Sendable, Equatable, Codable {
  /// In transcript form (`TranscriptText`): one text line a line, no blank lines.
  public var text: String
  /// How sure the engine was, one value a character (grapheme cluster) of `text`; nil for engines that do not say.
  public var confidences: Confidences?
  /// Values the engine named itself (JSON output), in its order; nil for plain text.
  public var fields: [NamedValue]?
  public var outcome: PageOutcome
  public var timing: PageTiming
  /// What the local engine did; nil for other engines.
  public var inference: InferenceRecord?

  public init(
    text: String, confidences: Confidences? = nil, fields: [NamedValue]? = nil,
    outcome: PageOutcome, timing: PageTiming, inference: InferenceRecord? = nil
  ) {
    self.text = text
    self.confidences = confidences
    self.fields = fields
    self.outcome = outcome
    self.timing = timing
    self.inference = inference
  }

  public struct NamedValue: Sendable, Equatable, Codable {
    public var key: String
    public var value: String
    /// Row of a list, from 1.
    public var row: Int?

    public init(key: String, value: String, row: Int? = nil) {
      self.key = key
      self.value = value
      self.row = row
    }
  }
}

/// How the reading of a page ended. Everything but `.read` is an SLA miss.
public struct PageOutcome: Sendable, Equatable, Codable {
  public enum Status: String, Sendable, Codable, CaseIterable {
    case read
    case empty
    case exited
    case crashed
    case timedOut = "timed-out"
    case unreadableOutput = "unreadable-output"
    /// The model repeated itself and was stopped.
    case repeated
    /// The model came to its greatest number of tokens before it ended.
    case truncated
  }

  public var status: Status
  /// `exit code 3`, `signal 11`; nil when read.
  public var detail: String?
  /// The tail of standard error, kept as evidence; nil when read.
  public var diagnostics: String?

  public init(status: Status, detail: String? = nil, diagnostics: String? = nil) {
    self.status = status
    self.detail = detail
    self.diagnostics = diagnostics
  }
}

/// Times of one page in milliseconds from the moment it was handed to the engine.
public struct PageTiming: Sendable, Equatable, Codable {
  /// To the first chunk with non-empty content; nil where none came.
  public var ttft: Double?
  /// To the last content chunk, or to the failure.
  public var endToEnd: Double
  /// (t_last − t_first)/(n − 1) over tokens; nil for n < 2 or an engine that streams no tokens.
  public var tpot: Double?
  /// Tokens of output, where the engine counts them.
  public var outputTokens: Int?
  public var chunks: Int

  enum CodingKeys: String, CodingKey {
    case ttft = "ttft_ms"
    case endToEnd = "e2e_ms"
    case tpot = "tpot_ms"
    case outputTokens = "output_tokens"
    case chunks
  }

  public init(
    ttft: Double?, endToEnd: Double, tpot: Double? = nil, outputTokens: Int? = nil, chunks: Int
  ) {
    self.ttft = ttft
    self.endToEnd = endToEnd
    self.tpot = tpot
    self.outputTokens = outputTokens
    self.chunks = chunks
  }
}
