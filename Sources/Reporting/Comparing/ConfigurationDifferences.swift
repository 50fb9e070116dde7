import Pipeline

/// What was asked differently of several runs, so that nobody lays a difference at the wrong door.
struct ConfigurationDifferences {
  struct Row {
    var name: String
    /// One a run.
    var values: [String]
  }

  /// Only what differs.
  var rows: [Row]
  /// Whether the runs read other pages, or the same pages degraded otherwise: their figures say
  /// nothing about one another.
  var readOtherPages: Bool

  init(_ records: [RunRecord], language: Language) {
    func row(_ term: Term, _ value: (RunRecord) -> String) -> Row? {
      let values = records.map(value)
      return Set(values).count > 1 ? Row(name: language(term), values: values) : nil
    }
    let pages = [
      row(.datasetHash) { String($0.configuration.datasetHash.prefix(12)) },
      row(.degradation) { $0.configuration.degradation },
      row(.seed) { "\($0.configuration.seed)" },
    ].compactMap { $0 }
    let rest = [
      row(.judgedDocuments) { Self.documents(of: $0, language) },
      row(.dataset) { $0.configuration.dataset },
      row(.documentLimit) { $0.configuration.limit.map(String.init) ?? language(.all) },
      row(.sourceDPI) {
        $0.configuration.sourceDPI.map { Figures.fixed($0, 0) } ?? language(.none)
      },
      row(.profileLimits) { Self.limits(of: $0, language) },
      row(.verdictConfidence) {
        $0.configuration.confidence.map { "\($0)" } ?? language(.none)
      },
      row(.harmSources) { ($0.configuration.harm ?? .builtIn).description },
      row(.warmup) { "\($0.configuration.warmup)" },
      row(.timeout) { Figures.fixed($0.configuration.timeout, 0) + " " + language(.seconds) },
      row(.medbench) { $0.medbenchVersion },
      row(.scorer) { $0.scorerVersion },
      row(.processor) { "\($0.environment.processor), \($0.environment.cores)" },
    ].compactMap { $0 }
    rows = pages + rest
    readOtherPages = !pages.isEmpty || Self.sharedCellsDiffer(records)
  }

  /// Documents of each type, whatever the DPI: `처방전 52`.
  private static func documents(of record: RunRecord, _ language: Language) -> String {
    var counts: [(String, Int)] = []
    for group in record.groups {
      let name = language.typeName(group.type, in: record)
      if !counts.contains(where: { $0.0 == name }) {
        counts.append((name, group.documents.count))
      }
    }
    return counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private static func limits(of record: RunRecord, _ language: Language) -> String {
    record.configuration.profiles.map { profile in
      "\(language(profile.koreanName, profile.englishName)) \(profile.maximumCER) "
        + Figures.milliseconds(profile.maximumLatency)
    }.joined(separator: ", ")
  }

  /// Whether a (type, DPI) that two runs share holds other documents in each.
  private static func sharedCellsDiffer(_ records: [RunRecord]) -> Bool {
    let groups = records.flatMap(\.groups)
    return groups.contains { group in
      groups.contains { other in
        other.type == group.type && other.dpi == group.dpi
          && Set(other.documents.map(\.id)) != Set(group.documents.map(\.id))
      }
    }
  }
}
