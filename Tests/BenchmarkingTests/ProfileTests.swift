import Benchmarking
import Foundation
import OCRInference
import Testing

@Suite struct ProfileTests {
  private func model(_ name: String = "pythia-160m") throws -> BenchModel {
    try BenchModel(
      preset: ModelPreset.all.first { $0.name == name }!, type: .q4, pool: ThreadPool(threads: 2))
  }

  @Test func `A generation is counted token by token, and the same with the profiler on`() throws {
    let model = try model()
    let benchmark = SpeedBenchmark(
      model: model, maxSequenceLength: 64, maxGeneratedLength: 5)
    let (plain, none) = try benchmark.run(isProfiled: false)
    #expect(none == nil && plain.results.map(\.promptTokens) == [7, 24, 63])
    #expect(plain.results.map(\.generatedTokens) == [5, 5, 1])
    #expect(plain.text().contains("Medium prompt             24           5"))
    let (profiled, profile) = try benchmark.run(isProfiled: true)
    #expect(profiled.results.map(\.generatedTokens) == [5, 5, 1])
    #expect(plain.isProfiled == false && plain.profilingCost == nil)
    #expect(profiled.isProfiled == true && profiled.profilingCost! > -1)
    #expect(
      profiled.text().contains("profiling cost ") && !plain.text().contains("profiling cost "))
    let found = try #require(profile)

    // Passes: 5 + 5 + 1. A pass of a pythia layer: two norms, four products, an attention.
    let calls = Dictionary(
      uniqueKeysWithValues: found.rows.map { ("\($0.group.rawValue)/\($0.name)", $0.calls) })
    let passes = 11
    #expect(calls["attention/attention"] == 12 * passes)
    #expect(calls["attention/qkv_proj"] == 12 * passes)
    #expect(calls["attention/o_proj"] == 12 * passes)
    #expect(calls["feed-forward/down_proj"] == 12 * passes)
    #expect(calls["normalisation/layer_norm"] == (2 * 12 + 1) * passes)
    #expect(calls["head/lm_head"] == passes)
    #expect(found.layers.map(\.layer) == Array(0..<12))
    #expect(found.layers.reduce(0) { $0 + $1.milliseconds } < found.milliseconds)
    let shares = found.groups.reduce(0) { $0 + $1.milliseconds }
    #expect(abs(shares - found.milliseconds) < 1e-6 * found.milliseconds)
    #expect(found.rows.allSatisfy { $0.waiting >= 0 && $0.waiting <= $0.milliseconds })
  }

  @Test func `Costs are those of the shapes`() throws {
    let (_, profile) = try SpeedBenchmark(
      model: model(), maxSequenceLength: 64, maxGeneratedLength: 1
    ).run(isProfiled: true)
    let rows = try #require(profile).rows
    let head = try #require(rows.first { $0.name == "lm_head" })
    // Three prompts, one row each: 2 · 50304 · 768.
    #expect(head.flops == 3 * 2 * 50304 * 768)
    let down = try #require(rows.first { $0.name == "down_proj" })
    // All prompt rows but in the last layer, where only the last row goes on.
    #expect(down.flops == Double((7 + 24 + 63) * 11 + 3) * 2 * 3072 * 768)
  }

  @Test func `The trace is Chrome's, with a track of operations and one a thread`() throws {
    let (_, profile) = try SpeedBenchmark(
      model: model(), maxSequenceLength: 32, maxGeneratedLength: 2
    ).run(isProfiled: true)
    let bytes = try JSONReport.bytes(ChromeTrace(#require(profile)))
    let trace = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let events = try #require(trace["traceEvents"] as? [[String: Any]])
    #expect(Set(events.compactMap { $0["tid"] as? Int }) == [0, 1, 2])
    for event in events where event["ph"] as? String == "X" {
      #expect((event["ts"] as? Double ?? -1) >= 0 && (event["dur"] as? Double ?? -1) >= 0)
    }
    let names = events.filter { $0["ph"] as? String == "M" }
      .compactMap { ($0["args"] as? [String: String])?["name"] }
    #expect(names == ["operations", "thread 0", "thread 1"])
  }
}
