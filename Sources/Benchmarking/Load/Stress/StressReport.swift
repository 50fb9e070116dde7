/// What the open loop found.
public struct StressReport: Codable, Sendable, Equatable {
  /// One rate of arrivals.
  public struct Rate: Codable, Sendable, Equatable {
    /// Requests a second that came.
    public var offered: Double
    /// Requests a second that were served.
    public var served: Double
    /// Of these, within the limit.
    public var goodput: Double
    public var requests: Int
    /// Late, timed out, failed, or still open when the rate was given up.
    public var misses: Int
    public var timeouts: Int
    public var errors: Int
    public var longestQueue: Int
    /// Of all requests by nearest rank, those that were not served counted as endless; nil where that one is endless.
    public var p99: Double?
    /// Of those that were served, as in a row.
    public var latency: NamedStatistics?
    public var ttft: NamedStatistics?
    public var tpot: NamedStatistics?
    public var itl: NamedStatistics?
    public var tokensPerSecond: Double?
    public var largestPass: Int?
    public var resources: ResourceUse?
    public var holds: Bool
    /// Given up with requests still to come: its queue only grew.
    public var isCutShort: Bool

    enum CodingKeys: String, CodingKey {
      case holds
      case offered = "offered_requests_per_sec"
      case served = "throughput_requests_per_sec"
      case goodput = "goodput_requests_per_sec"
      case requests = "num_requests"
      case misses = "num_misses"
      case timeouts = "num_timeouts"
      case errors = "num_errors"
      case longestQueue = "longest_queue"
      case p99 = "p99_ms"
      case resources
      case latency = "latency_stats"
      case ttft = "ttft_stats"
      case tpot = "tpot_stats"
      case itl = "itl_stats"
      case tokensPerSecond = "throughput_tokens_per_sec"
      case largestPass = "largest_pass"
      case isCutShort = "cut_short"
    }
  }

  public var batchSize: Int
  public var inputLength: Int
  public var name: String?
  /// P99 of E2E, milliseconds.
  public var limit: Double
  /// Of one request after another, before any load.
  public var unloaded: NamedStatistics?
  /// In the order they were tried.
  public var rates: [Rate] = []
  /// Of the requests of all rates that were finished, together; absent from older files, and where none was.
  public var overall: LoadRow?
  /// The highest rate that held, and the lowest that was lost.
  public var capacity: Double?
  public var lost: Double?
  /// Why it ended.
  public var ending = ""

  enum CodingKeys: String, CodingKey {
    case name, unloaded, rates, overall, ending
    case batchSize = "batch_size"
    case inputLength = "input_length"
    case limit = "p99_limit_ms"
    case capacity = "max_requests_per_sec"
    case lost = "lost_requests_per_sec"
  }
}

extension StressReport.Rate {
  /// - Parameters:
  ///   - row: the run's.
  ///   - limit: of P99, milliseconds.
  init(_ run: LoadRun, row: LoadRow, offered: Double, limit: Double) {
    let completed = run.traces.filter(\.isCompleted).map(\.latency)
    let good = completed.count { $0 <= limit }
    let count = run.traces.count
    let rank = StressTest.rank(of: count)
    self.offered = offered
    served = row.requestsPerSecond
    goodput = row.goodput ?? 0
    requests = count
    misses = count - good
    timeouts = row.timeouts
    errors = run.traces.count { if case .failed = $0.outcome { true } else { false } }
    longestQueue = run.longestQueue
    p99 = rank <= completed.count && count > 0 ? completed.sorted()[rank - 1] : nil
    (latency, ttft, tpot, itl) = (row.latency, row.ttft, row.tpot, row.itl)
    tokensPerSecond = row.tokensPerSecond
    largestPass = row.largestPass
    resources = row.resources
    holds = !run.isStopped && count > 0 && good >= rank
    isCutShort = run.isStopped
  }
}
