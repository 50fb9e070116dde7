import Foundation
import OCRInference

/// What `medbench bench kv` measured: `results.json`, with the keys of the source document and a few more.
public struct KVReport: Codable, Sendable, Equatable {
  public static let schemaVersion = 1

  public struct Config: Codable, Sendable, Equatable {
    public var schema = KVReport.schemaVersion
    public var modelID: String
    public var method: String
    public var numSamples: Int
    public var maxTokens: Int
    public var maxNewTokens: Int
    public var startSize: Int
    public var recentSizes: [Int]
    public var skipLayers: [Int]
    /// `20241230_153045`, as in the directory's name.
    public var timestamp: String
    /// What was foreseen.
    public var text: Text
    public var weightType: WeightType
    public var cacheType: WeightType
    public var threads: Int
    public var instructionSet: String
    public var seed: UInt64
    /// Stopped before its last case.
    public var isPartial = false

    enum CodingKeys: String, CodingKey {
      case schema, method, timestamp, text, threads, seed
      case modelID = "model_id"
      case numSamples = "num_samples"
      case maxTokens = "max_tokens"
      case maxNewTokens = "max_new_tokens"
      case startSize = "start_size"
      case recentSizes = "recent_sizes"
      case skipLayers = "skip_layers"
      case weightType = "weight_type"
      case cacheType = "cache_type"
      case instructionSet = "instruction_set"
      case isPartial = "partial"
    }

    public init(
      _ benchmark: KVBenchmark, method: KVMethod, startSize: Int, recentSizes: [Int],
      skipLayers: [Int], timestamp: String, text: Text, seed: UInt64
    ) {
      modelID = benchmark.model.name
      self.method = method.rawValue
      numSamples = benchmark.samples.count
      maxTokens = benchmark.samples[0].count
      maxNewTokens = benchmark.maxNewTokens
      self.startSize = startSize
      self.recentSizes = recentSizes
      self.skipLayers = skipLayers
      self.timestamp = timestamp
      self.text = text
      weightType = benchmark.model.weightType
      cacheType = benchmark.cacheType
      threads = benchmark.model.decoder.pool.threads
      instructionSet = ThreadPool.instructionSet
      self.seed = seed
    }
  }

  /// Where the samples' tokens come from.
  public enum Text: String, Codable, Sendable {
    case transcripts
    case file
    /// Of a model without a tokenizer: their perplexity says nothing of the model.
    case randomIDs = "random ids"
  }

  /// A case over all its samples.
  public struct Statistics: Codable, Sendable, Equatable {
    public var ttft: Double
    public var tpot: Double
    public var throughput: Double
    /// Over all samples' tokens together.
    public var perplexity: Double
    public var accuracy: Double
    public var peakVRAM = 0.0
    /// The samples' highest; nil where one of them is not known.
    public var peakMemory: Double?
    /// The samples' highest.
    public var allocatedMemory: Double
    public var expectedMemory: Double
    public var cacheMemory: Double
    public var cacheSize: Int
    /// Documents read under this policy; nil where none were.
    public var ocr: KVReading?

    enum CodingKeys: String, CodingKey {
      case ttft, tpot, throughput, perplexity, accuracy, ocr
      case peakVRAM = "peak_vram_gb"
      case peakMemory = "peak_memory_gb"
      case allocatedMemory = "allocated_memory_gb"
      case expectedMemory = "expected_memory_gb"
      case cacheMemory = "cache_gb"
      case cacheSize = "cache_size"
    }
  }

  public struct Baseline: Codable, Sendable, Equatable {
    public var perplexity: Double
    public var accuracy: Double
    public var throughput: Double
    public var tpot: Double
  }

  public var config: Config
  public var rawResults: [KVResult]
  /// By the case's name.
  public var aggregatedStats: [String: Statistics]
  /// nil where not even the full cache was measured.
  public var baselineStats: Baseline?

  enum CodingKeys: String, CodingKey {
    case config
    case rawResults = "raw_results"
    case aggregatedStats = "aggregated_stats"
    case baselineStats = "baseline_stats"
  }

  /// - Parameters:
  ///   - results: in the order they were run, the full cache's first; none where it was stopped before.
  ///   - caseCount: of the benchmark; fewer results than it has cases and samples are partial.
  public init(config: Config, results: [KVResult], caseCount: Int) {
    self.config = config
    self.config.isPartial = results.count < caseCount * config.numSamples
    rawResults = results
    aggregatedStats = Dictionary(grouping: results, by: \.method).mapValues(Statistics.init)
    baselineStats = aggregatedStats[KVCase.baseline.name].map { full in
      Baseline(
        perplexity: full.perplexity, accuracy: full.accuracy, throughput: full.throughput,
        tpot: full.tpot)
    }
  }

  /// The cases' names in the order they were run.
  public var methods: [String] {
    var names: [String] = []
    for result in rawResults where !names.contains(result.method) { names.append(result.method) }
    return names
  }
}

extension KVReport.Statistics {
  /// - Parameter results: of one case, at least one.
  init(_ results: [KVResult]) {
    func mean(_ value: (KVResult) -> Double) -> Double {
      SampleSummary(results.map(value))!.mean
    }
    ttft = mean(\.ttft)
    tpot = mean(\.tpot)
    throughput = mean(\.throughput)
    // Samples are equally long, so the mean surprise of all tokens is that of the samples' means.
    perplexity = exp(mean { log($0.perplexity) })
    accuracy = mean(\.accuracy)
    let peaks = results.compactMap(\.peakMemory)
    peakMemory = peaks.count == results.count ? peaks.max() : nil
    allocatedMemory = results.map(\.allocatedMemory).max() ?? 0
    expectedMemory = results[0].expectedMemory
    cacheMemory = results.map(\.cacheMemory).max() ?? 0
    cacheSize = results[0].cacheSize
  }
}
