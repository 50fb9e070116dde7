import DocProfiles
import OCRInference
import Scoring

extension GroupAggregates {
  /// Adds a group's pages up.
  ///
  /// - Parameter timeout: seconds; a page that was not read counts as having taken at least this,
  ///   so that failing fast never improves a latency.
  public init(
    of documents: [DocumentRecord], criticalFields: [CriticalField], timeout: Double
  ) {
    let pages = documents.flatMap(\.pages)
    let judged = pages.filter { $0.score.blank == nil }
    let blanks = pages.compactMap(\.score.blank)
    let documentLatencies = documents.map { document in
      document.pages.reduce(0) { $0 + $1.countedLatency(timeout: timeout) }
    }
    let total = documentLatencies.reduce(0, +)
    let outcomes = pages.flatMap(\.score.fields)
    self.init(
      documentCount: documents.count, pageCount: pages.count,
      outcomes: Dictionary(
        pages.map { ($0.transcript.outcome.status.rawValue, 1) }, uniquingKeysWith: +),
      upsampledPages: pages.count(where: \.upsampled),
      cer: RateAggregate(pages: judged.map(\.score.characters)),
      boundedCER: RateAggregate(boundedPages: judged.map(\.score.characters)),
      wer: RateAggregate(pages: judged.map(\.score.words)),
      clinicalWER: RateAggregate(pages: judged.map(\.score.clinicalWords)),
      blankPages: blanks.count, blankPagesPassed: blanks.count(where: \.passed),
      fields: criticalFields.map { field in
        FieldTally(name: field.key, outcomes: outcomes.filter { $0.name == field.key })
      },
      latency: LatencySummary(documentLatencies),
      pageLatency: LatencySummary(pages.map { $0.countedLatency(timeout: timeout) }),
      ttft: LatencySummary(pages.compactMap(\.transcript.timing.ttft)),
      tpot: LatencySummary(pages.compactMap(\.transcript.timing.tpot)),
      documentsPerMinute: total > 0 ? Double(documents.count) * 60_000 / total : nil,
      meanImageTokens: pages.isEmpty
        ? 0 : Double(pages.reduce(0) { $0 + $1.imageTokens }) / Double(pages.count),
      peakMemoryBytes: documents.map(\.peakMemoryBytes).max() ?? 0,
      peakChildMemoryBytes: documents.map(\.peakChildMemoryBytes).max() ?? 0)
  }
}

extension PageRecord {
  /// End-to-end milliseconds as an SLA counts them.
  public func countedLatency(timeout: Double) -> Double {
    let measured = transcript.timing.endToEnd
    return transcript.outcome.status == .read ? measured : max(measured, timeout * 1000)
  }
}
