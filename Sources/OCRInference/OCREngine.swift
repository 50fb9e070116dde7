import PageImaging

/// Something that reads a page: text comes as it is produced, stamped when it was.
///
/// An engine sees pixels and its own settings, never the truth: this target can import neither
/// Scoring nor Datasets.
public protocol OCREngine: Sendable {
  var identity: EngineIdentity { get }

  /// Reads one page. The stream ends when the page is read, or throws an `EngineFailure`.
  /// Cancelling the consuming task must end the work, a child process included: `chunkStream`
  /// makes such a stream.
  func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error>
}

/// Who read, as reports and directory names say it: `tesseract`, `kor+eng`, `5.3.0`.
public struct EngineIdentity: Sendable, Hashable, Codable {
  public var engine: String
  public var model: String
  public var version: String
  /// Whether chunks are tokens as they are decoded, so that TPOT has a meaning.
  public var streamsTokens: Bool

  enum CodingKeys: String, CodingKey {
    case engine, model, version
    case streamsTokens = "streams_tokens"
  }

  public init(engine: String, model: String, version: String, streamsTokens: Bool) {
    self.engine = engine
    self.model = model
    self.version = version
    self.streamsTokens = streamsTokens
  }
}

/// One page for an engine. `id` is safe in logs and file names.
public struct EnginePage: Sendable {
  public var id: String
  public var image: PageImage
  public var dpi: Int
  /// What a model that is told what to do is told.
  public var prompt: String

  public init(id: String, image: PageImage, dpi: Int, prompt: String = EnginePage.defaultPrompt) {
    self.id = id
    self.image = image
    self.dpi = dpi
    self.prompt = prompt
  }
}

extension EnginePage {
  public static let defaultPrompt =
    "이 페이지에 보이는 글자를 빠짐없이, 줄 순서대로 그대로 옮겨 적으세요. 설명을 덧붙이지 마세요."
}

/// A piece of output. `tokens` is how many tokens it holds, where the engine knows; `fields` are
/// values it named itself, where it does that.
public struct TextChunk: Sendable {
  public var text: String
  /// Probabilities, one a Unicode scalar of `text`, where the engine gives them.
  public var confidences: [Float]?
  public var tokens: Int?
  public var fields: [Transcript.NamedValue]?
  /// What the local engine did, with its last chunk.
  public var inference: InferenceRecord?
  public var time: ContinuousClock.Instant

  public init(
    text: String, confidences: [Float]? = nil, tokens: Int? = nil,
    fields: [Transcript.NamedValue]? = nil, inference: InferenceRecord? = nil,
    time: ContinuousClock.Instant = .now
  ) {
    self.text = text
    self.confidences = confidences
    self.tokens = tokens
    self.fields = fields
    self.inference = inference
    self.time = time
  }

  init(
    _ text: ConfidentText, tokens: Int?, inference: InferenceRecord? = nil,
    time: ContinuousClock.Instant
  ) {
    self.init(
      text: text.text, confidences: text.confidences, tokens: tokens, inference: inference,
      time: time)
  }

  /// Something a reader could use: a character that is not white space, or a named value.
  var hasContent: Bool {
    fields?.isEmpty == false || text.unicodeScalars.contains { !$0.properties.isWhitespace }
  }
}

/// How an engine can fail on a page: an outcome of that page, never the end of a run.
/// `diagnostics` is the tail of its standard error.
public enum EngineFailure: Error, Sendable, Equatable {
  case crashed(signal: Int32, diagnostics: String)
  case exited(code: Int32, diagnostics: String)
  case timedOut(after: Duration, diagnostics: String)
  case unreadableOutput(reason: String, diagnostics: String)
  /// The model repeated itself and was stopped, or did not end within its tokens.
  case repeated(tokens: Int)
  case truncated(tokens: Int)
}
