import ArgumentParser
import Benchmarking
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline

/// Which engine reads which pages, where pages and not prompts are the load.
struct BenchLoadPages: ParsableArguments {
  @Option(
    help: "Engine: local, tesseract or command. All but local need --doc-type.")
  var engine = "local"

  @Option(
    parsing: .upToNextOption,
    help: "Read pages of these document types in place of prompts; a list, or 'all'.")
  var docType: [String] = []

  @Option(help: "Resolution of the pages, dots per inch.")
  var dpi = 300

  @Option(help: "How the pages suffered: clean, scan, fax or photo.")
  var degradation: Degradation = .scan

  @Option(help: "Directory of PNG pages and JSONL truth; by default the shipped one.")
  var dataset: String?

  @Option(help: "Pages of each type, read in turn.")
  var pages = 10

  @Option(help: "Program and arguments of the engine 'command'; the page's path is added.")
  var command: String?

  @Flag(
    help: "The engine 'command' prints one JSON line a token, so TTFT and TPOT can be measured.")
  var streamsTokens = false

  var areAsked: Bool { !docType.isEmpty }

  func validate() throws {
    let range = ResamplingError.dpiRange
    guard range.contains(Double(dpi)) else {
      throw ValidationError(
        "--dpi \(dpi): from \(Int(range.lowerBound)) to \(Int(range.upperBound)).")
    }
    guard (1...1000).contains(pages) else {
      throw ValidationError("--pages \(pages): from 1 to 1000.")
    }
    if engine != "local", !areAsked {
      throw ValidationError("--engine \(engine) reads pages: add --doc-type.")
    }
    if engine != "command", command != nil || streamsTokens {
      let flag = command != nil ? "--command" : "--streams-tokens"
      throw ValidationError(
        "--engine \(engine) takes no \(flag); add --engine command, or leave it out.")
    }
  }

  /// - Parameter local: of the engine 'local'.
  /// - Throws: `EngineUsageError`, `EngineUnavailable` and what is wrong with a checkpoint.
  func opened(local: LocalEngineOptions) async throws -> any OCREngine {
    if engine != "local", local != LocalEngineOptions() {
      throw BenchUsageError(
        "--engine \(engine) takes no checkpoint; leave out --engine, or leave out what is for 'local'"
      )
    }
    return try await EngineTable.make(
      EngineRequest(
        name: engine, local: engine == "local" ? local : nil,
        command: try command.map(CommandWords.split), modelLabel: nil,
        streamsTokens: streamsTokens ? true : nil, languages: nil, pageSegmentationMode: nil))
  }

  /// The first pages of each type, brought to the set DPI.
  /// - Throws: `DatasetError`, `UnknownDocumentType` and what is wrong with a page.
  func inputs(seed: UInt64) throws -> [any LoadInput] {
    let dataset = try DatasetLocation.open(dataset ?? DatasetLocation.shipped)
    let names = CommaList.items(docType)
    let set = ProfileSet.builtIn
    let profiles =
      names.contains("all") ? set.all : try names.map { try set.profile(named: $0) }
    return try profiles.map { profile in
      let places = dataset.documents(of: profile.type).flatMap { document in
        document.pages.indices.map { (document, $0) }
      }
      guard !places.isEmpty else {
        throw BenchUsageError("--doc-type \(profile.type): the dataset has no document of it")
      }
      let loaded = try places.prefix(pages).map { document, page in
        try self.page(document, page, of: dataset, prompt: profile.prompt, seed: seed)
      }
      return try PageInput(type: profile.type, pages: loaded)
    }
  }

  private func page(
    _ document: DatasetDocument, _ index: Int, of dataset: Dataset, prompt: String, seed: UInt64
  ) throws -> EnginePage {
    let (name, id) = (
      dataset.pageName(document, page: index), "\(document.id)/\(index + 1)"
    )
    let master = try PageImage(
      png: dataset.pageBytes(document, page: index), name: name, sourceDPI: nil)
    let loaded = try LoadedPage(
      master, setDPI: dpi, degradation: degradation, seed: seed, pageID: id)
    return EnginePage(id: id, image: loaded.image, dpi: dpi, prompt: prompt)
  }
}
