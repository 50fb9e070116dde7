/// One case on one sample.
public struct KVResult: Codable, Sendable, Equatable {
  public var method: String
  /// From 0.
  public var sample: Int
  /// Seconds to the first token, and of each further one.
  public var ttft: Double
  public var tpot: Double
  /// Tokens a second, the prompt's time counted too.
  public var throughput: Double
  public var perplexity: Double
  /// Share of the next tokens that had the highest logit.
  public var accuracy: Double
  /// Memory of a graphics card: there is none here.
  public var peakVRAM = 0.0
  /// GiB of the whole process while it generated; nil where the system does not let it be known.
  public var peakMemory: Double?
  /// GiB that weights, cache, buffers and the kernels' scratch held at most while it generated.
  public var allocatedMemory: Double
  /// GiB of weights and cache, by their shapes.
  public var expectedMemory: Double
  /// GiB that the cache used at most.
  public var cacheMemory: Double
  /// Slots at the end of the sample, of the layers that drop rows.
  public var cacheSize: Int

  enum CodingKeys: String, CodingKey {
    case method, sample, ttft, tpot, throughput, perplexity, accuracy
    case peakVRAM = "peak_vram_gb"
    case peakMemory = "peak_memory_gb"
    case allocatedMemory = "allocated_memory_gb"
    case expectedMemory = "expected_memory_gb"
    case cacheMemory = "cache_gb"
    case cacheSize = "final_cache_size"
  }

  public init(
    method: String, sample: Int, ttft: Double, tpot: Double, throughput: Double,
    perplexity: Double, accuracy: Double, peakMemoryBytes: Int?, allocatedMemoryBytes: Int,
    expectedMemoryBytes: Int, cacheBytes: Int, cacheSize: Int
  ) {
    self.method = method
    self.sample = sample
    self.ttft = ttft
    self.tpot = tpot
    self.throughput = throughput
    self.perplexity = perplexity
    self.accuracy = accuracy
    // The source's GB is 1024³ bytes.
    func gibibytes(_ bytes: Int) -> Double { Double(bytes) / Double(1 << 30) }
    peakMemory = peakMemoryBytes.map(gibibytes)
    allocatedMemory = gibibytes(allocatedMemoryBytes)
    expectedMemory = gibibytes(expectedMemoryBytes)
    cacheMemory = gibibytes(cacheBytes)
    self.cacheSize = cacheSize
  }
}

/// What was read of document pages under a cache policy.
public struct KVReading: Codable, Sendable, Equatable {
  public var pages: Int
  /// Pages on which the engine failed; they count as empty.
  public var failedPages: Int
  /// Mean of the pages' character error rates; nil where every page is blank.
  public var cer: Double?
  /// Critical fields that the pages have, and those that were not read right.
  public var criticalFields: Int
  public var lostCriticalFields: Int

  enum CodingKeys: String, CodingKey {
    case pages, cer
    case failedPages = "failed_pages"
    case criticalFields = "critical_fields"
    case lostCriticalFields = "lost_critical_fields"
  }

  public init(
    pages: Int, failedPages: Int, cer: Double?, criticalFields: Int, lostCriticalFields: Int
  ) {
    self.pages = pages
    self.failedPages = failedPages
    self.cer = cer
    self.criticalFields = criticalFields
    self.lostCriticalFields = lostCriticalFields
  }
}
