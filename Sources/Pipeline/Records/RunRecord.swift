import DocProfiles
import OCRInference
import Scoring

/// A whole run, as `results.json` keeps it: what was asked, where it ran, every page, every
/// verdict. Everything a report shows is in here.
public struct RunRecord: Codable, Sendable, Equatable {
  /// Raised when a reader of the former version would misread this one.
  public static let currentSchemaVersion = 1

  public var schemaVersion: Int
  public var medbenchVersion: String
  /// ISO 8601, UTC.
  public var startedAt: String
  public var finishedAt: String
  public var configuration: RunConfiguration
  public var engine: EngineIdentity
  public var environment: RunEnvironment
  /// nil in results from before it was kept.
  public var provenance: RunProvenance?
  /// One a document type and DPI, in the order asked for.
  public var groups: [GroupRecord]
  /// Why the findings are as bad as they are: the rules that decided them. nil in older results.
  public var severityRules: [RuleNote]?
  /// One a kind of probe, type and DPI; nil where none were run.
  public var probes: [ProbeRecord]?

  /// PASS only if every group passes; a run that judged nothing fails.
  public var passed: Bool { outcome == .pass }

  public var outcome: Outcome { Outcome(all: groups.map(\.verdict.outcome)) }

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case medbenchVersion = "medbench_version"
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configuration, engine, environment, provenance, groups, probes
    case severityRules = "severity_rules"
  }

  public init(
    schemaVersion: Int = RunRecord.currentSchemaVersion, medbenchVersion: String,
    startedAt: String, finishedAt: String, configuration: RunConfiguration,
    engine: EngineIdentity, environment: RunEnvironment, provenance: RunProvenance? = nil,
    groups: [GroupRecord], severityRules: [RuleNote]? = nil, probes: [ProbeRecord]? = nil
  ) {
    self.schemaVersion = schemaVersion
    self.medbenchVersion = medbenchVersion
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.configuration = configuration
    self.engine = engine
    self.environment = environment
    self.provenance = provenance
    self.groups = groups
    self.severityRules = severityRules
    self.probes = probes
  }
}

/// What was asked for, in full: the same configuration over the same dataset is the same run.
public struct RunConfiguration: Codable, Sendable, Equatable {
  public var documentTypes: [DocumentType]
  public var dpis: [Int]
  /// As given; relative paths stay relative.
  public var dataset: String
  /// SHA-256 over the dataset's ground-truth files, which name their pages' own hashes.
  public var datasetHash: String
  /// Documents of each type, nil for all.
  public var limit: Int?
  /// `clean`, `scan`, `fax` or `photo`.
  public var degradation: String
  public var seed: UInt64
  /// Pages read and thrown away before each group.
  public var warmup: Int
  /// Seconds a page may take.
  public var timeout: Double
  /// Overrides the pages' own DPI.
  public var sourceDPI: Double?
  /// Bounds at this confidence decide; nil where the figures themselves do.
  public var confidence: Double?
  /// What says whom the documents are about is hidden in all that was written; nil where it is not.
  public var redacted: Bool?
  /// The files that harm is judged by; nil where the built-in names and rules are.
  public var harm: HarmSources?
  /// The engine as asked for: name and its options.
  public var engine: EngineRequest
  /// The profiles judged by, in full, so that a record stands on its own.
  public var profiles: [ProfileSnapshot]
  /// Which probes follow the reading; nil for none.
  public var probes: ProbeRequest?

  enum CodingKeys: String, CodingKey {
    case documentTypes = "document_types"
    case dpis, dataset, limit, degradation, seed, warmup, confidence, redacted, harm, engine
    case profiles, probes
    case datasetHash = "dataset_hash"
    case timeout = "timeout_s"
    case sourceDPI = "source_dpi"
  }

  public init(
    documentTypes: [DocumentType], dpis: [Int], dataset: String, datasetHash: String, limit: Int?,
    degradation: String, seed: UInt64, warmup: Int, timeout: Double, sourceDPI: Double?,
    confidence: Double? = nil, redacted: Bool? = nil, harm: HarmSources? = nil,
    engine: EngineRequest, profiles: [ProfileSnapshot], probes: ProbeRequest? = nil
  ) {
    self.documentTypes = documentTypes
    self.dpis = dpis
    self.dataset = dataset
    self.datasetHash = datasetHash
    self.limit = limit
    self.degradation = degradation
    self.seed = seed
    self.warmup = warmup
    self.timeout = timeout
    self.sourceDPI = sourceDPI
    self.confidence = confidence
    self.redacted = redacted
    self.harm = harm
    self.engine = engine
    self.profiles = profiles
    self.probes = probes
  }
}

/// The engine as asked for on the command line.
public struct EngineRequest: Codable, Sendable, Equatable {
  /// `local`, `tesseract` or `command`.
  public var name: String
  /// For `local`.
  public var local: LocalEngineOptions?
  /// For `command`: the program and its arguments.
  public var command: [String]?
  /// For `command`: what reports call the model, and whether it prints a JSON line a token.
  public var modelLabel: String?
  public var streamsTokens: Bool?
  /// For `tesseract`: languages (`kor+eng`) and page segmentation mode.
  public var languages: String?
  public var pageSegmentationMode: Int?

  enum CodingKeys: String, CodingKey {
    case name, local, command, languages
    case modelLabel = "model_label"
    case streamsTokens = "streams_tokens"
    case pageSegmentationMode = "page_segmentation_mode"
  }

  public init(
    name: String, local: LocalEngineOptions? = nil, command: [String]? = nil,
    modelLabel: String? = nil, streamsTokens: Bool? = nil,
    languages: String? = nil, pageSegmentationMode: Int? = nil
  ) {
    self.name = name
    self.local = local
    self.command = command
    self.modelLabel = modelLabel
    self.streamsTokens = streamsTokens
    self.languages = languages
    self.pageSegmentationMode = pageSegmentationMode
  }
}

/// A profile's limits and fields as they stood when the run was judged.
public struct ProfileSnapshot: Codable, Sendable, Equatable {
  public var type: DocumentType
  public var koreanName: String
  public var englishName: String
  public var maximumCER: Double
  public var maximumLatency: Double
  public var criticalFields: [CriticalField]
  /// What models that are told what to do were told.
  public var prompt: String?
  /// nil where the profile adds none.
  public var addedLimits: AddedLimits?

  enum CodingKeys: String, CodingKey {
    case type, prompt
    case koreanName = "korean_name"
    case englishName = "english_name"
    case maximumCER = "maximum_cer"
    case maximumLatency = "maximum_latency_ms"
    case criticalFields = "critical_fields"
    case addedLimits = "added_limits"
  }

  public init(_ profile: DocumentProfile) {
    type = profile.type
    koreanName = profile.koreanName
    englishName = profile.englishName
    maximumCER = profile.maximumCER
    maximumLatency = profile.maximumLatencyMilliseconds
    criticalFields = profile.criticalFields
    prompt = profile.prompt
    addedLimits = profile.addedLimits == .none ? nil : profile.addedLimits
  }
}

/// Where the run ran.
public struct RunEnvironment: Codable, Sendable, Equatable {
  public var operatingSystem: String
  public var architecture: String
  public var processor: String
  public var cores: Int
  public var memoryBytes: UInt64

  enum CodingKeys: String, CodingKey {
    case operatingSystem = "operating_system"
    case architecture, processor, cores
    case memoryBytes = "memory_bytes"
  }

  public init(
    operatingSystem: String, architecture: String, processor: String, cores: Int,
    memoryBytes: UInt64
  ) {
    self.operatingSystem = operatingSystem
    self.architecture = architecture
    self.processor = processor
    self.cores = cores
    self.memoryBytes = memoryBytes
  }
}
