import Datasets
import DocProfiles
import Planting
import Scoring

/// The judge judged: errors and rewrites planted into a dataset's truth, scored as a run scores what a
/// model has read.
public struct Audit: Sendable {
  public let scorer: PageScorer
  public let planting: Planting
  public let profiles: ProfileSet
  /// Shown of each kind.
  public let examples: Int

  public init(
    scorer: PageScorer, planting: Planting, profiles: ProfileSet = .builtIn, examples: Int = 3
  ) {
    self.scorer = scorer
    self.planting = planting
    self.profiles = profiles
    self.examples = examples
  }

  /// - Parameter name: of the dataset, as the record keeps it.
  public func record(of dataset: Dataset, named name: String) async -> AuditRecord {
    await record(of: dataset.documents, named: name, hash: dataset.contentHash)
  }

  /// Every page with text, documents side by side on all processors.
  public func record(
    of documents: [DatasetDocument], named name: String, hash: String
  ) async -> AuditRecord {
    let tallies = await withTaskGroup(of: (Int, Tally).self) { group in
      for (place, document) in documents.enumerated() {
        group.addTask { (place, tally(of: document)) }
      }
      // In the dataset's order, so that the examples are the same every time.
      var tallies: [(Int, Tally)] = []
      for await tally in group { tallies.append(tally) }
      return tallies.sorted { $0.0 < $1.0 }.map(\.1)
    }
    var total = Tally()
    for tally in tallies { total.add(tally, examples: examples) }
    return AuditRecord(
      dataset: name, datasetHash: hash, pages: total.pages,
      plants: total.rows.values.reduce(0) { $0 + $1.planted },
      rows: Tally.order.compactMap { total.rows[$0] })
  }

  private func tally(of document: DatasetDocument) -> Tally {
    var tally = Tally()
    let critical = profiles[document.type]?.criticalFields ?? []
    for index in document.pages.indices where !document.pages[index].transcript.isEmpty {
      tally.pages += 1
      let page = PlantingPage(document, page: index)
      let reference = PageReference(document, page: index)
      for plant in planting.plants(on: page) {
        let score = scorer.score(
          PagePrediction(text: plant.reading(of: page)), against: reference, type: document.type,
          criticalFields: critical)
        let findings = score.harms ?? []
        let verdict = PlantVerdict(
          plant, findings: findings,
          fieldsAreRight: score.fields.allSatisfy {
            $0.judgement == .correct || $0.judgement == .partial
          })
        tally.count(plant, verdict, findings, on: page, examples: examples)
      }
    }
    return tally
  }
}

/// Verdicts counted by what was planted.
private struct Tally: Sendable {
  var pages = 0
  var rows: [Plant.Subject: AuditRow] = [:]

  /// Error classes, several at once, rewrites: as a report lists them.
  static let order: [Plant.Subject] =
    ErrorClass.allCases.map { .harmful($0) } + [.combined] + Rewrite.allCases.map { .harmless($0) }

  mutating func count(
    _ plant: Plant, _ verdict: PlantVerdict, _ findings: [HarmFinding], on page: PlantingPage,
    examples limit: Int
  ) {
    var row = rows[plant.subject] ?? AuditRow(plant.subject)
    row.planted += 1
    switch verdict {
    case .right: row.right += 1
    case .missed: row.missed += 1
    case .wrongClass: row.wrongClass += 1
    case .wrongSeverity: row.wrongSeverity += 1
    case .falseAlarm: row.falseAlarms += 1
    }
    let isRight = verdict == .right
    if row.examples.count(where: { $0.isRight == isRight }) < limit {
      row.examples.append(
        AuditExample(
          page: page.id, recipe: plant.recipe, truth: plant.edits.map { page.text(of: $0) },
          reading: plant.edits.map(\.text), expected: plant.expected.map(\.description),
          found: findings.map { "\($0.errorClass.rawValue) \($0.severity.rawValue)" },
          isRight: isRight))
    }
    rows[plant.subject] = row
  }

  mutating func add(_ other: Tally, examples limit: Int) {
    pages += other.pages
    for (subject, added) in other.rows {
      guard var row = rows[subject] else {
        rows[subject] = added
        continue
      }
      row.planted += added.planted
      row.right += added.right
      row.missed += added.missed
      row.wrongClass += added.wrongClass
      row.wrongSeverity += added.wrongSeverity
      row.falseAlarms += added.falseAlarms
      for example in added.examples
      where row.examples.count(where: { $0.isRight == example.isRight }) < limit {
        row.examples.append(example)
      }
      rows[subject] = row
    }
  }
}

extension AuditRow {
  fileprivate init(_ subject: Plant.Subject) {
    switch subject {
    case .harmful(let errorClass): self.init(.harmful, errorClass.rawValue)
    case .combined: self.init(.combined, "combined")
    case .harmless(let rewrite): self.init(.harmless, rewrite.rawValue)
    }
  }
}
