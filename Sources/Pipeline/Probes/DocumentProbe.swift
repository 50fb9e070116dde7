import Datasets
import DocProfiles
import OCRInference
import PageImaging
import Scoring

/// One document's twins: made, read, judged.
struct DocumentProbe {
  let document: DatasetDocument
  let group: RunPlan.Group
  let kinds: [ProbeKind]
  let reading: PageReading
  let source: any TwinSource
  let scorer: PageScorer

  /// The page with the most values whose place is known; nil where none has any.
  private var page: Int? {
    let counts = document.pages.indices.map { page in
      document.fields.count { $0.page == page && $0.box != nil }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    return counts.firstIndex(of: most)
  }

  private var critical: Set<String> { Set(group.profile.criticalFields.map(\.key)) }

  func run(
    known: [RunPlan.Place: Transcript], keep: (Twin) throws -> Void,
    into findings: inout ProbeFindings
  ) async throws {
    // Without a box nothing can be edited; the page can still be read again.
    guard let page = page ?? (document.pages.isEmpty ? nil : 0) else { return }
    let name = reading.dataset.pageName(document, page: page)
    let master = try PageImage(
      png: try reading.dataset.pageBytes(document, page: page), name: name,
      sourceDPI: reading.configuration.sourceDPI)
    let judging = ProbeJudging(
      document, page: page, criticalFields: group.profile.criticalFields, scorer: scorer)
    let twins = try source.twins(
      of: document, page: page, image: master, kinds: kinds.filter(\.hasTwins),
      critical: critical, seed: reading.configuration.seed)
    var plain = known[
      RunPlan.Place(page: PageReading.id(document, page: page), dpi: group.dpi)]
    let needsPlain = kinds.contains(.repeated) || twins.contains { $0.kind == .distractor }
    if plain == nil, needsPlain {
      plain = try await read(master, page: page, id: document.id, dpi: group.dpi).transcript
    }
    for twin in twins {
      try keep(twin)
      let (transcript, loaded) = try await read(
        twin.image, page: page, id: twin.document.id, dpi: group.dpi)
      if !transcript.wasRead { findings.countUnread(twin.kind) }
      for judged in judging.judged(transcript, of: twin, plain: plain) {
        findings.add(
          judged, kind: twin.kind, document: document, page: page, twin: twin.document.id,
          picture: loaded, scale: scale(of: loaded))
      }
    }
    if kinds.contains(.repeated), let plain {
      try await readAgain(master, page: page, plain: plain, judging, into: &findings)
    }
  }

  /// The same page once more, and at 3 % more and fewer dots per inch.
  private func readAgain(
    _ master: PageImage, page: Int, plain: Transcript, _ judging: ProbeJudging,
    into findings: inout ProbeFindings
  ) async throws {
    let range = ResamplingError.dpiRange
    for (part, factor) in [("again", 1), ("dpi+3%", 1.03), ("dpi-3%", 0.97)] {
      let dpi = Int((Double(group.dpi) * factor).rounded())
      // At 10 DPI 3 % are none.
      guard range.contains(Double(dpi)), dpi != group.dpi || factor == 1 else { continue }
      let (transcript, loaded) = try await read(master, page: page, id: document.id, dpi: dpi)
      if !transcript.wasRead { findings.countUnread(.repeated) }
      for judged in judging.flips(plain, transcript, part: part, critical: critical) {
        findings.add(
          judged, kind: .repeated, document: document, page: page, twin: document.id,
          picture: loaded, scale: scale(of: loaded))
      }
    }
  }

  private func scale(of page: LoadedPage) -> Double {
    (page.image.dpi ?? page.sourceDPI) / page.sourceDPI
  }

  /// Degraded as the original's page is, whatever the twin is called.
  private func read(
    _ master: PageImage, page: Int, id: String, dpi: Int
  ) async throws -> (transcript: Transcript, page: LoadedPage) {
    let loaded: LoadedPage
    do {
      loaded = try LoadedPage(
        master, setDPI: dpi, degradation: reading.degradation,
        seed: reading.configuration.seed, pageID: PageReading.id(document, page: page))
    } catch {
      throw PageLoadingError.resampling(
        path: reading.dataset.pageName(document, page: page), error)
    }
    let transcript = await reading.engine.transcribe(
      EnginePage(
        id: "\(id)/\(id == document.id ? page + 1 : 1)", image: loaded.image, dpi: dpi,
        prompt: group.profile.prompt ?? EnginePage.defaultPrompt),
      timeout: .seconds(reading.configuration.timeout))
    // A cancelled run cancels its engine too; that is no reading.
    try Task.checkCancellation()
    return (transcript, loaded)
  }
}

extension Transcript {
  /// An empty page may be read as empty.
  var wasRead: Bool { outcome.status == .read || outcome.status == .empty }
}
