import Benchmarking
import OCRInference
import Testing

/// The policies know nothing of the model: what holds for one architecture holds for all.
@Suite struct KVArchitectureTests {
  private func benchmark(_ architecture: String, size: Int, tokens: Int = 24) throws
    -> KVBenchmark
  {
    let model = try TinyModel.random(architecture)
    return KVBenchmark(
      model: model,
      cases: KVCase.all(of: .all, sinks: 2, recentSizes: [size - 2], skippedLayers: [0]),
      samples: KVSamples.random(
        vocabulary: model.decoder.shape.vocabulary, count: 1, tokens: tokens, seed: 4),
      maxNewTokens: 6, cacheType: .f32, passRows: 5)
  }

  @Test(arguments: ["llama-tiny", "qwen2-tiny", "gpt-neox-tiny"])
  func `A text shorter than the cache is foreseen as the full cache foresees it`(
    architecture: String
  ) throws {
    let results = try benchmark(architecture, size: 32).run()
    #expect(results.count == 4)
    #expect(Set(results.map(\.perplexity)).count == 1 && Set(results.map(\.accuracy)).count == 1)
    #expect(results.allSatisfy { $0.cacheSize == 24 })
  }

  @Test(arguments: ["llama-tiny", "qwen2-tiny", "gpt-neox-tiny"])
  func `Where rows are dropped every policy foresees something else`(architecture: String) throws {
    let results = try benchmark(architecture, size: 8).run()
    #expect(results.map(\.cacheSize) == [24, 8, 8, 8])
    #expect(results.allSatisfy { $0.perplexity.isFinite && $0.perplexity > 1 })
    #expect(Set(results.map(\.perplexity)).count == 4)
  }
}
