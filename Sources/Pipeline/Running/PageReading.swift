import Boundary
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Scoring

/// One page through hops 2 to 6: loaded at the set DPI, read by the engine, scored.
struct PageReading {
  let engine: any OCREngine
  let dataset: Dataset
  let configuration: RunConfiguration
  let degradation: Degradation
  let scorer: PageScorer

  /// - Throws: `CancellationError`, or what loading the page threw; an engine's failure is an
  ///   outcome in the record.
  func record(
    of document: DatasetDocument, page index: Int, profile: ProfileSnapshot, dpi: Int
  ) async throws -> PageRecord {
    let truth = document.pages[index]
    let id = Self.id(document, page: index)
    let clock = ContinuousClock()
    let start = clock.now
    let bytes = try dataset.pageBytes(document, page: index)
    let loaded = try load(bytes, document, page: index, dpi: dpi)
    let preparation = start.duration(to: clock.now)
    let transcript = try await transcribe(
      loaded, id: id, dpi: dpi, prompt: profile.prompt, isBlank: truth.transcript.isEmpty)
    return PageRecord(
      id: id, image: truth.image, imageHash: Checksum.sha256(of: bytes), width: loaded.image.width,
      height: loaded.image.height,
      upsampled: loaded.isUpsampled,
      imageTokens: try ImageTokens(width: loaded.image.width, height: loaded.image.height).count,
      preparation: preparation.milliseconds, transcript: transcript,
      reference: truth.transcript, personal: document.personalSpans(page: index),
      score: scorer.score(transcript, of: document, page: index, profile: profile))
  }

  /// The page as the engine gets it; its checksum is verified on the way.
  func load(_ document: DatasetDocument, page index: Int, dpi: Int) throws -> LoadedPage {
    try load(dataset.pageBytes(document, page: index), document, page: index, dpi: dpi)
  }

  private func load(
    _ bytes: [UInt8], _ document: DatasetDocument, page index: Int, dpi: Int
  ) throws -> LoadedPage {
    let name = dataset.pageName(document, page: index)
    let master = try PageImage(png: bytes, name: name, sourceDPI: configuration.sourceDPI)
    do {
      return try LoadedPage(
        master, setDPI: dpi, degradation: degradation, seed: configuration.seed,
        pageID: Self.id(document, page: index))
    } catch {
      throw PageLoadingError.resampling(path: name, error)
    }
  }

  /// `prescription-0001/1`
  static func id(_ document: DatasetDocument, page index: Int) -> String {
    "\(document.id)/\(index + 1)"
  }

  private func transcribe(
    _ page: LoadedPage, id: String, dpi: Int, prompt: String?, isBlank: Bool
  ) async throws -> Transcript {
    var transcript = await engine.transcribe(
      EnginePage(
        id: id, image: page.image, dpi: dpi, prompt: prompt ?? EnginePage.defaultPrompt),
      timeout: .seconds(configuration.timeout))
    // A cancelled run cancels its engine too; that is no outcome of the page.
    try Task.checkCancellation()
    if isBlank, transcript.outcome.status == .empty {
      transcript.outcome = PageOutcome(status: .read)
    }
    return transcript
  }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15
  }
}
