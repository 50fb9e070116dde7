import OCRInference

/// What `medbench bench speed` measured.
public struct SpeedReport: BenchReport, Equatable {
  public static let benchmark = "speed"
  public static let schemaVersion = 1

  public struct Result: Codable, Sendable, Equatable {
    public var name: String
    public var promptTokens: Int
    public var generatedTokens: Int
    public var seconds: Double
    public var firstTokenMilliseconds: Double
    public var perTokenMilliseconds: Double?
    /// Keys and values, at most.
    public var cacheBytes: Int

    public var tokensPerSecond: Double { Double(generatedTokens) / seconds }

    enum CodingKeys: String, CodingKey {
      case name
      case promptTokens = "prompt_tokens"
      case generatedTokens = "total_tokens"
      case seconds = "elapsed_time"
      case firstTokenMilliseconds = "ttft_ms"
      case perTokenMilliseconds = "tpot_ms"
      case cacheBytes = "cache_bytes"
    }

    /// Written for readers of the file, and computed anew when it is read.
    private enum FigureKeys: String, CodingKey {
      case tokensPerSecond = "tokens_per_sec"
    }

    public func encode(to encoder: any Encoder) throws {
      var result = encoder.container(keyedBy: CodingKeys.self)
      try result.encode(name, forKey: .name)
      try result.encode(promptTokens, forKey: .promptTokens)
      try result.encode(generatedTokens, forKey: .generatedTokens)
      try result.encode(seconds, forKey: .seconds)
      try result.encode(firstTokenMilliseconds, forKey: .firstTokenMilliseconds)
      try result.encodeIfPresent(perTokenMilliseconds, forKey: .perTokenMilliseconds)
      try result.encode(cacheBytes, forKey: .cacheBytes)
      var figures = encoder.container(keyedBy: FigureKeys.self)
      try figures.encode(tokensPerSecond, forKey: .tokensPerSecond)
    }
  }

  public var schema = SpeedReport.schemaVersion
  public var benchmark = SpeedReport.benchmark
  public var model: String
  public var device = "cpu"
  public var dtype: WeightType
  public var cacheType: WeightType
  public var threads: Int
  public var instructionSet: String
  public var maxSequenceLength: Int
  public var maxGeneratedLength: Int
  public var loading: BenchModel.Loading
  public var results: [Result] = []
  public var memory: MemoryUse
  /// Whether each prompt was run under the profiler as well; `results` are of the runs without it. Absent from older files.
  public var isProfiled: Bool?
  /// How much longer the prompts took under the profiler, 0.02 is 2 %; nil where none was.
  public var profilingCost: Double?
  /// Stopped before its last prompt.
  public var isPartial = false

  enum CodingKeys: String, CodingKey {
    case benchmark, model, device, dtype, threads, results, memory
    case schema = "schema_version"
    case cacheType = "cache_type"
    case instructionSet = "instruction_set"
    case maxSequenceLength = "max_seq_len"
    case maxGeneratedLength = "max_gen_len"
    case loading = "weight_load_sec"
    case isProfiled = "profiled"
    case profilingCost = "profiling_cost"
    case isPartial = "partial"
  }

  init(_ benchmark: SpeedBenchmark) {
    model = benchmark.model.name
    dtype = benchmark.model.weightType
    cacheType = benchmark.cacheType
    threads = benchmark.model.decoder.pool.threads
    instructionSet = ThreadPool.instructionSet
    maxSequenceLength = benchmark.maxSequenceLength
    maxGeneratedLength = benchmark.maxGeneratedLength
    loading = benchmark.model.loading
    memory = MemoryUse(weights: benchmark.model.weightBytes, cache: 0, activations: 0)
  }

  /// The summary table of the source document.
  public func text() -> String {
    let rule = String(repeating: "=", count: 80)
    func column(_ text: String, _ width: Int) -> String {
      text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
    }
    var lines = [
      rule, "SUMMARY  \(model), \(dtype.rawValue), \(threads) threads", rule,
      column("Test Name", 26) + column("Prompt Len", 13) + column("Gen Tokens", 13)
        + column("Time (s)", 13) + "Tokens/sec",
      String(repeating: "-", count: 80),
    ]
    lines += results.map { result in
      column(result.name, 26) + column("\(result.promptTokens)", 13)
        + column("\(result.generatedTokens)", 13) + column(result.seconds.fixed(3), 13)
        + result.tokensPerSecond.fixed(2)
    }
    if let profilingCost {
      lines.append(
        "profiling cost \((profilingCost * 100).fixed(1)) %: the same prompts under the profiler and "
          + "without it, in turns; the speeds are those without")
    }
    if isPartial { lines.append("Stopped early: partial.") }
    lines += ["", memory.text()]
    return lines.joined(separator: "\n") + "\n"
  }
}
