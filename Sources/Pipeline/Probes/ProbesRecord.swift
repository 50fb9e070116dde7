import DocProfiles
import OCRInference
import Scoring

/// Probes on their own, as `probes.json` keeps them.
public struct ProbesRecord: Codable, Sendable, Equatable {
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
  public var probes: [ProbeRecord]
  /// One a type and DPI that a profile asks something of.
  public var verdicts: [GroupVerdict]

  public struct GroupVerdict: Codable, Sendable, Equatable {
    public var type: DocumentType
    public var dpi: Int
    public var checks: [Check]
  }

  /// PASS where no profile asks anything of probes.
  public var outcome: Outcome {
    let outcomes = verdicts.flatMap(\.checks).map(\.outcome)
    return outcomes.isEmpty ? .pass : Outcome(all: outcomes)
  }

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case medbenchVersion = "medbench_version"
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configuration, engine, environment, probes, verdicts
  }

  public init(
    startedAt: String, finishedAt: String, configuration: RunConfiguration,
    engine: EngineIdentity, environment: RunEnvironment, probes: [ProbeRecord]
  ) {
    schemaVersion = Self.currentSchemaVersion
    medbenchVersion = Run.medbenchVersion
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.configuration = configuration
    self.engine = engine
    self.environment = environment
    self.probes = probes
    verdicts = configuration.profiles.flatMap { profile in
      configuration.dpis.compactMap { dpi -> GroupVerdict? in
        guard let limits = profile.addedLimits else { return nil }
        let checks = Check.probes(
          probes.filter { $0.type == profile.type && $0.dpi == dpi }, limits: limits,
          confidence: configuration.confidence ?? limits.confidence)
        return checks.isEmpty
          ? nil : GroupVerdict(type: profile.type, dpi: dpi, checks: checks)
      }
    }
  }

  /// The probes of a run, as a record of their own; nil where it had none.
  public init?(_ run: RunRecord) {
    guard let probes = run.probes else { return nil }
    self.init(
      startedAt: run.startedAt, finishedAt: run.finishedAt, configuration: run.configuration,
      engine: run.engine, environment: run.environment, probes: probes)
  }
}
