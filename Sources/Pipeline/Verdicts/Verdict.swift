import Scoring

/// Every constraint of a profile, met or not, over one group.
public struct Verdict: Codable, Sendable, Equatable {
  public var checks: [Check]
  /// What a reader must know before trusting the verdict: too few documents, upsampled pages.
  public var warnings: [Warning]

  /// Every check holds; a verdict without checks proves nothing and fails.
  public var passed: Bool { !checks.isEmpty && checks.allSatisfy(\.passed) }

  enum CodingKeys: String, CodingKey { case checks, warnings, passed }

  public init(checks: [Check], warnings: [Warning]) {
    self.checks = checks
    self.warnings = warnings
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    checks = try container.decode([Check].self, forKey: .checks)
    warnings = try container.decode([Warning].self, forKey: .warnings)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(passed, forKey: .passed)
    try container.encode(checks, forKey: .checks)
    try container.encode(warnings, forKey: .warnings)
  }
}

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

    public init(from decoder: any Decoder) throws {
      let name = try decoder.singleValueContainer().decode(String.self)
      switch name {
      case "cer": self = .cer
      case "latency": self = .latency
      case "blank-pages": self = .blankPages
      case "pages-read": self = .pagesRead
      default: self = .field(name.hasPrefix("field:") ? String(name.dropFirst(6)) : name)
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(name)
    }

    /// `cer`, `field:drug_name`, `latency`, `blank-pages`, `pages-read`.
    public var name: String {
      switch self {
      case .cer: "cer"
      case .field(let key): "field:\(key)"
      case .latency: "latency"
      case .blankPages: "blank-pages"
      case .pagesRead: "pages-read"
      }
    }
  }

  public var subject: Subject
  /// nil where nothing could be measured, which fails.
  public var figure: Double?
  public var limit: Double
  public var passed: Bool
  /// For a field: OK, WARN or FAIL; a WARN passes.
  public var fieldStatus: FieldStatus?

  /// How far inside the limit, in the figure's own unit; negative where it fails.
  public var margin: Double? {
    guard let figure else { return nil }
    switch subject {
    case .cer, .latency: return limit - figure
    case .field, .blankPages, .pagesRead: return figure - limit
    }
  }

  enum CodingKeys: String, CodingKey {
    case subject, figure, limit, passed
    case fieldStatus = "field_status"
  }

  public init(
    subject: Subject, figure: Double?, limit: Double, passed: Bool, fieldStatus: FieldStatus? = nil
  ) {
    self.subject = subject
    self.figure = figure
    self.limit = limit
    self.passed = passed
    self.fieldStatus = fieldStatus
  }
}

/// A doubt about a verdict, as a code with its figure so that reports can say it in any language:
/// `{"code": "few_documents", "count": 12}`.
public enum Warning: Codable, Sendable, Equatable {
  /// Fewer than 50 documents were judged.
  case fewDocuments(Int)
  /// Pages were enlarged from a lower DPI.
  case upsampledPages(Int)
  /// A field passed between 90 and 95 %.
  case fieldNearLimit(String)
  /// Pages that were not read: crashed, timed out, exited, empty.
  case failedPages(Int)

  private enum Code: String, Codable {
    case fewDocuments = "few_documents"
    case upsampledPages = "upsampled_pages"
    case fieldNearLimit = "field_near_limit"
    case failedPages = "failed_pages"
  }

  private enum CodingKeys: String, CodingKey { case code, count, field }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Code.self, forKey: .code) {
    case .fewDocuments: self = .fewDocuments(try container.decode(Int.self, forKey: .count))
    case .upsampledPages: self = .upsampledPages(try container.decode(Int.self, forKey: .count))
    case .fieldNearLimit: self = .fieldNearLimit(try container.decode(String.self, forKey: .field))
    case .failedPages: self = .failedPages(try container.decode(Int.self, forKey: .count))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ code: Code, count: Int) throws {
      try container.encode(code, forKey: .code)
      try container.encode(count, forKey: .count)
    }
    switch self {
    case .fewDocuments(let count): try encode(.fewDocuments, count: count)
    case .upsampledPages(let count): try encode(.upsampledPages, count: count)
    case .failedPages(let count): try encode(.failedPages, count: count)
    case .fieldNearLimit(let field):
      try container.encode(Code.fieldNearLimit, forKey: .code)
      try container.encode(field, forKey: .field)
    }
  }
}
