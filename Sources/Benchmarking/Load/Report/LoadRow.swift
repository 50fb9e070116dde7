/// A row of the report: so many sequences together, of such a length. The keys are the source document's, and ours.
public struct LoadRow: Codable, Sendable, Equatable {
  public var batchSize: Int
  public var inputLength: Int
  /// Tokens generated a request; absent where the engine does not count them.
  public var outputLength: Int?
  /// A workload or a document type; absent for prompts of one length.
  public var name: String?
  public var wallSeconds = 0.0
  public var tokensPerSecond: Double?
  public var requestsPerSecond = 0.0
  /// Requests a second within the limit; absent where none was set.
  public var goodput: Double?
  public var ttft: NamedStatistics?
  public var tpot: NamedStatistics?
  public var itl: NamedStatistics?
  public var latency: NamedStatistics?
  public var requests = 0
  /// Those that failed, time-outs among them.
  public var errors = 0
  public var timeouts = 0
  /// What the first of them said.
  public var firstError: String?
  /// Most sequences that one forward pass gave a token each.
  public var largestPass: Int?
  /// Most bytes of buffers and caches.
  public var bufferGiB: Double?
  /// Weights, caches and buffers by their sizes.
  public var expectedGiB: Double?
  public var resources: ResourceUse?
  /// Of prefix sharing: whether the prefix store was on, and the share of prompt positions that came from it.
  public var hasPrefixStore: Bool?
  public var hitRate: Double?
  /// Why it was not run.
  public var skipped: String?

  enum CodingKeys: String, CodingKey {
    case name, resources, skipped
    case batchSize = "batch_size"
    case inputLength = "input_length"
    case outputLength = "output_length"
    case wallSeconds = "wall_time_sec"
    case tokensPerSecond = "throughput_tokens_per_sec"
    case requestsPerSecond = "throughput_requests_per_sec"
    case goodput = "goodput_requests_per_sec"
    case ttft = "ttft_stats"
    case tpot = "tpot_stats"
    case itl = "itl_stats"
    case latency = "latency_stats"
    case requests = "num_requests"
    case errors = "num_errors"
    case timeouts = "num_timeouts"
    case firstError = "first_error"
    case largestPass = "largest_pass"
    case bufferGiB = "buffer_memory_gb"
    case expectedGiB = "expected_memory_gb"
    case hasPrefixStore = "prefix_store"
    case hitRate = "kv_hit_rate"
  }

  public init(batchSize: Int, input: any LoadInput) {
    self.batchSize = batchSize
    inputLength = input.inputLength
    outputLength = input.outputLength
    name = input.name
  }

  /// - Parameters:
  ///   - runs: one a batch; their walls add up.
  ///   - limit: of E2E, milliseconds, for goodput.
  public init(
    batchSize: Int, input: any LoadInput, runs: [LoadRun], limit: Double?, tally: ResourceTally
  ) {
    self.init(batchSize: batchSize, input: input)
    let traces = runs.flatMap(\.traces)
    let completed = traces.filter(\.isCompleted)
    wallSeconds = runs.reduce(0) { $0 + $1.wall } / 1000
    requests = traces.count
    errors = traces.count - completed.count
    timeouts = traces.count { $0.outcome == .timedOut }
    firstError =
      traces.lazy.compactMap { trace -> String? in
        if case .failed(let reason) = trace.outcome { reason } else { nil }
      }.first
    ttft = NamedStatistics("ttft_ms", completed.compactMap(\.timeToFirstToken))
    tpot = NamedStatistics("tpot_ms", completed.compactMap(\.timePerToken))
    itl = NamedStatistics("itl_ms", completed.flatMap(\.interTokenLatencies))
    latency = NamedStatistics("latency_ms", completed.map(\.latency))
    resources = ResourceUse(tally, requests: completed.count)
    largestPass = runs.map(\.largestPass).max().flatMap { $0 > 0 ? $0 : nil }
    bufferGiB = runs.compactMap(\.peakBytes).max().map { Double($0) / Double(1 << 30) }
    addRates(of: completed, limit: limit)
  }

  private mutating func addRates(of completed: [RequestTrace], limit: Double?) {
    let counted = completed.compactMap(\.outputTokens)
    let isCounted = counted.count == completed.count && !counted.isEmpty
    let tokens = counted.reduce(0, +)
    if outputLength == nil, isCounted { outputLength = tokens / counted.count }
    guard wallSeconds > 0 else { return }
    tokensPerSecond = isCounted ? Double(tokens) / wallSeconds : nil
    requestsPerSecond = Double(completed.count) / wallSeconds
    goodput = limit.map { limit in
      Double(completed.count { $0.latency <= limit }) / wallSeconds
    }
  }
}
