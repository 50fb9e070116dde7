/// One labelled run of `medbench bench prefill` as a history keeps it.
public struct RecordedPrefill: Codable, Sendable, Equatable {
  public var label: String
  /// ISO 8601, UTC.
  public var recordedAt: String
  public var medbenchVersion: String
  public var model: String
  public var weightType: String
  public var cacheType: String
  public var instructionSet: String
  public var threads: Int
  public var promptTokens: Int
  public var context: Int
  public var batch: Int
  public var microBatch: Int
  public var mergesSmallTail: Bool
  public var repeats: Int
  /// The median repetition's.
  public var millisecondsPerToken: Double

  enum CodingKeys: String, CodingKey {
    case label, model, threads, repeats
    case recordedAt = "recorded_at"
    case medbenchVersion = "medbench_version"
    case weightType = "weight_type"
    case cacheType = "cache_type"
    case instructionSet = "instruction_set"
    case promptTokens = "prompt_tokens"
    case context = "n_ctx"
    case batch = "n_batch"
    case microBatch = "n_ubatch"
    case mergesSmallTail = "merge_small_tail"
    case millisecondsPerToken = "ms_per_token"
  }

  public init(
    label: String, recordedAt: String, medbenchVersion: String, model: String, weightType: String,
    cacheType: String, instructionSet: String, threads: Int, promptTokens: Int, context: Int,
    batch: Int, microBatch: Int, mergesSmallTail: Bool, repeats: Int, millisecondsPerToken: Double
  ) {
    self.label = label
    self.recordedAt = recordedAt
    self.medbenchVersion = medbenchVersion
    self.model = model
    self.weightType = weightType
    self.cacheType = cacheType
    self.instructionSet = instructionSet
    self.threads = threads
    self.promptTokens = promptTokens
    self.context = context
    self.batch = batch
    self.microBatch = microBatch
    self.mergesSmallTail = mergesSmallTail
    self.repeats = repeats
    self.millisecondsPerToken = millisecondsPerToken
  }

  public var tokensPerSecond: Double { 1000 / millisecondsPerToken }
}

/// How prompt evaluation came along from label to label: the runs of the newest one's model and prompt length. Settings
/// may differ, for they are what is tried.
public struct PrefillTrend: Codable, Sendable, Equatable {
  /// Oldest first.
  public var runs: [RecordedPrefill]
  /// How many runs are of another model or prompt length.
  public var leftOut: Int

  enum CodingKeys: String, CodingKey {
    case runs
    case leftOut = "left_out"
  }

  /// - Parameter all: oldest first.
  public init(_ all: [RecordedPrefill]) {
    guard let newest = all.last else {
      (runs, leftOut) = ([], 0)
      return
    }
    runs = all.filter { $0.model == newest.model && $0.promptTokens == newest.promptTokens }
    leftOut = all.count - runs.count
  }

  /// The share of the first run's time a token that this one saves: 0.45 where 168.82 ms became 93.02; negative where it
  /// became slower.
  public func change(of run: RecordedPrefill) -> Double {
    1 - run.millisecondsPerToken / runs[0].millisecondsPerToken
  }
}
