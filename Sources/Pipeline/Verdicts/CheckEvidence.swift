import Scoring

extension Check {
  /// The bounds on a check's figure, for showing beside it where figures decide; nil where no bounds
  /// can be taken.
  public func evidence(by sample: DocumentSample, confidence: Double) -> Evidence? {
    evidence ?? decided(by: sample, confidence: confidence).evidence
  }

  /// Documents with a critical error, per 1,000, against none: what a report tells where nobody asked
  /// for it to be judged. nil where a page was not looked at for harm.
  public static func seenCriticalErrors(in sample: DocumentSample) -> Check? {
    sample.critical?.rate.map { Check(.criticalErrors, figure: $0 * 1000, atMost: 0) }
  }
}
