/// What hours of the same load gave.
public struct SoakReport: Codable, Sendable, Equatable {
  /// Memory is absent where the kernel does not say.
  public struct Sample: Codable, Sendable, Equatable {
    public var seconds: Double
    public var latency: Double
    public var gibibytes: Double?

    enum CodingKeys: String, CodingKey {
      case seconds
      case latency = "latency_ms"
      case gibibytes = "memory_gb"
    }
  }

  public var batchSize: Int
  public var inputLength: Int
  public var outputLength: Int?
  public var name: String?
  public var seconds = 0.0
  public var requests = 0
  /// Those that failed, time-outs among them.
  public var errors = 0
  public var timeouts = 0
  public var requestsPerSecond = 0.0
  /// Of the samples.
  public var latency: NamedStatistics?
  public var latencyDrift: Drift?
  public var memoryDrift: Drift?
  public var resources: ResourceUse?
  /// Every request's, or every second, fourth and so on of a long run.
  public var samples: [Sample] = []
  /// `stable`, or what drifts.
  public var verdict = ""

  enum CodingKeys: String, CodingKey {
    case name, samples, resources, verdict
    case batchSize = "batch_size"
    case inputLength = "input_length"
    case outputLength = "output_length"
    case seconds = "wall_time_sec"
    case requests = "num_requests"
    case errors = "num_errors"
    case timeouts = "num_timeouts"
    case requestsPerSecond = "throughput_requests_per_sec"
    case latency = "latency_stats"
    case latencyDrift = "latency_drift"
    case memoryDrift = "memory_drift"
  }

  /// What the figures say.
  func judged() -> String {
    var words: [String] = []
    if errors > 0 { words.append("\(errors) of \(requests) requests failed") }
    for (name, drift) in [("latency", latencyDrift), ("memory", memoryDrift)] {
      guard let drift, drift.isDrifting else { continue }
      let share = (abs(drift.change) * 100).fixed(1)
      words.append("\(name) \(drift.slope > 0 ? "rises" : "falls") by \(share) % over the run")
    }
    if words.isEmpty, latencyDrift == nil {
      return "too few requests to judge: \(Drift.fewest) are the least"
    }
    return words.isEmpty ? "stable" : words.joined(separator: "; ")
  }
}
