import Scoring

/// One constraint: what was measured, against what, and by how much it holds.
public struct Check: Codable, Sendable, Equatable {
  public enum Subject: Codable, Sendable, Equatable {
    /// Mean CER, a fraction; must not exceed the limit.
    case cer
    /// Accuracy of a critical field, a fraction; must reach the limit of 0.90.
    case field(String)
    /// Mean latency of a document, milliseconds; must not exceed the limit.
    case latency
    /// Share of blank pages read as blank; must be 1. Only where there are blank pages.
    case blankPages
    /// Share of pages that were read; must be 1. Only where one was not: the page misses every SLA
    /// of its document, whatever the means come to.
    case pagesRead
    /// Documents in a thousand with a critical error; must not exceed the limit.
    case criticalErrors
    /// Share of the values given that are not on the page.
    case hallucinationRate
    /// Share of changed values read as they stand on the page; must reach the limit. Where probes
    /// were run.
    case counterfactualFollow
    /// Share of places with nothing to read into which something was read. Where probes were run.
    case probeHallucination
    /// Percentiles of a document's latency, milliseconds.
    case latencyP95, latencyP99
    /// Mean over pages, milliseconds.
    case ttft
    /// Documents a minute; must reach the limit.
    case throughput
    /// MiB.
    case memory

    public init(from decoder: any Decoder) throws {
      let name = try decoder.singleValueContainer().decode(String.self)
      switch name {
      case "cer": self = .cer
      case "latency": self = .latency
      case "blank-pages": self = .blankPages
      case "pages-read": self = .pagesRead
      case "critical-errors": self = .criticalErrors
      case "hallucination-rate": self = .hallucinationRate
      case "counterfactual-follow-rate": self = .counterfactualFollow
      case "probe-hallucination-rate": self = .probeHallucination
      case "latency-p95": self = .latencyP95
      case "latency-p99": self = .latencyP99
      case "ttft": self = .ttft
      case "documents-per-minute": self = .throughput
      case "memory": self = .memory
      default: self = .field(name.hasPrefix("field:") ? String(name.dropFirst(6)) : name)
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(name)
    }

    /// `cer`, `field:drug_name`, `latency`, `blank-pages`, `pages-read`, `critical-errors`, …
    public var name: String {
      switch self {
      case .cer: "cer"
      case .field(let key): "field:\(key)"
      case .latency: "latency"
      case .blankPages: "blank-pages"
      case .pagesRead: "pages-read"
      case .criticalErrors: "critical-errors"
      case .hallucinationRate: "hallucination-rate"
      case .counterfactualFollow: "counterfactual-follow-rate"
      case .probeHallucination: "probe-hallucination-rate"
      case .latencyP95: "latency-p95"
      case .latencyP99: "latency-p99"
      case .ttft: "ttft"
      case .throughput: "documents-per-minute"
      case .memory: "memory"
      }
    }
  }

  public var subject: Subject
  /// nil where nothing could be measured, which fails.
  public var figure: Double?
  public var limit: Double
  public var outcome: Outcome
  /// For a field: OK, WARN or FAIL by its figure; a WARN passes where figures decide.
  public var fieldStatus: FieldStatus?
  /// What the outcome rests on where bounds decide; nil where the figure does.
  public var evidence: Evidence?

  public var passed: Bool {
    get { outcome == .pass }
    set { outcome = newValue ? .pass : .fail }
  }

  /// How far inside the limit, in the figure's own unit; negative where it fails.
  public var margin: Double? {
    figure.map { subject.isCeiling ? limit - $0 : $0 - limit }
  }

  enum CodingKeys: String, CodingKey {
    case subject, figure, limit, passed, outcome, evidence
    case fieldStatus = "field_status"
  }

  public init(
    subject: Subject, figure: Double?, limit: Double, passed: Bool, fieldStatus: FieldStatus? = nil
  ) {
    self.subject = subject
    self.figure = figure
    self.limit = limit
    self.outcome = passed ? .pass : .fail
    self.fieldStatus = fieldStatus
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    subject = try container.decode(Subject.self, forKey: .subject)
    figure = try container.decodeIfPresent(Double.self, forKey: .figure)
    limit = try container.decode(Double.self, forKey: .limit)
    fieldStatus = try container.decodeIfPresent(FieldStatus.self, forKey: .fieldStatus)
    evidence = try container.decodeIfPresent(Evidence.self, forKey: .evidence)
    // Results from before there were three outcomes have only this.
    let passed = try container.decode(Bool.self, forKey: .passed)
    outcome =
      try container.decodeIfPresent(Outcome.self, forKey: .outcome) ?? (passed ? .pass : .fail)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(subject, forKey: .subject)
    try container.encodeIfPresent(figure, forKey: .figure)
    try container.encode(limit, forKey: .limit)
    try container.encode(passed, forKey: .passed)
    try container.encode(outcome, forKey: .outcome)
    try container.encodeIfPresent(fieldStatus, forKey: .fieldStatus)
    try container.encodeIfPresent(evidence, forKey: .evidence)
  }
}

extension Check.Subject {
  /// Whether the limit is the most allowed, and not the least.
  public var isCeiling: Bool {
    switch self {
    case .cer, .latency, .criticalErrors, .hallucinationRate, .probeHallucination, .latencyP95,
      .latencyP99, .ttft, .memory:
      true
    case .field, .blankPages, .pagesRead, .throughput, .counterfactualFollow: false
    }
  }
}

/// What an outcome rests on: one-sided bounds, each at the confidence, in the figure's unit.
public struct Evidence: Codable, Sendable, Equatable {
  public var confidence: Double
  /// nil where the sample gives none.
  public var lower: Double?
  public var upper: Double?
  /// Documents that were judged on it.
  public var documents: Int
  /// What was counted: fields, values, pages, documents.
  public var size: Double
  /// How many independent ones say as much.
  public var effectiveSize: Double
  /// Of an inconclusive check: how many more documents like these would settle it; nil where no
  /// number would, the figure being as good as the limit.
  public var furtherDocuments: Int?

  enum CodingKeys: String, CodingKey {
    case confidence, lower, upper, documents
    case size = "n"
    case effectiveSize = "effective_n"
    case furtherDocuments = "further_documents"
  }

  public init(
    confidence: Double, bounds: Bounds, documents: Int, size: Double, effectiveSize: Double,
    furtherDocuments: Int? = nil
  ) {
    self.confidence = confidence
    lower = bounds.lower
    upper = bounds.upper
    self.documents = documents
    self.size = size
    self.effectiveSize = effectiveSize
    self.furtherDocuments = furtherDocuments
  }
}
