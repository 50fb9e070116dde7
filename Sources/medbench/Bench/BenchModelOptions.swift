import ArgumentParser
import Benchmarking
import Foundation
import OCRInference

/// Which model a benchmark runs, and how.
struct BenchModelOptions: ParsableArguments {
  @Option(
    help: """
      A checkpoint's directory, or preset:NAME for a published shape with random weights: \
      \(ModelPreset.all.map(\.name).joined(separator: ", ")). By default MEDBENCH_MODEL_PATH, else the model that comes \
      with medbench.
      """)
  var model: String?

  @Option(help: "OWNER/NAME of a checkpoint in the local Hugging Face cache, else on the hub.")
  var modelName: String?

  @Option(
    help: "Quantise the weights: q8_0 or q4_0.",
    transform: {
      guard let type = WeightType(rawValue: $0), type.isQuantized else {
        throw ValidationError("q8_0 or q4_0.")
      }
      return type
    })
  var quantize: WeightType?

  @Option(help: "Threads; by default all cores the process may use.")
  var threads: Int?

  @Option(help: "Seed of all that is drawn at random.")
  var seed: UInt64 = 0

  func validate() throws {
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads \(threads): from 1 to 4096.")
    }
  }

  /// - Parameter threads: in place of `--threads`.
  /// - Throws: `ModelPresetError`, `ModelLocationError`, `BenchUsageError`, and what is wrong with the checkpoint.
  func load(threads: Int? = nil) async throws -> BenchModel {
    let pool = ThreadPool(threads: threads ?? self.threads)
    if let model, let preset = try ModelPreset(argument: model) {
      let type = quantize ?? .bf16
      try BenchUsageError.refuseTooLarge(preset, type: type, flag: "--model", pool: pool)
      return try BenchModel(preset: preset, type: type, seed: seed, pool: pool)
    }
    return try await Self.open(
      model: model, name: modelName, quantize: quantize,
      environment: ProcessInfo.processInfo.environment, pool: pool)
  }

  static func open(
    model: String?, name: String?, quantize: WeightType?, dtype: WeightType? = nil,
    environment: [String: String], pool: ThreadPool
  ) async throws -> BenchModel {
    let directory: ModelDirectory
    // A name that a path came before is not that of what is measured.
    var isNamed = true
    switch try ModelLocation.resolve(model: model, name: name, environment: environment) {
    case .directory(let found, let rule):
      directory = found
      isNamed = rule == .named
    case .hub(let repository):
      directory = try await HubDownload(repository, environment: environment).run { _ in }
    }
    let title = (isNamed ? name : nil) ?? URL(filePath: directory.path).lastPathComponent
    return try BenchModel(
      directory: directory, name: title, quantize: quantize, dtype: dtype, pool: pool)
  }
}
