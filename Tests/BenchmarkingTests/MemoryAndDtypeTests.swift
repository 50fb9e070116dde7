import Benchmarking
import Foundation
import OCRInference
import Testing

@Suite struct MemoryAndDtypeTests {
  /// Golden's qwen2-vl-tiny stores float32.
  @Test(arguments: [(WeightType.f32, 4), (.f16, 2), (.bf16, 2)])
  func `A checkpoint runs in the type it is asked to`(type: WeightType, bytes: Int) throws {
    let stored = try TinyModel.open()
    let model = try TinyModel.open(dtype: type)
    #expect(model.weightType == type)
    #expect(model.weightBytes == TinyModel.parameters(model) * bytes)
    let (stored32, rounded) = (try logits(stored), try logits(model))
    let largest = stored32.map(abs).max()!
    let apart = zip(stored32, rounded).map { abs($0 - $1) }.max()! / largest
    // Of the same weights, rounded: near, and equal only where nothing was rounded.
    #expect(apart < 0.05)
    #expect((apart == 0) == (type == stored.weightType))
  }

  private func logits(_ model: BenchModel) throws -> [Float] {
    let decoder = model.decoder
    let cache = try ContiguousCache(type: .f32, shape: decoder.shape, capacity: 8)
    let hidden = FloatMatrix(rows: 3, columns: decoder.shape.hidden)
    let logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    decoder.embed([5, 6, 7], into: hidden, at: 0)
    decoder.forward(
      hidden, rows: 3, positions: (0..<3).map { RotaryPosition(Int32($0)) },
      segments: [ForwardSegment(cache: cache, rows: 0..<3)], outputs: [2],
      workspace: decoder.makeWorkspace(rows: 3))
    decoder.logits(hidden, row: 0, rows: 1, into: logits)
    return logits.values(row: 0)
  }

  @Test func `What a decode step needs is counted from shapes before it runs`() throws {
    let model = try TinyModel.open()
    let benchmark = DecodeBenchmark(
      model: model, mode: .executor, positions: [1, 254], repeats: 1, cacheType: .f16)
    let need = benchmark.memory
    // 2 layers of keys and values, 2 heads of 16, 256 rows, 2 bytes.
    #expect(need.cache == 2 * 2 * 2 * 16 * 256 * 2)
    #expect(need.weights == model.weightBytes && need.peak == nil)
    #expect(need.expectedPeak == need.weights + need.cache + need.activations)
    let report = try benchmark.run()
    #expect(report.memory.expectedPeak == need.expectedPeak)
    #expect((report.memory.peak ?? 0) > need.cache)
    #expect(report.text().contains("MiB expected; peak of the process "))
    #expect(MemoryLimit.machine.obstacle(to: need) == nil)
  }

  @Test func `A published shape's weights are counted without drawing them`() throws {
    let preset = try #require(try ModelPreset(argument: "preset:qwen2.5-7b"))
    let bytes = try BenchModel.weightByteCount(
      config: preset.config(), type: .bf16, pool: ThreadPool(threads: 1))
    // 7.615 billion weights, less the norms and biases.
    #expect(abs(Double(bytes) / 2 - 7.615e9) < 0.002e9)
  }

  @Test func `A generation that was stopped says partial, with what was measured so far`() throws {
    var asked = 0
    let (report, profile) = try SpeedBenchmark(
      model: TinyModel.open(), maxSequenceLength: 64, maxGeneratedLength: 2
    ).run(
      isProfiled: true,
      isCancelled: {
        asked += 1
        return asked > 1
      })
    #expect(report.isPartial && report.results.count == 1)
    let sheet = report.chart()
    #expect(sheet.note.contains("partial") && sheet.plots.count == 3)
    _ = try sheet.png()
    #expect(report.text().contains("partial"))
    let text = ProfileReport(
      try #require(profile), ceiling: HardwareCeiling.published[0], memory: report.memory,
      isPartial: report.isPartial
    ).text()
    #expect(text.contains("partial"))
    #expect(report.memory.cache > 0 && report.memory.activations > 0)
  }

  @Test func `A profile has the same columns by operation and by layer`() throws {
    let (report, profile) = try SpeedBenchmark(
      model: TinyModel.open(), maxSequenceLength: 64, maxGeneratedLength: 3
    ).run(isProfiled: true)
    let found = try #require(profile)
    #expect(found.layers.map(\.layer) == [0, 1])
    #expect(found.layers.allSatisfy { $0.calls > 0 && $0.bytes > 0 && $0.flops > 0 })
    // The layers' products and the head's are all there are.
    let outside = found.rows.filter { $0.group == .head }.reduce(0) { $0 + $1.flops }
    let norms = found.rows.filter { $0.group != .head }.reduce(0) { $0 + $1.flops }
    let inside = found.layers.reduce(0) { $0 + $1.flops }
    #expect(inside <= norms && inside > 0.9 * norms && outside > 0)
    let text = ProfileReport(
      found, ceiling: HardwareCeiling.published[0], memory: report.memory
    ).text()
    let headings = text.split(separator: "\n").filter { $0.contains("GFLOP/s") }
      .filter { $0.hasPrefix("operation") || $0.hasPrefix("layer") }
    #expect(headings.count == 2 && headings.allSatisfy { $0.contains("self ms") })
  }
}

extension TinyModel {
  /// Numbers in all matrices of the decoder.
  static func parameters(_ model: BenchModel) -> Int {
    let shapes = ShapeWeights()
    _ = try? ArchitectureTable.decoder(
      config: model.config, weights: shapes, pool: ThreadPool(threads: 1))
    return shapes.matrixParameters
  }
}
