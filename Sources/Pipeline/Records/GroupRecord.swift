import DocProfiles
import OCRInference
import Scoring

/// One document type at one DPI: its documents, what they come to, and the verdict.
public struct GroupRecord: Codable, Sendable, Equatable {
  public var type: DocumentType
  public var dpi: Int
  public var documents: [DocumentRecord]
  public var aggregates: GroupAggregates
  public var verdict: Verdict

  public init(
    type: DocumentType, dpi: Int, documents: [DocumentRecord], aggregates: GroupAggregates,
    verdict: Verdict
  ) {
    self.type = type
    self.dpi = dpi
    self.documents = documents
    self.aggregates = aggregates
    self.verdict = verdict
  }
}

/// One document as it was read, page by page.
public struct DocumentRecord: Codable, Sendable, Equatable {
  public var id: String
  public var pages: [PageRecord]
  /// High-water mark of medbench itself, and of the largest program an engine ran, up to the end of
  /// this document, in bytes of resident set; 0 where the kernel does not say.
  public var peakMemoryBytes: UInt64
  public var peakChildMemoryBytes: UInt64

  enum CodingKeys: String, CodingKey {
    case id, pages
    case peakMemoryBytes = "peak_memory_bytes"
    case peakChildMemoryBytes = "peak_child_memory_bytes"
  }

  public init(
    id: String, pages: [PageRecord], peakMemoryBytes: UInt64 = 0, peakChildMemoryBytes: UInt64 = 0
  ) {
    self.id = id
    self.pages = pages
    self.peakMemoryBytes = peakMemoryBytes
    self.peakChildMemoryBytes = peakChildMemoryBytes
  }
}

/// One page: what it was, what was read, and how right that is.
public struct PageRecord: Codable, Sendable, Equatable {
  /// `prescription-0001/1`: document and page number, from 1.
  public var id: String
  /// The PNG, relative to the dataset.
  public var image: String
  /// SHA-256 of the PNG; nil in results from before it was kept.
  public var imageHash: String?
  /// At the set DPI, in pixels.
  public var width: Int
  public var height: Int
  /// Whether the page was enlarged from a lower DPI: its detail is invented.
  public var upsampled: Bool
  /// Image tokens by Qwen2-VL's smart_resize at this DPI.
  public var imageTokens: Int
  /// Reading, resampling and degrading the page, in milliseconds; no part of any latency.
  public var preparation: Double
  public var transcript: Transcript
  /// The truth's text, so that a report needs no dataset.
  public var reference: String
  /// Code points of the truth's text that say whom the page is about, by its fields: what
  /// `redacted()` hides beside what it recognises. nil in older results.
  public var personal: [Range<Int>]?
  public var score: PageScore

  enum CodingKeys: String, CodingKey {
    case id, image, width, height, upsampled, transcript, reference, personal, score
    case imageHash = "image_sha256"
    case imageTokens = "image_tokens"
    case preparation = "preparation_ms"
  }

  public init(
    id: String, image: String, imageHash: String? = nil, width: Int, height: Int, upsampled: Bool,
    imageTokens: Int, preparation: Double, transcript: Transcript, reference: String,
    personal: [Range<Int>]? = nil,
    score: PageScore
  ) {
    self.id = id
    self.image = image
    self.imageHash = imageHash
    self.width = width
    self.height = height
    self.upsampled = upsampled
    self.imageTokens = imageTokens
    self.preparation = preparation
    self.transcript = transcript
    self.reference = reference
    self.personal = personal
    self.score = score
  }
}

/// What a group's pages come to.
public struct GroupAggregates: Codable, Sendable, Equatable {
  public var documentCount: Int
  public var pageCount: Int
  /// Pages by how they ended, `read` included.
  public var outcomes: [String: Int]
  public var upsampledPages: Int
  public var cer: RateAggregate?
  public var boundedCER: RateAggregate?
  public var wer: RateAggregate?
  public var clinicalWER: RateAggregate?
  public var blankPages: Int
  public var blankPagesPassed: Int
  /// In the profile's order of critical fields.
  public var fields: [FieldTally]
  /// Of documents, in milliseconds: the sum of a document's pages, a failed page counted as at
  /// least the time-out.
  public var latency: LatencySummary?
  /// Of pages, in milliseconds.
  public var pageLatency: LatencySummary?
  public var ttft: LatencySummary?
  /// nil where the engine streams no tokens.
  public var tpot: LatencySummary?
  public var documentsPerMinute: Double?
  public var meanImageTokens: Double
  /// The documents' highest.
  public var peakMemoryBytes: UInt64
  public var peakChildMemoryBytes: UInt64

  enum CodingKeys: String, CodingKey {
    case outcomes, cer, wer, fields
    case documentCount = "documents"
    case pageCount = "pages"
    case upsampledPages = "upsampled_pages"
    case boundedCER = "bounded_cer"
    case clinicalWER = "clinical_wer"
    case blankPages = "blank_pages"
    case blankPagesPassed = "blank_pages_passed"
    case latency = "latency_ms"
    case pageLatency = "page_latency_ms"
    case ttft = "ttft_ms"
    case tpot = "tpot_ms"
    case documentsPerMinute = "documents_per_minute"
    case meanImageTokens = "mean_image_tokens"
    case peakMemoryBytes = "peak_memory_bytes"
    case peakChildMemoryBytes = "peak_child_memory_bytes"
  }

  public init(
    documentCount: Int, pageCount: Int, outcomes: [String: Int], upsampledPages: Int,
    cer: RateAggregate?, boundedCER: RateAggregate?, wer: RateAggregate?,
    clinicalWER: RateAggregate?, blankPages: Int, blankPagesPassed: Int, fields: [FieldTally],
    latency: LatencySummary?, pageLatency: LatencySummary?, ttft: LatencySummary?,
    tpot: LatencySummary?, documentsPerMinute: Double?, meanImageTokens: Double,
    peakMemoryBytes: UInt64, peakChildMemoryBytes: UInt64
  ) {
    self.documentCount = documentCount
    self.pageCount = pageCount
    self.outcomes = outcomes
    self.upsampledPages = upsampledPages
    self.cer = cer
    self.boundedCER = boundedCER
    self.wer = wer
    self.clinicalWER = clinicalWER
    self.blankPages = blankPages
    self.blankPagesPassed = blankPagesPassed
    self.fields = fields
    self.latency = latency
    self.pageLatency = pageLatency
    self.ttft = ttft
    self.tpot = tpot
    self.documentsPerMinute = documentsPerMinute
    self.meanImageTokens = meanImageTokens
    self.peakMemoryBytes = peakMemoryBytes
    self.peakChildMemoryBytes = peakChildMemoryBytes
  }
}
