/// Something that serves requests, and whose clock times them. It works only within `step`, so that a test's server can
/// have a clock of its own and a load test of hours takes none.
public protocol LoadServer: AnyObject {
  /// Milliseconds since a moment that stays the same; never runs backwards.
  var now: Double { get }
  /// Whether there is nothing to do.
  var isIdle: Bool { get }
  /// Bytes of buffers and caches held now; nil where the server cannot know.
  var byteCount: Int? { get }

  /// - Throws: what is wrong with the request; the server goes on.
  func submit(_ request: LoadRequest) throws
  /// No further event of it comes. An unknown id is one that has ended.
  func cancel(_ id: Int)
  /// The least work there is: a forward pass, a page. Called when not idle.
  func step() async throws -> [LoadEvent]
  /// Lets time pass, idle.
  func wait(until time: Double) async throws
}

/// What happened to a request; times are the server's.
public enum LoadEvent: Sendable {
  case token(request: Int, time: Double)
  /// A forward pass gave so many sequences a token each, where a request is many sequences and its tokens are not told.
  case pass(sequences: Int)
  case end(request: Int, LoadEnd)
}

/// How a request ended.
public struct LoadEnd: Sendable {
  public enum Failure: Sendable, Equatable {
    case timedOut
    case error(String)
  }

  public var time: Double
  /// When work on it began; nil where that is not known.
  public var started: Double?
  public var failure: Failure?
  /// Of a page, what the engine's timing says; of a prompt, tokens have told it.
  public var page: Page?

  public struct Page: Sendable {
    /// nil for an engine that gives the text in one piece.
    public var firstToken: Double?
    public var outputTokens: Int?
    public var millisecondsPerToken: Double?
  }

  public init(
    time: Double, started: Double? = nil, failure: Failure? = nil, page: Page? = nil
  ) {
    self.time = time
    self.started = started
    self.failure = failure
    self.page = page
  }
}
