/// What came of one request. Times are milliseconds on the server's clock.
public struct RequestTrace: Sendable {
  public enum Outcome: Sendable, Equatable {
    case completed
    case timedOut
    case failed(String)
    /// The run was stopped with it still open.
    case abandoned
  }

  public var request: Int
  public var inputTokens: Int
  /// When it should have been sent. Latencies count from here, however late the server came to take it: a server that
  /// stalls must answer for all who came meanwhile (no coordinated omission).
  public var scheduled: Double
  public var started: Double?
  public var tokenTimes: [Double] = []
  public var end: Double
  public var outcome: Outcome
  public var page: LoadEnd.Page?

  public init(
    request: Int, inputTokens: Int, scheduled: Double, end: Double, outcome: Outcome = .abandoned
  ) {
    self.request = request
    self.inputTokens = inputTokens
    self.scheduled = scheduled
    self.end = end
    self.outcome = outcome
  }

  public var isCompleted: Bool { outcome == .completed }

  /// E2E; of one that failed, until it was given up.
  public var latency: Double { end - scheduled }

  /// TTFT: waiting included.
  public var timeToFirstToken: Double? {
    (page == nil ? tokenTimes.first : page?.firstToken).map { $0 - scheduled }
  }

  /// TPOT: (t_last − t_first) / (n − 1); nil for fewer than two tokens.
  public var timePerToken: Double? {
    if let page { return page.millisecondsPerToken }
    guard let first = tokenTimes.first, let last = tokenTimes.last, tokenTimes.count > 1 else {
      return nil
    }
    return (last - first) / Double(tokenTimes.count - 1)
  }

  /// ITL: the gaps between tokens. Lines of a page come together, so a page has none.
  public var interTokenLatencies: [Double] {
    zip(tokenTimes.dropFirst(), tokenTimes).map { $0 - $1 }
  }

  /// nil where the engine does not count them.
  public var outputTokens: Int? { page == nil ? tokenTimes.count : page?.outputTokens }
}
