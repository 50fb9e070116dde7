import ArgumentParser
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline

/// What to read, with what, and how: everything a run's record keeps.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: "Document types, separated by commas, or 'all'. `medbench profiles` lists them.")
  var docType: [String] = []

  @Option(parsing: .upToNextOption, help: "Resolutions in dots per inch, separated by commas.")
  var dpi: [String] = []

  @Option(
    help: "Engine: local (medbench's own model unless another is named), tesseract or command.")
  var engine = "local"

  @OptionGroup var local: LocalEngineArguments

  @Option(help: "Program and arguments of the engine 'command'; the page's path is added.")
  var command: String?

  @Option(help: "What reports call the model behind the engine 'command'.")
  var modelLabel: String?

  @Flag(help: "The engine 'command' prints one JSON line a token, so TPOT can be measured.")
  var streamsTokens = false

  @Option(help: "Tesseract's languages.")
  var languages: String?

  @Option(help: "Tesseract's page segmentation mode.")
  var psm: Int?

  @Option(help: "Directory of PNG pages and JSONL truth; by default the shipped one.")
  var dataset: String?

  @Option(help: "YAML file that overrides or adds document types.")
  var profiles: String?

  @Option(help: "Documents of each type; by default all.")
  var limit: Int?

  @Option(help: "How the pages suffered: clean, scan, fax or photo.")
  var degradation: Degradation = .scan

  @Option(help: "Seed of the degradation.")
  var seed: UInt64 = 0

  @Option(help: "DPI of pages whose PNG does not say.")
  var sourceDPI: Double?

  @Option(help: "Pages read before each verdict's first, and not counted.")
  var warmup = 3

  @Option(help: "Seconds a page may take.")
  var timeout: Double = 120

  @OptionGroup var sureness: ConfidenceOption

  @OptionGroup var harm: HarmOptions

  @Flag(
    help: """
      Hide names, resident registration numbers, telephone numbers, addresses and patient numbers in \
      all that is written, text and pictures (docs/reports.md).
      """)
  var redact = false

  func validateComplete() throws {
    if CommaList.items(docType).isEmpty {
      throw ValidationError("Missing --doc-type: a type, a list, or 'all'.")
    }
    _ = try dpis()
    try validateEngineFlags()
    if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1 document.") }
    if warmup < 0 { throw ValidationError("--warmup \(warmup): 0 or more pages.") }
    if !(timeout > 0 && timeout <= 86_400) {
      throw ValidationError("--timeout \(timeout): more than 0 and at most 86400 seconds.")
    }
    if let sourceDPI, !ResamplingError.dpiRange.contains(sourceDPI) {
      let range = ResamplingError.dpiRange
      throw ValidationError(
        "--source-dpi \(sourceDPI): from \(Int(range.lowerBound)) to \(Int(range.upperBound)).")
    }
  }

  /// Flags of one engine given to another would judge a model that nobody named.
  private func validateEngineFlags() throws {
    if engine != "local", local.options != LocalEngineOptions() {
      throw ValidationError(
        "--engine \(engine) takes no checkpoint; leave out --engine, or leave out what is for 'local'."
      )
    }
    if engine != "tesseract", languages != nil || psm != nil {
      throw ValidationError(
        "--engine \(engine) takes no --languages and no --psm; add --engine tesseract, or leave them out."
      )
    }
    if engine != "command", command != nil || modelLabel != nil || streamsTokens {
      let flag =
        command != nil ? "--command" : modelLabel != nil ? "--model-label" : "--streams-tokens"
      throw ValidationError(
        "--engine \(engine) takes no \(flag); add --engine command, or leave it out.")
    }
  }

  private func dpis() throws -> [Int] { try CommaList.dpis(dpi) }

  /// Opens all that a run needs; nothing is written yet.
  func opened() async throws -> (RunConfiguration, Dataset, any OCREngine) {
    let set = try profiles.map { try ProfileFile.profiles(at: URL(filePath: $0)) } ?? .builtIn
    let judged = try requestedProfiles(of: set)
    let request = EngineRequest(
      name: engine, local: engine == "local" ? local.options : nil,
      command: try command.map(CommandWords.split), modelLabel: modelLabel,
      streamsTokens: streamsTokens ? true : nil, languages: languages, pageSegmentationMode: psm)
    let engine = try await EngineTable.make(request)
    let place = dataset ?? DatasetLocation.shipped
    let dataset = try DatasetLocation.open(place)
    let sources = try harm.sources()
    let configuration = RunConfiguration(
      documentTypes: judged.map(\.type), dpis: try dpis(), dataset: place,
      datasetHash: dataset.contentHash, limit: limit, degradation: degradation.rawValue,
      seed: seed, warmup: warmup, timeout: timeout, sourceDPI: sourceDPI,
      confidence: sureness.confidence, redacted: redact ? true : nil,
      harm: sources == .builtIn ? nil : sources, engine: request,
      profiles: judged.map(ProfileSnapshot.init))
    return (configuration, dataset, engine)
  }

  private func requestedProfiles(of set: ProfileSet) throws -> [DocumentProfile] {
    let names = CommaList.items(docType)
    return names.contains("all") ? set.all : try names.map { try set.profile(named: $0) }
  }
}

extension RunOptions: Equatable {
  /// Whether the command line asked for the same, as `--resume` needs to know: it takes no other.
  static func == (a: RunOptions, b: RunOptions) -> Bool { a.values == b.values }

  private var values: [String] {
    docType + ["/"] + dpi + [
      "/", engine, "\(command ?? "")/\(modelLabel ?? "")/\(streamsTokens)/\(languages ?? "")",
      "\(psm ?? 0)/\(dataset ?? "")/\(profiles ?? "")/\(limit ?? 0)/\(degradation)/\(seed)",
      "\(sourceDPI ?? 0)/\(warmup)/\(timeout)", "\(local.options)", "\(sureness.confidence ?? 0)",
      "\(harm.lexicon ?? "")/\(harm.severity ?? "")/\(redact)",
    ]
  }
}

extension Degradation: ExpressibleByArgument {}
