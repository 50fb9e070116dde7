import ArgumentParser
import Benchmarking
import Boundary
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Scoring

/// The pages of `medbench bench kv --ocr`: a run of the pipeline under each cache policy, of which the scores are kept.
struct BenchKVPages: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: "With --ocr: document types, separated by commas, or 'all', the default.")
  var docType: [String] = []

  @Option(help: "With --ocr: documents of each type; by default 1.")
  var limit: Int?

  @Option(
    parsing: .upToNextOption,
    help: "With --ocr: resolutions in dots per inch, separated by commas; by default 300.")
  var dpi: [String] = []

  /// A flag that the command line has.
  var given: String? {
    !docType.isEmpty ? "--doc-type" : limit != nil ? "--limit" : dpi.isEmpty ? nil : "--dpi"
  }

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1 document.") }
    if !dpi.isEmpty { _ = try CommaList.dpis(dpi) }
  }

  /// What is to be read, checked and the dataset opened; the model is not.
  func reading(_ model: BenchModelOptions, cacheType: WeightType) throws -> Reading {
    var options = LocalEngineOptions()
    options.model = model.model
    options.modelName = model.modelName
    options.quantize = model.quantize
    options.threads = model.threads
    options.cacheType = cacheType
    let request = EngineRequest(name: "local", local: options)
    let names = CommaList.items(docType)
    let profiles =
      names.isEmpty || names.contains("all")
      ? ProfileSet.builtIn.all : try names.map { try ProfileSet.builtIn.profile(named: $0) }
    let dataset = try DatasetLocation.open(DatasetLocation.shipped)
    let configuration = RunConfiguration(
      documentTypes: profiles.map(\.type), dpis: dpi.isEmpty ? [300] : try CommaList.dpis(dpi),
      dataset: DatasetLocation.shipped, datasetHash: dataset.contentHash, limit: limit ?? 1,
      degradation: Degradation.scan.rawValue, seed: model.seed, warmup: 0, timeout: 3600,
      sourceDPI: nil, engine: request, profiles: profiles.map(ProfileSnapshot.init))
    try RunPlan(configuration: configuration, dataset: dataset)
      .checkPages(of: dataset, sourceDPI: nil)
    return Reading(
      options: options, request: request, configuration: configuration, dataset: dataset)
  }

  struct Reading: Sendable {
    var options: LocalEngineOptions
    var request: EngineRequest
    var configuration: RunConfiguration
    var dataset: Dataset

    /// Opens the model.
    func open() async throws -> Reader {
      guard let engine = try await EngineTable.make(request) as? LocalEngine else {
        preconditionFailure("the engine 'local' is a LocalEngine")
      }
      return Reader(model: engine.model, reading: self)
    }
  }

  struct Reader: Sendable {
    /// Opened once; each policy has an engine of its own around it.
    var model: LocalModel
    var reading: Reading

    /// - Throws: `CancellationError` when interrupted.
    func read(under policy: CachePolicy) async throws -> KVReading {
      var options = reading.options
      options.cachePolicy = policy
      let engine = try LocalEngine(
        model: model, options: options, pool: model.model.decoder.pool)
      // A run keeps a journal of what it read, which is gone when its scores are known.
      let directory = FileManager.default.temporaryDirectory.path + "/medbench-kv-\(UUID())"
      try PrivateDirectory.make(directory)
      defer { try? FileManager.default.removeItem(atPath: directory) }
      let run = try Run(
        startingIn: directory, configuration: reading.configuration, dataset: reading.dataset,
        engine: engine)
      let record = try await Interruption.cancelling {
        var run = run
        return try await run.complete()
      }
      return KVReading(record)
    }
  }
}

extension KVReading {
  init(_ record: RunRecord) {
    let documents = record.groups.flatMap(\.documents)
    let pages = documents.flatMap(\.pages)
    let tallies = record.groups.flatMap(\.aggregates.fields)
    let fields = tallies.reduce(0) { $0 + $1.possible }
    self.init(
      pages: pages.count,
      failedPages: pages.count { $0.transcript.outcome.status != .read },
      cer: RateAggregate(pages: pages.map(\.score.characters))?.macro,
      criticalFields: fields,
      lostCriticalFields: fields - tallies.reduce(0) { $0 + $1.correct })
  }
}
