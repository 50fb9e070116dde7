import Benchmarking
import Foundation
import OCRInference
import Testing

@Suite struct PrefillTests {
  private func settings(
    _ tokens: Int, _ batch: Int, _ microBatch: Int = 16, merges: Bool = false
  ) -> PrefillSettings {
    PrefillSettings(
      promptTokens: tokens, context: 512, batch: batch, microBatch: microBatch,
      mergesSmallTail: merges)
  }

  @Test func `The source document's prompt is cut as it cut it`() {
    #expect(settings(327, 128).chunks == [0..<128, 128..<256, 256..<327])
    #expect(settings(327, 128, merges: true).chunks == [0..<128, 128..<327])
    #expect(settings(256, 128, merges: true).chunks == [0..<128, 128..<256])
    #expect(settings(5, 128, merges: true).chunks == [0..<5])
  }

  @Test func `Chunks cover the prompt once, whatever the sizes`() {
    for tokens in [1, 2, 31, 64, 65, 200] {
      for batch in [1, 7, 64, 300] {
        for merges in [false, true] {
          let chunks = settings(tokens, batch, merges: merges).chunks
          #expect(chunks.flatMap { Array($0) } == Array(0..<tokens))
          #expect(chunks.allSatisfy { !$0.isEmpty && $0.count < 2 * batch })
        }
      }
    }
  }

  /// 93.02 ms a token against 20 to 50: the source says 21.5 % and 4.65 times; its other end is 53.8 %.
  @Test func `The target is set beside the figure as in the source`() {
    let reached = PrefillTarget().attainment(93.02)
    #expect(abs(reached.lowerBound - 0.215) < 0.0005)
    #expect(abs(reached.upperBound - 0.5375) < 0.0005)
  }

  @Test func `A prompt is timed chunk by chunk`() throws {
    let preset = ModelPreset.all.first { $0.name == "pythia-160m" }!
    let model = try BenchModel(preset: preset, type: .q4, pool: ThreadPool(threads: 2))
    let report = try PrefillBenchmark(
      model: model, settings: settings(21, 8, 4), cacheType: .q8, repeats: 2
    ).run()
    #expect(report.chunks.map(\.end) == [8, 16, 21] && !report.isPartial)
    #expect(report.chunks.map(\.note) == ["first chunk", "", "small last chunk"])
    let sum = report.chunks.reduce(0) { $0 + $1.milliseconds }
    #expect(sum >= report.total!.minimum - 1e-9 && sum <= report.total!.maximum + 1e-9)
    #expect(report.text().contains("n_ubatch 4"))
    let again = try JSONDecoder().decode(PrefillReport.self, from: JSONReport.bytes(report))
    #expect(again == report)
    let stopped = try PrefillBenchmark(
      model: model, settings: settings(21, 8, 4), cacheType: .f16, repeats: 2
    ).run(isCancelled: { true })
    #expect(stopped.isPartial && stopped.total == nil)
  }
}
