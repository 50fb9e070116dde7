import Boundary
import Datasets
import Foundation
import PageImaging

/// The pictures that a report shows, kept beside the record so that it can be rendered again without
/// the dataset: the worst pages whole, and of critical errors the place on the page.
///
/// Each is kept twice: as the engine saw it, and with what says whom the page is about covered, for
/// reports that leave the ward. A run that is redacted keeps the covered ones alone. A page whose
/// personal places the truth does not show on it gets no covered picture.
struct ReportPictures {
  let plan: RunPlan
  let reading: PageReading
  /// The run's.
  let directory: String

  static let folder = "pictures"
  static let redactedFolder = "redacted"

  /// In pixels: enough to read a printed line on, small enough to embed.
  private static let pageWidth = 800

  private var isRedacted: Bool { reading.configuration.redacted == true }

  /// What is shown of one page.
  private struct Wanted {
    var page: PageRecord
    var isWhole = false
    var harms: [PlacedHarm] = []
  }

  func keep(of groups: [GroupRecord]) throws {
    let harms = Dictionary(grouping: RunRecord.shownCriticalErrors(of: groups), by: \.group)
    for (index, (group, planned)) in zip(groups, plan.groups).enumerated() {
      for wanted in wanted(of: group, harms: harms[index] ?? []) {
        try keep(wanted, of: planned)
      }
    }
  }

  private func wanted(of group: GroupRecord, harms: [PlacedHarm]) -> [Wanted] {
    var wanted: [String: Wanted] = [:]
    for page in group.worstPages() { wanted[page.id, default: Wanted(page: page)].isWhole = true }
    let byPage = Dictionary(grouping: harms, by: \.page)
    for page in group.documents.flatMap(\.pages) {
      if let harms = byPage[page.id] {
        wanted[page.id, default: Wanted(page: page)].harms = harms
      }
    }
    return wanted.values.sorted { $0.page.id < $1.page.id }
  }

  private func keep(_ wanted: Wanted, of group: RunPlan.Group) throws {
    let (document, index) = group.place(of: wanted.page, isRedacted: isRedacted)
    let loaded = try reading.load(document, page: index, dpi: group.dpi)
    let view = PageView(
      loaded, dpi: group.dpi,
      geometry: reading.degradation.geometry(
        width: loaded.image.width, height: loaded.image.height, dpi: group.dpi,
        seed: reading.configuration.seed, pageID: PageReading.id(document, page: index)))
    let places = TranscriptPlaces(document, page: index)
    if !isRedacted { try write(wanted, of: view, places, dpi: group.dpi, to: Self.folder) }
    if let covered = covered(view, places, document, page: index) {
      try write(
        wanted, of: covered, places, dpi: group.dpi,
        to: isRedacted ? Self.folder : Self.folder + "/" + Self.redactedFolder)
    }
  }

  private func write(
    _ wanted: Wanted, of view: PageView, _ places: TranscriptPlaces, dpi: Int, to folder: String
  ) throws {
    let folder = directory + "/" + folder
    if wanted.isWhole {
      try Self.write(
        try view.whole(width: Self.pageWidth),
        to: folder + "/" + wanted.page.pictureName(dpi: dpi))
    }
    for harm in wanted.harms {
      guard let span = harm.finding.span, let boxes = places.boxes(of: span),
        let crop = try view.crop(around: boxes)
      else { continue }
      try Self.write(
        crop, to: folder + "/" + wanted.page.pictureName(dpi: dpi, harm: harm.index))
    }
  }

  private static func write(_ picture: FramedPicture, to path: String) throws {
    try PrivateDirectory.make((path as NSString).deletingLastPathComponent)
    try AtomicFile.write(picture.pngData(), to: path, permissions: 0o600)
  }

  // MARK: Covering

  /// nil where the truth does not say where something personal stands.
  private func covered(
    _ view: PageView, _ places: TranscriptPlaces, _ document: DatasetDocument, page index: Int
  ) -> PageView? {
    var view = view
    for span in document.personalPlaces(page: index) {
      guard let boxes = places.coveringBoxes(of: span) else { return nil }
      view.hide(boxes)
    }
    return view
  }
}

extension DatasetDocument {
  /// Stretches of a page's transcript that `redacted()` hides: by its fields, by what they hold, by
  /// form and label.
  fileprivate func personalPlaces(page index: Int) -> [Range<Int>] {
    var personal = personalText
    personal.add(
      found: pages.flatMap { page in
        PersonalPatterns.all.places(in: page.transcript).map { String(page.transcript[$0]) }
      })
    let spans = personalSpans(page: index)
    let text = pages[index].transcript
    let isPersonal = personal.isPersonal(in: text)
    var places = spans
    var start: Int?
    let scalars = Array(text.unicodeScalars)
    for place in 0...isPersonal.count {
      let isInside = place < isPersonal.count && isPersonal[place] && scalars[place] != "\n"
      if isInside, start == nil { start = place }
      if !isInside, let first = start {
        // What a field's box covers needs no line covered.
        if !spans.contains(where: { $0.contains(first) && $0.upperBound >= place }) {
          places.append(first..<place)
        }
        start = nil
      }
    }
    return places
  }
}

extension RunPlan.Group {
  /// The document and page that a record was read from.
  fileprivate func place(of page: PageRecord, isRedacted: Bool) -> (DatasetDocument, Int) {
    for document in documents {
      let id = document.recordID(isRedacted: isRedacted)
      for index in document.pages.indices where "\(id)/\(index + 1)" == page.id {
        return (document, index)
      }
    }
    preconditionFailure("a record of no page of its group: \(page.id)")
  }
}
