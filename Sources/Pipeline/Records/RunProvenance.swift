import Boundary
import Foundation
import Scoring

/// By what a run's figures came about, besides its configuration: what another medbench needs to
/// compare them, or to compute them again.
public struct RunProvenance: Codable, Sendable, Equatable {
  /// `PageScorer.version`
  public var scorerVersion: String
  /// SHA-256 of the profiles judged by, as their JSON with sorted keys.
  public var profilesHash: String
  /// SHA-256 of the severity rules in force.
  public var severityRulesHash: String
  /// SHA-256 of the names that the scorer knew.
  public var lexiconHash: String
  /// Of the bounds; the degradation's seed stands in the configuration.
  public var bootstrapSeed: UInt64
  public var bootstrapDraws: Int

  enum CodingKeys: String, CodingKey {
    case scorerVersion = "scorer_version"
    case profilesHash = "profiles_sha256"
    case severityRulesHash = "severity_rules_sha256"
    case lexiconHash = "lexicon_sha256"
    case bootstrapSeed = "bootstrap_seed"
    case bootstrapDraws = "bootstrap_draws"
  }

  /// Of a run that this medbench judges.
  public init(scorer: PageScorer, profiles: [ProfileSnapshot]) {
    scorerVersion = PageScorer.version
    profilesHash = Self.hash(of: profiles)
    severityRulesHash = scorer.harms.rules.hash
    lexiconHash = scorer.harms.lexiconHash
    bootstrapSeed = DocumentBootstrap.seed
    bootstrapDraws = DocumentBootstrap.draws
  }

  public static func hash(of profiles: [ProfileSnapshot]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings, finite numbers and lists of them always encode.
    return Checksum.sha256(of: Array(try! encoder.encode(profiles)))
  }
}

extension RunRecord {
  /// What scored it; results from before versions were kept are those of their medbench.
  public var scorerVersion: String {
    provenance?.scorerVersion ?? "of medbench \(medbenchVersion)"
  }
}
