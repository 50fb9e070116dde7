import Scoring

/// Every constraint of a profile, met or not, over one group.
public struct Verdict: Codable, Sendable, Equatable {
  public var checks: [Check]
  /// What a reader must know before trusting the verdict: too few documents, upsampled pages.
  public var warnings: [Warning]

  /// Every check holds; a verdict without checks proves nothing and fails.
  public var passed: Bool { outcome == .pass }

  public var outcome: Outcome { Outcome(all: checks.map(\.outcome)) }

  enum CodingKeys: String, CodingKey { case checks, warnings, passed, outcome }

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
    try container.encode(outcome, forKey: .outcome)
    try container.encode(checks, forKey: .checks)
    try container.encode(warnings, forKey: .warnings)
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
