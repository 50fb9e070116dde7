import Boundary
import DocProfiles
import Pipeline
import Scoring

/// A finished run as a history keeps it: who, when, on what, and its figures. No page text.
public struct RecordedRun: Codable, Sendable, Equatable {
  /// Unique in a history: the results directory's name.
  public var name: String
  /// The results directory: absolute, or relative to the history's own folder if it lies in there.
  public var directory: String
  /// SHA-256 of results.json.
  public var resultsHash: String
  /// ISO 8601, UTC.
  public var startedAt: String
  public var finishedAt: String
  public var engine: String
  public var model: String
  public var engineVersion: String
  public var medbenchVersion: String
  public var scorerVersion: String
  public var datasetHash: String
  public var degradation: String
  public var confidence: Double?
  public var outcome: Outcome
  public var figures: [RecordedFigure]

  enum CodingKeys: String, CodingKey {
    case name, directory, engine, model, degradation, confidence, outcome, figures
    case resultsHash = "results_sha256"
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case engineVersion = "engine_version"
    case medbenchVersion = "medbench_version"
    case scorerVersion = "scorer_version"
    case datasetHash = "dataset_sha256"
  }

  /// - Parameters:
  ///   - directory: of the run's results, absolute.
  ///   - resultsHash: SHA-256 of its results.json.
  public init(_ record: RunRecord, directory: String, resultsHash: String) {
    name = directory.split(separator: "/").last.map(String.init) ?? directory
    self.directory = directory
    self.resultsHash = resultsHash
    startedAt = record.startedAt
    finishedAt = record.finishedAt
    engine = record.engine.engine
    model = record.engine.model
    engineVersion = record.engine.version
    medbenchVersion = record.medbenchVersion
    scorerVersion = record.scorerVersion
    datasetHash = record.configuration.datasetHash
    degradation = record.configuration.degradation
    confidence = record.configuration.confidence
    outcome = record.outcome
    figures = record.groups.flatMap { group in
      RecordedFigure.all(of: group, timeout: record.configuration.timeout)
    }
  }
}

/// One figure of a (type, DPI): a check with its limit and bounds, or a sum of several.
public struct RecordedFigure: Codable, Sendable, Equatable {
  public var type: DocumentType
  public var dpi: Int
  /// As checks are named, and `fields`: the accuracy of all critical fields together.
  public var name: String
  public var documents: Int
  /// nil where it could not be measured.
  public var value: Double?
  public var lower: Double?
  public var upper: Double?
  public var limit: Double?
  /// nil for what is no check.
  public var outcome: Outcome?

  /// What trends show, in this order.
  public static let trends = ["cer", "critical-errors", "fields", "latency"]

  static func all(of group: GroupRecord, timeout: Double) -> [RecordedFigure] {
    func figure(_ name: String, _ value: Double?) -> RecordedFigure {
      RecordedFigure(
        type: group.type, dpi: group.dpi, name: name, documents: group.documents.count,
        value: value)
    }
    var figures = group.verdict.checks.map { check in
      var figure = figure(check.subject.name, check.figure)
      figure.limit = check.limit
      figure.outcome = check.outcome
      figure.lower = check.evidence?.lower
      figure.upper = check.evidence?.upper
      return figure
    }
    if !figures.contains(where: { $0.name == "critical-errors" }) {
      let counts = group.documents.map(\.criticalErrors)
      if !counts.isEmpty, counts.allSatisfy({ $0 != nil }) {
        let wrong = counts.count { $0! > 0 }
        figures.append(figure("critical-errors", 1000 * Double(wrong) / Double(counts.count)))
      }
    }
    let possible = group.aggregates.fields.reduce(0) { $0 + $1.possible }
    if possible > 0 {
      let credit = group.aggregates.fields.reduce(0) { $0 + $1.credit }
      figures.append(figure("fields", credit / Double(possible)))
    }
    return figures
  }
}
