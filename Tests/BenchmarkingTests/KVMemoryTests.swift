import Benchmarking
import OCRInference
import Testing

/// What `medbench bench kv` says that the engine itself allocated.
@Suite struct KVMemoryTests {
  private func benchmark(
    _ model: BenchModel, _ cases: [KVCase] = [], tokens: Int, passRows: Int = 32
  ) -> KVBenchmark {
    KVBenchmark(
      model: model, cases: [.baseline] + cases,
      samples: KVSamples.random(
        vocabulary: model.decoder.shape.vocabulary, count: 1, tokens: tokens, seed: 2),
      maxNewTokens: 3, cacheType: .f32, passRows: passRows)
  }

  /// A second run, whose scratch no kernel has to enlarge any more.
  private func results(_ benchmark: KVBenchmark) throws -> (results: [KVResult], scratch: Int) {
    _ = try benchmark.run()
    return (try benchmark.run(), benchmark.model.decoder.pool.scratchBytes)
  }

  private func bytes(_ gibibytes: Double) -> Int { Int(gibibytes * Double(1 << 30)) }

  /// llama-tiny: 2 layers, hidden 64, 4 heads of 16 and 2 of keys, 96 inside, a vocabulary of 280.
  @Test func `Allocated is weights, buffers and cache, added up by hand`() throws {
    let (results, scratch) = try results(
      benchmark(TinyModel.random("llama-tiny"), tokens: 300, passRows: 8))
    let attention = 64 * 64 + 32 * 64 + 32 * 64 + 64 * 64
    let weights = 2 * 280 * 64 + 2 * (attention + 3 * 64 * 96) + 5 * 64
    // A row: hidden; normed, queries, keys, values, attended, gate, up, cosines, sines; and its logits.
    let buffers = 8 * (64 + (64 + 64 + 32 + 32 + 64 + 96 + 96 + 8 + 8) + 280)
    // Keys and values of 2 layers and 2 heads of 16, two blocks of 256.
    let cache = 2 * 2 * 2 * 16 * 512
    #expect(bytes(results[0].allocatedMemory) == 4 * (weights + buffers + cache) + scratch)
    #expect(bytes(results[0].cacheMemory) == 4 * cache)
  }

  @Test func `Allocated is more than weights and cache, and grows with the text`() throws {
    let model = try TinyModel.random("llama-tiny")
    let short = try benchmark(model, tokens: 200).run()[0]
    let long = try benchmark(model, tokens: 280).run()[0]
    for result in [short, long] {
      #expect(bytes(result.allocatedMemory) >= model.weightBytes + bytes(result.cacheMemory))
    }
    #expect(long.allocatedMemory > short.allocatedMemory)
  }

  @Test func `A cache that drops rows allocates less, as its policy foretells`() throws {
    let model = try TinyModel.random("llama-tiny")
    let cases = KVCase.all(of: .all, sinks: 4, recentSizes: [12], skippedLayers: [0])
    let benchmark = benchmark(model, Array(cases.dropFirst()), tokens: 280)
    let (results, scratch) = try results(benchmark)
    let need = benchmark.memory
    for (result, item) in zip(results, cases) {
      let cache = item.policy.peakByteCount(
        type: .f32, shape: model.decoder.shape, rows: 280, passRows: 32)
      #expect(
        bytes(result.allocatedMemory)
          == model.allocatedWeightBytes + need.activations + cache + scratch, "\(item.name)")
      #expect(cache <= need.cache)
    }
    #expect(results.dropFirst().allSatisfy { $0.allocatedMemory < results[0].allocatedMemory })
  }

  @Test func `A tied head is in memory once`() throws {
    let model = try TinyModel.random("qwen2-tiny")
    let shapes = ShapeWeights()
    _ = try ArchitectureTable.decoder(
      config: model.config, weights: shapes, pool: model.decoder.pool)
    #expect(model.allocatedWeightBytes == 4 * shapes.parameters)
    #expect(model.weightBytes == 4 * shapes.matrixParameters)
  }
}
