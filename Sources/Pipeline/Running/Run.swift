import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Scoring

/// A run of the pipeline: every page of a plan through an engine, judged by its profiles.
///
/// ```
/// plan ─ group ─ document ─ page: load → read → score ─┐
///                      journal ← document record ──────┘
///          aggregates → verdict → group record → run record
/// ```
public struct Run: Sendable {
  public static let medbenchVersion = "0.1.0"

  public let directory: String
  public let configuration: RunConfiguration
  public let plan: RunPlan
  private let dataset: Dataset
  private let engine: any OCREngine
  private let scorer: PageScorer
  private var journal: RunJournal

  /// Begins a run in `directory`, which exists and is empty.
  ///
  /// - Parameter scorer: of the names and rules that `configuration.harm` records.
  public init(
    startingIn directory: String, configuration: RunConfiguration, dataset: Dataset,
    engine: any OCREngine, scorer: PageScorer = PageScorer(), startedAt: Date = Date()
  ) throws {
    self.directory = directory
    self.configuration = configuration
    self.dataset = dataset
    self.engine = engine
    self.scorer = scorer
    plan = try RunPlan(configuration: configuration, dataset: dataset)
    journal = try RunJournal(
      creatingIn: directory,
      header: RunJournal.Header(
        medbenchVersion: Self.medbenchVersion, startedAt: startedAt.ISO8601Format(),
        configuration: configuration, engine: engine.identity, environment: .current(),
        provenance: RunProvenance(scorer: scorer, profiles: configuration.profiles),
        workingDirectory: FileManager.default.currentDirectoryPath))
  }

  /// What a killed run was asked for and where, so that its engine and dataset can be opened again.
  public static func beginning(
    of directory: String
  ) throws -> (configuration: RunConfiguration, workingDirectory: String) {
    let header = try RunJournal.header(in: directory)
    return (header.configuration, header.workingDirectory)
  }

  /// Goes on with a killed run. Refuses where the truth, the engine or medbench itself changed:
  /// half of each would be no measurement.
  public init(
    resumingIn directory: String, dataset: Dataset, engine: any OCREngine,
    scorer: PageScorer = PageScorer()
  ) throws {
    self.directory = directory
    self.dataset = dataset
    self.engine = engine
    self.scorer = scorer
    journal = try RunJournal(resumingIn: directory)
    configuration = journal.header.configuration
    guard journal.header.medbenchVersion == Self.medbenchVersion else {
      throw RunError.versionChanged(
        was: journal.header.medbenchVersion, now: Self.medbenchVersion)
    }
    guard dataset.contentHash == configuration.datasetHash else {
      throw RunError.datasetChanged(configuration.dataset)
    }
    guard engine.identity == journal.header.engine else {
      throw RunError.engineChanged(
        was: journal.header.engine.description, now: engine.identity.description)
    }
    guard
      journal.header.provenance
        == RunProvenance(scorer: scorer, profiles: configuration.profiles)
    else { throw RunError.scorerChanged }
    plan = try RunPlan(configuration: configuration, dataset: dataset)
  }

  /// Reads what is still unread and judges it all.
  ///
  /// - Parameter progress: called after each document, with pages done of pages in all.
  /// - Throws: `CancellationError` when cancelled; the journal then holds every document done.
  public mutating func complete(progress: (RunProgress) -> Void = { _ in }) async throws
    -> RunRecord
  {
    guard let degradation = Degradation(rawValue: configuration.degradation) else {
      throw RunError.unknownDegradation(configuration.degradation)
    }
    let reading = PageReading(
      engine: engine, dataset: dataset, configuration: configuration, degradation: degradation,
      scorer: scorer)
    var position = RunProgress(pagesInAll: plan.pageCount)
    var groups: [GroupRecord] = []
    for group in plan.groups {
      let documents = try await read(group, by: reading, position: &position, progress: progress)
      groups.append(
        GroupRecord(
          judging: documents, by: group.profile, dpi: group.dpi, configuration: configuration))
    }
    try ReportPictures(plan: plan, reading: reading, directory: directory).keep(of: groups)
    return RunRecord(
      medbenchVersion: Self.medbenchVersion, startedAt: journal.header.startedAt,
      finishedAt: Date().ISO8601Format(), configuration: configuration, engine: engine.identity,
      environment: journal.header.environment, provenance: journal.header.provenance,
      groups: groups, severityRules: reading.scorer.harms.rules.notes(of: groups))
  }

  /// Once the record is safely written.
  public func discardJournal() throws { try journal.remove() }

  private mutating func read(
    _ group: RunPlan.Group, by reading: PageReading, position: inout RunProgress,
    progress: (RunProgress) -> Void
  ) async throws -> [DocumentRecord] {
    var records: [DocumentRecord] = []
    var isWarm = false
    for document in group.documents {
      position.enter(group, document: document.id)
      let id = document.recordID(isRedacted: isRedacted)
      if let known = journal.document(id, type: group.profile.type, dpi: group.dpi) {
        records.append(known)
        position.advance(pages: document.pages.count, wasKnown: true)
      } else {
        if !isWarm {
          try await warmUp(group, by: reading)
          isWarm = true
        }
        let record = try await read(document, of: group, by: reading)
        try journal.append(record, type: group.profile.type, dpi: group.dpi)
        records.append(record)
        position.advance(pages: document.pages.count, wasKnown: false)
      }
      progress(position)
    }
    return records
  }

  private func read(
    _ document: DatasetDocument, of group: RunPlan.Group, by reading: PageReading
  ) async throws -> DocumentRecord {
    var pages: [PageRecord] = []
    for index in document.pages.indices {
      pages.append(
        try await reading.record(
          of: document, page: index, profile: group.profile, dpi: group.dpi))
    }
    let record = DocumentRecord(
      id: document.id, pages: pages,
      peakMemoryBytes: PeakMemory.highWaterMark(of: "self"),
      peakChildMemoryBytes: PeakMemory.ofLargestChild)
    // Before it comes to any file, the journal's included.
    return isRedacted ? record.redacted() : record
  }

  private var isRedacted: Bool { configuration.redacted == true }

  /// Reads the group's first pages and throws the readings away, as the source does.
  private func warmUp(_ group: RunPlan.Group, by reading: PageReading) async throws {
    let pages = group.documents.flatMap { document in
      document.pages.indices.map { (document, $0) }
    }
    for (document, index) in pages.prefix(configuration.warmup) {
      _ = try await reading.record(
        of: document, page: index, profile: group.profile, dpi: group.dpi)
    }
  }
}

extension EngineIdentity: CustomStringConvertible {
  public var description: String { "\(engine) \(model) \(version)" }
}
