import Benchmarking
import Foundation
import OCRInference
import SchemaChecking
import Testing

/// The whole comparison, on a published shape with random weights. One after another: a pool of threads computes one pass at
/// a time.
@Suite(.serialized) struct KVBenchmarkTests {
  private static let tokens = 14
  private static let model = Result {
    try BenchModel(
      preset: ModelPreset.all.first { $0.name == "pythia-160m" }!, type: .q4,
      pool: ThreadPool(threads: 2))
  }

  private func benchmark(
    _ cases: [KVCase], samples: Int = 1, passRows: Int = 6
  ) throws -> KVBenchmark {
    let model = try Self.model.get()
    return KVBenchmark(
      model: model, cases: [.baseline] + cases,
      samples: KVSamples.random(
        vocabulary: model.decoder.shape.vocabulary, count: samples, tokens: Self.tokens, seed: 1),
      maxNewTokens: 3, cacheType: .f32, passRows: passRows)
  }

  private static let small = [
    KVCase(name: "recent_only_8", policy: .recentOnly(size: 8)),
    KVCase(name: "streaming_8", policy: .streamingLLM(sinks: 2, recent: 6)),
    KVCase(name: "fix_size_l2_8", policy: .fixSizeL2(size: 8, skippedLayers: [0])),
  ]

  @Test func `The full cache's perplexity is that of one pass over the whole text`() throws {
    let benchmark = try benchmark([])
    let result = try benchmark.run()[0]
    let (decoder, ids) = (benchmark.model.decoder, benchmark.samples[0])
    let count = ids.count
    let cache = try ContiguousCache(type: .f32, shape: decoder.shape, capacity: count)
    let hidden = FloatMatrix(rows: count, columns: decoder.shape.hidden)
    decoder.embed(ids, into: hidden, at: 0)
    decoder.forward(
      hidden, rows: count, positions: (0..<count).map { RotaryPosition(Int32($0)) },
      segments: [ForwardSegment(cache: cache, rows: 0..<count)], outputs: Array(0..<count),
      workspace: decoder.makeWorkspace(rows: count))
    let logits = FloatMatrix(rows: count, columns: decoder.shape.vocabulary)
    decoder.logits(hidden, row: 0, rows: count, into: logits)
    var (surprise, hits) = (0.0, 0)
    for row in 0..<count - 1 {
      let values = logits.values(row: row).map(Double.init)
      let next = Int(ids[row + 1])
      surprise -= log(exp(values[next]) / values.map(exp).reduce(0, +))
      hits += values[next] == values.max() ? 1 : 0
    }
    #expect(abs(result.perplexity / exp(surprise / Double(count - 1)) - 1) < 1e-9)
    #expect(result.accuracy == Double(hits) / Double(count - 1))
    #expect(result.cacheSize == count)
  }

  @Test func `Where nothing is dropped a policy foresees what the full cache foresees`() throws {
    let results = try benchmark([
      KVCase(name: "streaming_30", policy: .streamingLLM(sinks: 4, recent: 26)),
      KVCase(name: "fix_size_l2_30", policy: .fixSizeL2(size: 30, skippedLayers: [])),
    ]).run()
    #expect(Set(results.map(\.perplexity)).count == 1)
    #expect(results.allSatisfy { $0.cacheSize == Self.tokens })
  }

  /// Rows are fed together only while none is dropped for another: how many a pass may have changes nothing.
  @Test func `A row sees what it sees alone, however many rows a pass may have`() throws {
    let one = try benchmark(Self.small, passRows: 1).run()
    let many = try benchmark(Self.small, passRows: Self.tokens).run()
    #expect(one.map(\.perplexity) == many.map(\.perplexity))
    #expect(Set(one.map(\.perplexity)).count == 4)
    #expect(one.map(\.cacheSize) == [Self.tokens, 8, 8, 8])
  }

  @Test func `Every case is run on every sample, and the report says it all`() throws {
    let benchmark = try benchmark(Self.small, samples: 2)
    var seen: [Int] = []
    let results = try benchmark.run {
      false
    } progress: { done, _ in
      seen.append(done)
    }
    #expect(results.map(\.sample) == [0, 0, 0, 0, 1, 1, 1, 1] && seen == Array(1...8))
    #expect(results.allSatisfy { $0.ttft > 0 && $0.tpot > 0 && $0.throughput > 0 })
    #expect(results.allSatisfy { $0.peakVRAM == 0 && $0.peakMemory != 0 })
    // What the smaller caches used is less, and no more than was expected of them.
    let used = results.prefix(4).map(\.cacheMemory)
    #expect(used[1] <= used[0] && used.allSatisfy { $0 > 0 })
    let report = report(results, of: benchmark)
    #expect(!report.config.isPartial && report.methods == benchmark.cases.map(\.name))
    let mean = (results[0].ttft + results[4].ttft) / 2
    #expect(abs(report.aggregatedStats["baseline"]!.ttft - mean) < 1e-12)
    let middle = (results[0].perplexity * results[4].perplexity).squareRoot()
    let baseline = try #require(report.baselineStats)
    #expect(abs(baseline.perplexity / middle - 1) < 1e-12)
    #expect(report.text().contains("they say nothing of the model"))
    let most = try #require(results.filter { $0.method == "baseline" }.map(\.allocatedMemory).max())
    #expect(report.aggregatedStats["baseline"]?.allocatedMemory == most)
    _ = try #require(report.comparison()).png()
  }

  @Test func `A benchmark that is stopped keeps what it finished`() throws {
    let benchmark = try benchmark(Self.small)
    var done = 0
    let results = try benchmark.run(
      isCancelled: { done == 2 }, progress: { count, _ in done = count })
    #expect(results.map(\.method) == ["baseline", "recent_only_8"])
    let report = report(results, of: benchmark)
    #expect(report.config.isPartial && report.text().contains("partial"))
    #expect(try #require(report.comparison()).note.contains("partial"))
  }

  @Test func `Stopped before its first case it reports what was asked, partial, and draws nothing`()
    throws
  {
    let benchmark = try benchmark(Self.small)
    let results = try benchmark.run(isCancelled: { true })
    #expect(results == [])
    let report = report(results, of: benchmark)
    #expect(report.config.isPartial && report.baselineStats == nil && report.comparison() == nil)
    #expect(report.text().contains("Stopped early: partial."))
    let data = try JSONReport.bytes(report)
    #expect(try Schema(document: "bench-kv.schema.json").violations(of: data) == [])
    #expect(try JSONDecoder().decode(KVReport.self, from: data) == report)
  }

  private func report(_ results: [KVResult], of benchmark: KVBenchmark) -> KVReport {
    KVReport(
      config: KVReport.Config(
        benchmark, method: .all, startSize: 2, recentSizes: [6], skipLayers: [0],
        timestamp: "20241230_153045", text: .randomIDs, seed: 1),
      results: results, caseCount: benchmark.cases.count)
  }

  private func sample(_ method: String, _ sample: Int, peak: Int?) -> KVResult {
    KVResult(
      method: method, sample: sample, ttft: 0.0123, tpot: 0.0045, throughput: 156.78,
      perplexity: 42.35, accuracy: 0.3567, peakMemoryBytes: peak, allocatedMemoryBytes: 7 << 28,
      expectedMemoryBytes: 3 << 29, cacheBytes: 1 << 28, cacheSize: 2000)
  }

  @Test func `The table's lines are the source document's, and what is not known is not 0`() throws
  {
    var report = report(
      [sample("baseline", 0, peak: 2 << 30), sample("streaming_512", 0, peak: nil)],
      of: try benchmark([Self.small[0]]))
    let lines = report.text().split(separator: "\n").map(String.init)
    #expect(
      lines.contains {
        $0.hasPrefix(
          "Method                    TTFT(s)    TPOT(s)    Thruput        PPL        Acc   VRAM(GB)    Cache"
        )
      })
    #expect(
      lines.contains(
        "baseline                   0.0123     0.0045     156.78      42.35     35.67%       0.00     2000"
          + "      2.000      1.750      1.500     0.2500"))
    #expect(lines.contains { $0.hasPrefix("streaming_512") && $0.contains("2000        n/a") })
    report.aggregatedStats["baseline"]?.ocr = KVReading(
      pages: 3, failedPages: 0, cer: 0.125, criticalFields: 40, lostCriticalFields: 7)
    #expect(report.text().contains("12.50%          7/40"))
  }

  @Test func `The file follows its schema and survives it`() throws {
    let schema = try Schema(document: "bench-kv.schema.json")
    let benchmark = try benchmark([Self.small[0]])
    var report = report(
      [sample("baseline", 0, peak: 2 << 30), sample("recent_only_8", 0, peak: nil)], of: benchmark)
    report.aggregatedStats["recent_only_8"]?.ocr = KVReading(
      pages: 1, failedPages: 0, cer: nil, criticalFields: 0, lostCriticalFields: 0)
    let data = try JSONReport.bytes(report)
    var json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(schema.violations(of: json) == [])
    #expect(try JSONDecoder().decode(KVReport.self, from: data) == report)
    #expect(
      Set(json.keys) == ["config", "raw_results", "aggregated_stats", "baseline_stats"])
    let raw = try #require(json["raw_results"] as? [[String: Any]])
    #expect(
      Set(["method", "ttft", "tpot", "throughput", "perplexity", "accuracy", "peak_vram_gb"])
        .union(["final_cache_size"]).isSubset(of: raw[0].keys))
    #expect(raw[0]["peak_memory_gb"] as? Double == 2 && raw[1]["peak_memory_gb"] == nil)
    #expect(raw.allSatisfy { $0["allocated_memory_gb"] as? Double == 1.75 })
    json["raw_results"] = nil
    json["surprise"] = 1
    #expect(schema.violations(of: json) == ["raw_results is missing", "surprise is unknown"])
  }
}
