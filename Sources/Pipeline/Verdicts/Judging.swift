import DocProfiles
import OCRInference
import Scoring

extension Verdict {
  /// Fewer documents than the source's checklist asks for is a warning.
  static let documentsWanted = 50

  /// Judges a group by its profile: the source's means decide.
  ///
  /// CER is the mean over pages (macro), latency the mean over documents; a field fails below
  /// 90 %, and a page that was not read fails all. A figure that could not be measured fails: absence of evidence is no PASS.
  public init(of aggregates: GroupAggregates, by profile: ProfileSnapshot) {
    var checks = [Check(.cer, figure: aggregates.cer?.macro, atMost: profile.maximumCER)]
    checks += aggregates.fields.map(Check.init(of:))
    checks.append(
      Check(
        .latency, figure: aggregates.latency?.mean, atMost: profile.maximumLatency))
    if aggregates.blankPages > 0 {
      let share = Double(aggregates.blankPagesPassed) / Double(aggregates.blankPages)
      checks.append(Check(subject: .blankPages, figure: share, limit: 1, passed: share == 1))
    }
    if aggregates.failedPages > 0 {
      let share = 1 - Double(aggregates.failedPages) / Double(aggregates.pageCount)
      checks.append(Check(subject: .pagesRead, figure: share, limit: 1, passed: false))
    }
    self.init(checks: checks, warnings: Warning.all(of: aggregates, checks: checks))
  }

  /// Judges a group by its profile and the limits that it adds; with a confidence, of the run or else
  /// of the profile, bounds over documents decide.
  public init(
    of documents: [DocumentRecord], aggregates: GroupAggregates, by profile: ProfileSnapshot,
    timeout: Double, confidence: Double? = nil
  ) {
    self.init(of: aggregates, by: profile)
    var limits = profile.addedLimits ?? .none
    let sample = DocumentSample(
      documents, timeout: timeout, worstCER: limits.worstDocumentCER ?? 1)
    let confidence = confidence ?? limits.confidence
    // Whoever asks for proof asks about harm as well, where it was looked for.
    if confidence != nil, sample.critical != nil, limits.maximumCriticalErrors == nil {
      limits.maximumCriticalErrors = 0
    }
    checks += Check.added(limits, aggregates: aggregates, sample: sample)
    if let confidence {
      checks = checks.map { $0.decided(by: sample, confidence: confidence) }
      warnings = Warning.all(of: aggregates, checks: checks)
    }
  }
}

extension Check {
  /// The figures of what a profile adds; nil, which fails, where there is nothing to measure.
  static func added(
    _ limits: AddedLimits, aggregates: GroupAggregates, sample: DocumentSample
  ) -> [Check] {
    let memory = aggregates.peakMemoryBytes + aggregates.peakChildMemoryBytes
    return [
      limits.maximumCriticalErrors.map {
        Check(.criticalErrors, figure: sample.critical?.rate.map { $0 * 1000 }, atMost: $0)
      },
      limits.maximumHallucinationRate.map {
        Check(.hallucinationRate, figure: sample.hallucinations.rate, atMost: $0)
      },
      limits.maximumP95Latency.map {
        Check(.latencyP95, figure: aggregates.latency?.p95, atMost: $0)
      },
      limits.maximumP99Latency.map {
        Check(.latencyP99, figure: aggregates.latency?.p99, atMost: $0)
      },
      limits.maximumTTFT.map { Check(.ttft, figure: sample.ttft.rate, atMost: $0) },
      limits.minimumDocumentsPerMinute.map { limit in
        Check(
          subject: .throughput, figure: aggregates.documentsPerMinute, limit: limit,
          passed: aggregates.documentsPerMinute.map { $0 >= limit } ?? false)
      },
      limits.maximumMemory.map {
        Check(
          .memory, figure: memory == 0 ? nil : Double(memory) / 1_048_576, atMost: $0)
      },
    ].compactMap(\.self)
  }
}

extension [ErrorShare] {
  /// Σ errors / Σ sizes; nil where there is nothing.
  var rate: Double? {
    let size = reduce(0) { $0 + $1.size }
    return size > 0 ? reduce(0) { $0 + $1.errors } / size : nil
  }
}

extension GroupAggregates {
  /// Pages that crashed, timed out, exited, or gave nothing.
  fileprivate var failedPages: Int {
    pageCount - outcomes[PageOutcome.Status.read.rawValue, default: 0]
  }
}

extension Check {
  init(_ subject: Subject, figure: Double?, atMost limit: Double) {
    self.init(
      subject: subject, figure: figure, limit: limit, passed: figure.map { $0 <= limit } ?? false)
  }

  /// A field between 90 and 95 % passes with a warning.
  init(of field: FieldTally) {
    let status = field.status
    self.init(
      subject: .field(field.name), figure: field.accuracy, limit: 0.90,
      passed: status == .ok || status == .warn, fieldStatus: status)
  }
}

extension Warning {
  static func all(of aggregates: GroupAggregates, checks: [Check]) -> [Warning] {
    var warnings: [Warning] = []
    if aggregates.documentCount < Verdict.documentsWanted {
      warnings.append(.fewDocuments(aggregates.documentCount))
    }
    if aggregates.failedPages > 0 { warnings.append(.failedPages(aggregates.failedPages)) }
    if aggregates.upsampledPages > 0 {
      warnings.append(.upsampledPages(aggregates.upsampledPages))
    }
    for check in checks where check.fieldStatus == .warn && check.passed {
      if case .field(let name) = check.subject { warnings.append(.fieldNearLimit(name)) }
    }
    return warnings
  }
}
