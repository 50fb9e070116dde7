import Benchmarking
import OCRInference
import Testing

/// One rule for all benchmarks: weights, caches and buffers, held against one limit.
@Suite struct MemoryLimitTests {
  @Test func `All of it may be had, and a byte more is refused with what it is made of`() {
    let need = MemoryUse(weights: 3 << 20, cache: 2 << 20, activations: 1 << 19)
    #expect(MemoryLimit(bytes: need.expectedPeak).obstacle(to: need) == nil)
    #expect(MemoryLimit(bytes: need.expectedPeak - 1).obstacle(to: need) != nil)
    #expect(
      MemoryLimit(bytes: 4 << 20).obstacle(to: need)
        == "needs 5.5 MiB of memory (weights 3.0 MiB, cache 2.0 MiB, buffers 0.5 MiB), and 4.0 MiB "
        + "can be had")
    // Of a model that is not even opened.
    #expect(
      MemoryLimit(bytes: 0).obstacle(to: MemoryUse(weights: 1 << 20))
        == "needs 1.0 MiB of memory (weights 1.0 MiB), and 0.0 MiB can be had")
    #expect(MemoryLimit.machine.bytes > need.expectedPeak)
  }

  @Test func `Every benchmark needs weights, cache and buffers, none of them for nothing`() throws {
    let model = try TinyModel.open()
    let samples = KVSamples.random(
      vocabulary: model.decoder.shape.vocabulary, count: 2, tokens: 40, seed: 1)
    let kv = KVBenchmark(model: model, cases: [.baseline], samples: samples, maxNewTokens: 4)
    let needs = [
      DecodeBenchmark(
        model: model, mode: .both, positions: [1, 40], repeats: 1, cacheType: .f16
      ).memory,
      PrefillBenchmark(
        model: model, settings: TinyModel.settings(), cacheType: .f16, repeats: 1
      ).memory,
      SpeedBenchmark(model: model, maxSequenceLength: 64).memory,
      kv.memory,
      fit(model).memory(tokens: 40, concurrency: 1),
    ]
    for need in needs {
      #expect(need.weights == model.weightBytes && need.cache > 0 && need.activations > 0)
      #expect(MemoryLimit(bytes: need.expectedPeak).obstacle(to: need) == nil)
      for part in [need.weights, need.cache, need.activations] {
        #expect(MemoryLimit(bytes: need.expectedPeak - part).obstacle(to: need) != nil)
      }
    }
    // Texts of the KV benchmark come one after another.
    #expect(kv.memory.cache == fit(model).cacheBytes(tokens: 40))
  }

  // MARK: Load

  private func fit(_ model: BenchModel) -> ContextFit {
    ContextFit(model: model, cacheType: .f16, limit: .machine)
  }

  /// Prompts of these lengths that give four tokens each.
  private func rows(
    _ mode: LoadMode, lengths: [Int], batchSizes: [Int] = [1], bytes: Int, model: BenchModel
  ) async throws -> [LoadRow] {
    var settings = LoadSettings(mode: mode)
    settings.warmup = 0
    settings.iterations = 1
    settings.batchSizes = batchSizes
    settings.latencyLimit = 1000
    let words = PromptWords(
      tokenizer: model.tokenizer, vocabulary: model.decoder.shape.vocabulary)
    let inputs = lengths.map {
      PromptInput(
        inputTokens: $0...$0, outputTokens: 4...4, sharedShare: mode == .prefixSharing ? 0.75 : 0,
        words: words, seed: 1)
    }
    return try await LoadBenchmark(
      settings: settings,
      target: DecoderTarget(model: model, cacheType: .f16, limit: MemoryLimit(bytes: bytes)),
      inputs: inputs
    ).run(.init(engine: "local", model: "tiny", settings: settings)).results
  }

  private func isRefused(_ row: LoadRow) -> Bool {
    row.skipped?.hasPrefix("does not fit: needs ") == true
      && row.skipped?.contains("MiB of memory (weights ") == true && row.latency == nil
  }

  @Test(arguments: [LoadMode.single, .batch, .sweep, .stress, .soak, .longContext])
  func `A row that needs a byte too much is not run, in any mode`(mode: LoadMode) async throws {
    let model = try TinyModel.open()
    let need = fit(model).memory(tokens: 36, concurrency: 1)
    let rows = try await rows(
      mode, lengths: [32], bytes: need.expectedPeak - 1, model: model)
    #expect(rows.count == 1 && rows.allSatisfy(isRefused))
    #expect(rows.first?.expectedGiB == Double(need.expectedPeak) / Double(1 << 30))
  }

  /// In blocks of 256 tokens: 132 take one, 260 two.
  @Test func `Of long contexts those that fit are measured, whatever stands before them`()
    async throws
  {
    let model = try TinyModel.open()
    let fit = fit(model)
    #expect(fit.cacheBytes(tokens: 260) == 2 * fit.cacheBytes(tokens: 132))
    let rows = try await rows(
      .longContext, lengths: [256, 128, 384, 64],
      bytes: fit.memory(tokens: 132, concurrency: 1).expectedPeak, model: model)
    #expect(rows.map(isRefused) == [true, false, true, false])
    #expect([rows[1], rows[3]].allSatisfy { $0.skipped == nil && $0.requests == 1 })
  }

  @Test func `Each sequence of a batch has a cache of its own, and its row of the buffers`()
    async throws
  {
    let model = try TinyModel.open()
    let (one, four) = (
      fit(model).memory(tokens: 36, concurrency: 1), fit(model).memory(tokens: 36, concurrency: 4)
    )
    #expect(four.cache == 4 * one.cache && four.activations > one.activations)
    let rows = try await rows(
      .batch, lengths: [32], batchSizes: [1, 4], bytes: four.expectedPeak - 1, model: model)
    #expect(rows.map(isRefused) == [false, true])
  }

  @Test func `Sharing prefixes needs a second server's buffers and a store of two prompts`()
    async throws
  {
    let model = try TinyModel.open()
    let fit = fit(model)
    let alone = fit.memory(tokens: 68, concurrency: 1)
    let store = 2 * fit.cacheBytes(tokens: 68) + (1 << 20)
    let need = fit.memory(tokens: 68, concurrency: 1, prefixByteLimits: [0, store])
    #expect(need.cache == alone.cache + store && need.activations == 2 * alone.activations)
    // What the same prompts need without a store is not enough.
    for bytes in [alone.expectedPeak, need.expectedPeak - 1] {
      let rows = try await rows(.prefixSharing, lengths: [64], bytes: bytes, model: model)
      #expect(rows.count == 1 && rows.allSatisfy(isRefused))
    }
    let single = try await rows(
      .single, lengths: [64], bytes: alone.expectedPeak, model: model)
    let shared = try await rows(
      .prefixSharing, lengths: [64], bytes: need.expectedPeak, model: model)
    #expect((single + shared).map(isRefused) == [false, false, false])
    #expect(shared.map(\.hasPrefixStore) == [false, true])
  }
}
