import DocProfiles
import Scoring

/// A severity rule as a report tells it, kept with the run: a file may have changed the rules.
public struct RuleNote: Codable, Sendable, Equatable {
  public var id: String
  public var reason: String
  public var koreanReason: String
  public var source: String

  enum CodingKeys: String, CodingKey {
    case id, reason, source
    case koreanReason = "korean_reason"
  }

  public init(_ rule: SeverityRule) {
    id = rule.id
    reason = rule.reason
    koreanReason = rule.koreanReason
    source = rule.source
  }
}

extension SeverityRules {
  /// Notes of the rules that decided the groups' findings, by id.
  func notes(of groups: [GroupRecord]) -> [RuleNote] {
    let findings = groups.lazy.flatMap(\.documents).flatMap(\.pages)
      .flatMap { $0.score.harms ?? [] }
    let ids = Set(findings.map(\.rule))
    return ids.sorted().compactMap { self[$0].map(RuleNote.init) }
  }
}

extension RunRecord {
  /// The rule that decided a finding, as it stood then; of older results, the built-in one. nil for
  /// a rule that nobody knows any more.
  public func rule(_ id: String) -> RuleNote? {
    severityRules?.first { $0.id == id } ?? SeverityRules.builtIn[id].map(RuleNote.init)
  }
}
