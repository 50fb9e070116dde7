import OCRInference
import Pipeline
import Scoring

/// What every form of report tells about a group, in the order it tells it.
extension GroupRecord {
  func checks(on subject: (Check.Subject) -> Bool) -> [Outcome] {
    verdict.checks.filter { subject($0.subject) }.map(\.outcome)
  }

  func figure(of subject: Check.Subject) -> Double? {
    verdict.checks.first { $0.subject == subject }?.figure
  }

  /// Diagnosis codes of all pages, nil where the truth has none.
  var diagnosisCodes: DiagnosisCodeScore? {
    let scores = documents.flatMap(\.pages).compactMap(\.score.diagnosisCodes)
    return scores.isEmpty ? nil : scores.reduce(DiagnosisCodeScore(), +)
  }

  /// Pages that were not read, in the order they were judged.
  var failedPages: [PageRecord] {
    documents.flatMap(\.pages).filter { $0.transcript.outcome.status != .read }
  }

  /// Milliseconds that each document took, as its SLA counts them.
  func documentLatencies(timeout: Double) -> [Double] {
    documents.map { $0.pages.reduce(0) { $0 + $1.countedLatency(timeout: timeout) } }
  }
}

extension GroupAggregates {
  var rates: [(Term, RateAggregate?)] {
    [(.cer, cer), (.boundedCER, boundedCER), (.wer, wer), (.clinicalWER, clinicalWER)]
  }

  var times: [(Term, LatencySummary?)] {
    [(.documentLatency, latency), (.pageLatency, pageLatency), (.ttft, ttft), (.tpot, tpot)]
  }
}

extension Check.Subject {
  var isCER: Bool { self == .cer }
  var isLatency: Bool { self == .latency }
  var isField: Bool { if case .field = self { true } else { false } }
}

/// A critical field: what was counted and how it was judged.
struct FieldRow {
  var name: String
  var tally: FieldTally?
  var check: Check?

  var status: FieldStatus? { check?.fieldStatus ?? tally?.status }

  static func rows(of group: GroupRecord) -> [FieldRow] {
    var rows = group.aggregates.fields.map { tally in
      FieldRow(
        name: tally.name, tally: tally,
        check: group.verdict.checks.first { $0.subject == .field(tally.name) })
    }
    for check in group.verdict.checks {
      guard case .field(let name) = check.subject, !rows.contains(where: { $0.name == name })
      else { continue }
      rows.append(FieldRow(name: name, tally: nil, check: check))
    }
    return rows
  }

  func count(_ judgement: FieldJudgement) -> String {
    guard let tally else { return Figures.absent }
    let count =
      switch judgement {
      case .correct: tally.correct
      case .incorrect: tally.incorrect
      case .partial: tally.partial
      case .missing: tally.missing
      case .spurious: tally.spurious
      }
    return String(count)
  }
}
