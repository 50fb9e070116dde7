import ArgumentParser
import Benchmarking
import Boundary
import Foundation
import OCRInference
import Scoring

/// What a run of `medbench bench kv` compares, once the model is known.
extension BenchKVCommand {
  struct Plan {
    var benchmark: KVBenchmark
    var recentSizes: [Int]
    var skippedLayers: [Int]
    var text: KVReport.Text
  }

  func plan(of model: BenchModel) throws -> Plan {
    let shape = model.decoder.shape
    let tokens = maxTokens ?? min(2000, shape.contextLength)
    guard tokens <= shape.contextLength else {
      throw ValidationError(
        "--max-tokens \(tokens): \(model.name) has a context of \(shape.contextLength) positions.")
    }
    let newTokens = maxNewTokens ?? max(2, min(500, tokens / 4))
    guard newTokens < tokens else {
      throw ValidationError(
        "--max-new-tokens \(newTokens): less than the context of \(model.name), \(tokens).")
    }
    let sizes = try sizes(tokens: tokens)
    let layers = try skippedLayers(shape, model.name)
    let (samples, text) = try samples(of: model, tokens: tokens)
    let benchmark = KVBenchmark(
      model: model,
      cases: KVCase.all(
        of: method, sinks: startSize, recentSizes: sizes, skippedLayers: Set(layers)),
      samples: samples, maxNewTokens: newTokens, cacheType: cacheType)
    try BenchUsageError.refuse(benchmark.memory, "--max-tokens \(tokens)")
    return Plan(benchmark: benchmark, recentSizes: sizes, skippedLayers: layers, text: text)
  }

  private func sizes(tokens: Int) throws -> [Int] {
    if method == .baseline { return [] }
    if let recentSizes {
      let sizes = try Self.numbers("--recent-sizes", recentSizes)
      try checkRecent(sizes, tokens: tokens)
      return sizes
    }
    let sizes = [252, 508, 1020].filter { startSize + $0 < tokens }
    if sizes.isEmpty { try checkRecent([252], tokens: tokens) }
    return sizes
  }

  private func skippedLayers(_ shape: DecoderShape, _ name: String) throws -> [Int] {
    let layers =
      try skipLayers.map { try givenLayers($0, shape, name) }
      ?? Array(0..<min(2, shape.layers - 1))
    return method == .fixSizeL2 || method == .all ? layers : []
  }

  /// Checked whatever the method: a mistake is not passed over because nothing reads it.
  private func givenLayers(
    _ list: String, _ shape: DecoderShape, _ name: String
  ) throws -> [Int] {
    let layers = try Self.numbers("--skip-layers", list, least: 0).sorted()
    if let layer = layers.first(where: { $0 >= shape.layers }) {
      throw ValidationError(
        "--skip-layers \(layer): \(name) has layers 0 to \(shape.layers - 1).")
    }
    guard layers.count < shape.layers else {
      throw ValidationError(
        "--skip-layers \(list.excerptOnOneLine): are all \(shape.layers) layers of \(name); leave at least one."
      )
    }
    return layers
  }

  private func samples(
    of model: BenchModel, tokens: Int
  ) throws -> ([[Int32]], KVReport.Text) {
    guard let tokenizer = model.tokenizer else {
      if text != nil {
        throw ValidationError("--text: \(model.name) has no tokenizer; name a checkpoint.")
      }
      return (
        KVSamples.random(
          vocabulary: model.decoder.shape.vocabulary, count: numSamples, tokens: tokens,
          seed: modelOptions.seed), .randomIDs
      )
    }
    let words = try text.map(Self.contents) ?? Self.transcripts()
    do {
      let samples = try KVSamples.cut(
        words, tokenizer: tokenizer, count: numSamples, tokens: tokens)
      return (samples, text == nil ? .transcripts : .file)
    } catch {
      throw ValidationError(
        "--num-samples \(numSamples): \(error); give fewer, a smaller --max-tokens or a longer --text."
      )
    }
  }

  private static func contents(of path: String) throws -> String {
    let bytes = try RegularFile.bytes(of: path, limit: 64 << 20)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputFileError(file: path, problem: "not UTF-8 text", mend: "save it as UTF-8")
    }
    return text
  }

  /// All pages of the shipped dataset, in its order.
  private static func transcripts() throws -> String {
    try DatasetLocation.open(DatasetLocation.shipped).documents
      .flatMap(\.pages).map(\.transcript).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}
