import Foundation

/// What `medbench bench load` measured.
public struct LoadReport: BenchReport, Equatable {
  public static let benchmark = "load"
  public static let schemaVersion = 1

  /// What was asked, of what, and where.
  public struct Metadata: Codable, Sendable, Equatable {
    /// `local`, `tesseract` or `command`.
    public var engine: String
    public var model: String
    /// How weights and cache are kept; absent for another engine.
    public var weightType: String?
    public var cacheType: String?
    public var threads: Int?
    public var instructionSet: String?
    public var mode: LoadMode
    /// Pages and no prompts; absent from older files.
    public var readsPages: Bool?
    /// Of pages: whether those in flight are decoded in the same forward passes, or one goes after another; absent from
    /// older files, where each did.
    public var decodesPagesTogether: Bool?
    public var warmup: Int
    public var iterations: Int
    public var timeoutSeconds: Double
    /// Of E2E, for goodput and stress.
    public var latencyLimit: Double?
    public var seed: UInt64
    public var platform: String
    public var processors: Int
    public var memoryGiB: Double

    enum CodingKeys: String, CodingKey {
      case engine, model, threads, mode, warmup, iterations, seed, platform, processors
      case weightType = "weight_type"
      case cacheType = "cache_type"
      case instructionSet = "instruction_set"
      case readsPages = "reads_pages"
      case decodesPagesTogether = "pages_together"
      case timeoutSeconds = "timeout_sec"
      case latencyLimit = "latency_limit_ms"
      case memoryGiB = "memory_gb"
    }

    public init(engine: String, model: String, settings: LoadSettings) {
      self.engine = engine
      self.model = model
      mode = settings.mode
      warmup = settings.warmup
      iterations = settings.iterations
      timeoutSeconds = settings.timeout / 1000
      latencyLimit = settings.latencyLimit
      seed = settings.seed
      platform = ProcessInfo.processInfo.operatingSystemVersionString
      processors = ProcessInfo.processInfo.activeProcessorCount
      memoryGiB = Double(ProcessInfo.processInfo.physicalMemory) / Double(1 << 30)
    }
  }

  public var schema = LoadReport.schemaVersion
  public var benchmark = LoadReport.benchmark
  public var metadata: Metadata
  /// When it began, ISO 8601.
  public var timestamp: String
  public var results: [LoadRow] = []
  public var stress: StressReport?
  public var soak: SoakReport?
  /// Stopped before all was measured.
  public var isPartial = false

  enum CodingKeys: String, CodingKey {
    case benchmark, metadata, timestamp, results, stress, soak
    case schema = "schema_version"
    case isPartial = "partial"
  }

  public init(metadata: Metadata, timestamp: Date = .now) {
    self.metadata = metadata
    self.timestamp = timestamp.ISO8601Format()
  }
}
