import Boundary
import Datasets
import OCRInference
import PageImaging
import Scoring

/// A finished run's figures computed again, by the code that computed them first, from what the run
/// was asked, what the engine gave and what the dataset holds.
///
/// Texts, times and memory that the engine gave are taken as they stand: nobody can compute those
/// again without reading the pages again.
public struct Verification: Sendable {
  /// What results.json ought to be. Documents and pages that no longer stand in it are missing here
  /// too, and named in `missing`.
  public private(set) var record: RunRecord
  /// `rx-3 of prescription at 300 DPI`
  public private(set) var missing: [String] = []

  private let scorer: PageScorer
  private let dataset: Dataset

  /// - Parameter scorers: of which the one that the run was judged by is taken.
  /// - Throws: `VerificationError` where the run cannot be judged again, `DatasetError` or
  ///   `RunError` where its pages are not there.
  public init(of record: RunRecord, dataset: Dataset, scorers: [PageScorer]) throws {
    guard let provenance = record.provenance else { throw VerificationError.noProvenance }
    if record.configuration.redacted == true { throw VerificationError.redacted }
    guard provenance.scorerVersion == PageScorer.version else {
      throw VerificationError.otherScorer(provenance.scorerVersion)
    }
    guard dataset.contentHash == record.configuration.datasetHash else {
      throw VerificationError.otherDataset(
        was: record.configuration.datasetHash, now: dataset.contentHash)
    }
    self.record = record
    self.dataset = dataset
    scorer = try provenance.scorer(among: scorers)
    self.record.provenance = RunProvenance(
      scorer: scorer, profiles: record.configuration.profiles)
    let plan = try RunPlan(configuration: record.configuration, dataset: dataset)
    self.record.groups = []
    for group in plan.groups {
      guard let stored = record.groups.first(where: { group.isOf($0) }) else {
        missing.append("\(group.profile.type) at \(group.dpi) DPI")
        continue
      }
      let documents = try group.documents.compactMap { document in
        try again(document, in: stored, of: group)
      }
      self.record.groups.append(
        GroupRecord(
          judging: documents, by: group.profile, dpi: group.dpi,
          configuration: record.configuration))
    }
    self.record.severityRules = record.severityRules.map { _ in
      scorer.harms.rules.notes(of: self.record.groups)
    }
    // Probes read other pages, which are not kept: their counts stand, and what verdicts make of them is made again.
    if let probes = record.probes { self.record = self.record.adding(probes) }
  }

  private mutating func again(
    _ document: DatasetDocument, in stored: GroupRecord, of group: RunPlan.Group
  ) throws -> DocumentRecord? {
    let place = " of \(group.profile.type) at \(group.dpi) DPI"
    guard var again = stored.documents.first(where: { $0.id == document.id }) else {
      missing.append(document.id + place)
      return nil
    }
    let pages = again.pages
    again.pages = []
    for index in document.pages.indices {
      let id = PageReading.id(document, page: index)
      if let page = pages.first(where: { $0.id == id }) {
        again.pages.append(try self.again(page, document, index, group))
      } else {
        missing.append(id + place)
      }
    }
    return again
  }

  private func again(
    _ page: PageRecord, _ document: DatasetDocument, _ index: Int, _ group: RunPlan.Group
  ) throws -> PageRecord {
    let truth = document.pages[index]
    let bytes = try dataset.pageBytes(document, page: index)
    let name = dataset.pageName(document, page: index)
    let header = try PNGHeader(png: bytes, name: name)
    let dpi = try header.dpi(given: record.configuration.sourceDPI, name: name)
    let size = try PageImage.size(
      width: header.width, height: header.height, from: dpi, to: group.dpi)
    return PageRecord(
      id: page.id, image: truth.image,
      imageHash: page.imageHash.map { _ in Checksum.sha256(of: bytes) }, width: size.width,
      height: size.height, upsampled: Double(group.dpi) > dpi,
      imageTokens: try ImageTokens(width: size.width, height: size.height).count,
      preparation: page.preparation, transcript: page.transcript, reference: truth.transcript,
      personal: page.personal.map { _ in document.personalSpans(page: index) },
      score: scorer.score(
        page.transcript, of: document, page: index, profile: group.profile))
  }
}

extension RunPlan.Group {
  fileprivate func isOf(_ record: GroupRecord) -> Bool {
    record.type == profile.type && record.dpi == dpi
  }
}

extension RunProvenance {
  fileprivate func scorer(among scorers: [PageScorer]) throws(VerificationError) -> PageScorer {
    let ruled = scorers.filter { $0.harms.rules.hash == severityRulesHash }
    guard !ruled.isEmpty else { throw .otherSeverityRules }
    guard let scorer = ruled.first(where: { $0.harms.lexiconHash == lexiconHash }) else {
      throw .otherLexicon
    }
    return scorer
  }
}

/// Why a run's figures cannot be computed again; none of these says that they are wrong.
public enum VerificationError: Error, Equatable, CustomStringConvertible {
  case noProvenance
  case redacted
  case noDataset(String)
  case otherScorer(String)
  case otherDataset(was: String, now: String)
  case otherSeverityRules
  case otherLexicon

  public var description: String {
    switch self {
    case .noProvenance:
      "the run does not say which scorer judged it; run again with this medbench"
    case .redacted:
      "the run is redacted: what it hides cannot be scored again; verify the run that it was made of"
    case .noDataset(let place):
      "its dataset \(place.excerptOnOneLine) is not here; say where it lies with --dataset"
    case .otherScorer(let version):
      "the run was judged by scorer \(version.excerptOnOneLine), and this is \(PageScorer.version); "
        + "use the medbench that judged it, or run again"
    case .otherDataset(let was, let now):
      "the dataset is not the one that was read (its hash was \(was.prefix(12).description.onOneLine)"
        + ", here it is \(now.prefix(12))); give the right one with --dataset"
    case .otherSeverityRules:
      "the run was judged by other severity rules; give their file with --severity"
    case .otherLexicon:
      "the run was judged with another lexicon; give its file with --lexicon"
    }
  }
}
