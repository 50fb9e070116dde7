extension GroupRecord {
  /// A group's documents, added up and judged as the run asked.
  init(
    judging documents: [DocumentRecord], by profile: ProfileSnapshot, dpi: Int,
    configuration: RunConfiguration
  ) {
    let aggregates = GroupAggregates(
      of: documents, criticalFields: profile.criticalFields, timeout: configuration.timeout)
    self.init(
      type: profile.type, dpi: dpi, documents: documents, aggregates: aggregates,
      verdict: Verdict(
        of: documents, aggregates: aggregates, by: profile, timeout: configuration.timeout,
        confidence: configuration.confidence))
  }
}
