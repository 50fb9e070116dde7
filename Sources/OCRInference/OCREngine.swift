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

  public init(id: String, image: PageImage, dpi: Int) {
    self.id = id
    self.image = image
    self.dpi = dpi
  }
}

/// A piece of output. `tokens` is how many tokens it holds, where the engine knows; `fields` are
/// values it named itself, where it does that.
public struct TextChunk: Sendable {
  public var text: String
  public var tokens: Int?
  public var fields: [Transcript.NamedValue]?
  public var time: ContinuousClock.Instant

  public init(
    text: String, tokens: Int? = nil, fields: [Transcript.NamedValue]? = nil,
    time: ContinuousClock.Instant = .now
  ) {
    self.text = text
    self.tokens = tokens
    self.fields = fields
    self.time = time
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
}
