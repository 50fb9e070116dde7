import DocProfiles
import Scoring

/// A candidate beside its baseline: does it keep its SLAs, and is it no worse?
public struct Gate: Codable, Sendable, Equatable {
  public var confidence: Double
  public var margins: [Margin]
  /// Of the candidate, in its order.
  public var sla: [SLAGroup]
  public var regressions: [RegressionGroup]

  /// The candidate's verdict on one (type, DPI).
  public struct SLAGroup: Codable, Sendable, Equatable {
    public var type: DocumentType
    public var dpi: Int
    public var verdict: Verdict
  }

  public var slaOutcome: Outcome { Outcome(all: sla.map(\.verdict.outcome)) }
  /// PASS where no margin was asked for.
  public var regressionOutcome: Outcome {
    margins.isEmpty ? .pass : Outcome(all: regressions.map(\.outcome))
  }
  public var outcome: Outcome { Outcome(all: [slaOutcome, regressionOutcome]) }

  /// - Parameter confidence: judges the candidate's SLAs anew; nil leaves them as its run judged them,
  ///   and takes the run's confidence, or 0.95, for the margins.
  /// - Throws: `GateError` where the two read other pages, or otherwise.
  public init(
    baseline: RunRecord, candidate: RunRecord, margins: [Margin], confidence: Double? = nil
  ) throws(GateError) {
    let differences = Self.differences(baseline, candidate)
    guard differences.isEmpty else { throw GateError(differences: differences) }
    let asked = confidence ?? candidate.configuration.confidence ?? 0.95
    self.confidence = asked
    self.margins = margins
    sla = candidate.groups.map { group in
      SLAGroup(
        type: group.type, dpi: group.dpi,
        verdict: Self.verdict(on: group, in: candidate, confidence: confidence))
    }
    regressions =
      margins.isEmpty
      ? []
      : zip(baseline.groups, candidate.groups).map { before, after in
        let profile = candidate.profile(of: after.type)
        let fields = profile?.criticalFields ?? []
        let regression = Regression(
          baseline: DocumentSample(before.documents, timeout: baseline.configuration.timeout),
          candidate: DocumentSample(
            after.documents, timeout: candidate.configuration.timeout,
            worstCER: profile?.addedLimits?.worstDocumentCER ?? 1),
          confidence: asked)
        return RegressionGroup(
          type: after.type, dpi: after.dpi,
          checks: margins.flatMap { regression.checks($0, fields: fields) })
      }
  }

  private static func verdict(
    on group: GroupRecord, in record: RunRecord, confidence: Double?
  ) -> Verdict {
    guard let confidence, let profile = record.profile(of: group.type) else { return group.verdict }
    return Verdict(
      of: group.documents, aggregates: group.aggregates, by: profile,
      timeout: record.configuration.timeout, confidence: confidence
    ).adding(
      record.probes ?? [], of: group.type, dpi: group.dpi, by: profile, confidence: confidence)
  }

  /// What makes two runs no pair, each in words: `DPI 150, 300 and 300`.
  static func differences(_ a: RunRecord, _ b: RunRecord) -> [String] {
    func difference(_ what: String, _ value: (RunRecord) -> String) -> String? {
      value(a) == value(b) ? nil : "\(what) (\(value(a)) and \(value(b)))"
    }
    let settings = [
      difference("the scorer's version", \.scorerVersion),
      difference("the severity rules") {
        $0.provenance.map { String($0.severityRulesHash.prefix(12)) } ?? "not kept"
      },
      difference("the lexicon") {
        $0.provenance.map { String($0.lexiconHash.prefix(12)) } ?? "not kept"
      },
      difference("the critical fields") { record in
        record.configuration.profiles.filter {
          record.configuration.documentTypes.contains($0.type)
        }
        .map { "\($0.type): " + $0.criticalFields.map(\.key).joined(separator: " ") }
        .joined(separator: ", ")
      },
      difference("the dataset") { String($0.configuration.datasetHash.prefix(12)) },
      difference("the degradation", \.configuration.degradation),
      difference("the degradation's seed") { "\($0.configuration.seed)" },
      difference("the DPI") { $0.configuration.dpis.map(String.init).joined(separator: ", ") },
      difference("the source DPI") {
        $0.configuration.sourceDPI.map { "\($0)" } ?? "the pages' own"
      },
      difference("the document types") { record in
        record.groups.map { "\($0.type) \($0.dpi)" }.joined(separator: ", ")
      },
      difference("the names or severity rules") {
        ($0.configuration.harm ?? .builtIn).description
      },
      difference("the time-out") { "\($0.configuration.timeout) s" },
    ].compactMap(\.self)
    guard settings.isEmpty else { return settings }
    for (before, after) in zip(a.groups, b.groups) {
      let pages = [before, after].map { $0.documents.flatMap(\.pages) }
      if pages[0].map(\.id) != pages[1].map(\.id) {
        return [
          "the pages of \(before.type) at \(before.dpi) DPI (\(pages[0].count) and \(pages[1].count))"
        ]
      }
      if pages[0].map(\.reference) != pages[1].map(\.reference) {
        return ["the truth of \(before.type) at \(before.dpi) DPI"]
      }
    }
    return []
  }

  enum CodingKeys: String, CodingKey {
    case outcome, confidence, margins, sla, regressions
    case slaOutcome = "sla_outcome"
    case regressionOutcome = "regression_outcome"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    confidence = try container.decode(Double.self, forKey: .confidence)
    margins = try container.decode([Margin].self, forKey: .margins)
    sla = try container.decode([SLAGroup].self, forKey: .sla)
    regressions = try container.decode([RegressionGroup].self, forKey: .regressions)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(slaOutcome, forKey: .slaOutcome)
    try container.encode(regressionOutcome, forKey: .regressionOutcome)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(margins, forKey: .margins)
    try container.encode(sla, forKey: .sla)
    try container.encode(regressions, forKey: .regressions)
  }
}

extension RunRecord {
  /// The profile that a type was judged by.
  func profile(of type: DocumentType) -> ProfileSnapshot? {
    configuration.profiles.first { $0.type == type }
  }
}

/// Two runs whose figures say nothing about each other.
public struct GateError: Error, Equatable, CustomStringConvertible {
  public var differences: [String]

  public var description: String {
    "baseline and candidate are no pair: they differ in \(differences.joined(separator: "; ")); "
      + "run both alike"
  }
}
