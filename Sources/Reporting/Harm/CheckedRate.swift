import Pipeline
import Scoring

/// A figure with the bounds that are shown beside it, of a check or where nobody asked for one.
struct CheckedRate {
  var check: Check
  /// nil where no bounds can be taken.
  var evidence: Evidence?
  /// Whether the verdict rests on it.
  var isJudged = true

  /// The confidence of bounds that are shown where figures decide.
  static let shownConfidence = 0.95

  /// Of a group, harm first. Bootstraps are taken here: ask once.
  static func rates(of group: GroupRecord, in record: RunRecord) -> [CheckedRate] {
    let profile = record.configuration.profiles.first { $0.type == group.type }
    let sample = DocumentSample(
      group.documents, timeout: record.configuration.timeout,
      worstCER: profile?.addedLimits?.worstDocumentCER ?? 1)
    let confidence =
      record.configuration.confidence ?? profile?.addedLimits?.confidence ?? shownConfidence
    var rates = group.verdict.checks.map { check in
      CheckedRate(check: check, evidence: check.evidence(by: sample, confidence: confidence))
    }
    if !rates.contains(where: { $0.check.subject == .criticalErrors }),
      let seen = Check.seenCriticalErrors(in: sample)
    {
      let evidence = seen.evidence(by: sample, confidence: confidence)
      rates.append(CheckedRate(check: seen, evidence: evidence, isJudged: false))
    }
    let ranked = rates.enumerated().sorted {
      ($0.element.check.subject.rank, $0.offset) < ($1.element.check.subject.rank, $1.offset)
    }
    return ranked.map(\.element)
  }
}

extension Check.Subject {
  /// What may hurt first, then what is read, then how fast.
  fileprivate var rank: Int {
    switch self {
    case .criticalErrors: 0
    case .hallucinationRate: 1
    case .field: 2
    case .cer: 3
    case .pagesRead, .blankPages: 4
    default: 5
    }
  }
}
