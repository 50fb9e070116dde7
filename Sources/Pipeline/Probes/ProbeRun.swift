import Boundary
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Scoring

/// What is to be probed.
public struct ProbeRequest: Codable, Sendable, Equatable {
  public var kinds: [ProbeKind]

  public init(kinds: [ProbeKind] = ProbeKind.allCases) { self.kinds = kinds }
}

/// Twins of a plan's documents through an engine.
///
/// One page of each document is probed, the one with the most values whose place is known. Its twins
/// suffer the same degradation, drawn by the original's id, so that a twin differs from its original
/// where it was edited and nowhere else.
public struct ProbeRun: Sendable {
  public let plan: RunPlan
  public let configuration: RunConfiguration
  public let request: ProbeRequest
  private let dataset: Dataset
  private let engine: any OCREngine
  private let source: any TwinSource
  private let scorer: PageScorer

  /// Where bounds are asked for by no one else.
  public static let defaultConfidence = 0.95
  /// Cases that a record keeps with their pictures.
  public static let worstKept = 6

  public init(
    _ configuration: RunConfiguration, request: ProbeRequest, dataset: Dataset,
    engine: any OCREngine, source: any TwinSource, harms: HarmScorer = HarmScorer()
  ) throws {
    plan = try RunPlan(configuration: configuration, dataset: dataset)
    self.configuration = configuration
    self.request = request
    self.dataset = dataset
    self.engine = engine
    self.source = source
    scorer = PageScorer(harms: harms)
  }

  public var documentCount: Int { plan.groups.reduce(0) { $0 + $1.documents.count } }

  /// - Parameters:
  ///   - known: readings of plain pages that a run has already made, by page id.
  ///   - pictures: a directory that gets the worst places as pictures; nil keeps none.
  ///   - keep: called with every twin before it is read.
  ///   - progress: called after each document, with documents done.
  /// - Throws: `CancellationError`, and what loading a page or making its twins threw.
  public func complete(
    known: [RunPlan.Place: Transcript] = [:], pictures: String? = nil,
    keep: (Twin) throws -> Void = { _ in },
    progress: (_ done: Int, _ group: RunPlan.Group) -> Void = { _, _ in }
  ) async throws -> [ProbeRecord] {
    guard let degradation = Degradation(rawValue: configuration.degradation) else {
      throw RunError.unknownDegradation(configuration.degradation)
    }
    let reading = PageReading(
      engine: engine, dataset: dataset, configuration: configuration, degradation: degradation,
      scorer: scorer)
    var records: [ProbeRecord] = []
    var done = 0
    for group in plan.groups {
      var findings = ProbeFindings()
      for document in group.documents {
        let probe = DocumentProbe(
          document: document, group: group, kinds: request.kinds, reading: reading,
          source: source, scorer: scorer)
        try await probe.run(known: known, keep: keep, into: &findings)
        done += 1
        progress(done, group)
      }
      let made = request.kinds.map { kind in
        findings.record(
          of: kind, group: group,
          confidence: configuration.confidence ?? group.profile.addedLimits?.confidence
            ?? Self.defaultConfidence)
      }
      if let pictures { try findings.writePictures(of: made, to: pictures) }
      records += made
    }
    return records
  }
}

extension RunPlan {
  /// One page at one DPI.
  public struct Place: Hashable, Sendable {
    public var page: String
    public var dpi: Int

    public init(page: String, dpi: Int) {
      self.page = page
      self.dpi = dpi
    }
  }
}

extension RunRecord {
  /// What was read on each page, for probes to compare with.
  public var readings: [RunPlan.Place: Transcript] {
    var readings: [RunPlan.Place: Transcript] = [:]
    for group in groups {
      for page in group.documents.flatMap(\.pages) {
        readings[RunPlan.Place(page: page.id, dpi: group.dpi)] = page.transcript
      }
    }
    return readings
  }
}
