import Benchmarking
import Foundation
import OCRInference
import Testing

/// What benchmarks wrote, set beside the roofs.
@Suite struct MeasuredResultsTests {
  private func roofline(_ model: BenchModel) throws -> Roofline {
    Roofline(
      hardware: HardwareCeiling.published[0],
      model: try ModelTraffic(
        name: "tiny", config: model.config, bytesPerParameter: 2, cacheType: .f16))
  }

  @Test func `A directory gives every report's speeds, and leaves other files alone`() throws {
    let model = try TinyModel.open()
    let decode = try DecodeBenchmark(
      model: model, mode: .both, positions: [1, 5], repeats: 1, cacheType: .f16
    ).run()
    let (speed, profile) = try SpeedBenchmark(
      model: model, maxSequenceLength: 512, maxGeneratedLength: 3
    ).run(isProfiled: true)
    let run = try PrefillBenchmark(
      model: model, settings: TinyModel.settings(), cacheType: .f16, repeats: 1
    ).run()
    let prefill = PrefillResults([run], of: 1, target: PrefillTarget())
    try withFolder { folder in
      try JSONReport.write(decode, to: folder + "/a.json")
      try JSONReport.write(prefill, to: folder + "/b.json")
      try JSONReport.write(speed, to: folder + "/benchmark_results.json")
      try JSONReport.write(ChromeTrace(#require(profile)), to: folder + "/profiler_trace.json")
      let roofline = try roofline(model)
      let found = try MeasuredResults(path: folder, on: roofline)
      #expect(
        found.points.map(\.name) == [
          "decode@1", "decode@5", "prefill 21 (n_batch 8, n_ubatch 4, threads 2)", "Short prompt",
          "Medium prompt",
          "Long prompt",
        ])
      #expect(found.models == ["tiny"] && !found.isPartial)
      #expect(found.points[1].tokensPerSecond == 1000 / decode.rows[1].executor!.median)
      let report = RooflineReport(roofline, results: found)
      #expect(report.text().contains("Measured on tiny, as a share"))
      #expect(!report.text().contains("compare the same model"))
      _ = try report.chart().png()
      let one = try MeasuredResults(path: folder + "/b.json", on: roofline)
      #expect(one.points.count == 1)
    }
  }

  /// The tiny model's decoder: 2 layers, 2 key heads of 16. A step at position 5 reads 5 · 2 · 2 · 2 · 16 numbers of cache.
  @Test func `A roof is that of the weights and the cache that were measured`() throws {
    let model = try TinyModel.open(dtype: .f32)
    var report = try DecodeBenchmark(
      model: model, mode: .executor, positions: [5], repeats: 1, cacheType: .f32
    ).run()
    let roofline = try roofline(model)
    let point = try #require(report.points(on: roofline).first).point
    let weights = roofline.model.parameters * 4
    #expect(abs(point.intensity - 2 * roofline.model.parameters / (weights + 640 * 4)) < 1e-9)
    // A step of a second on it is so and so far from the roof.
    report.rows[0].executor = SampleSummary([1000])
    let slow = report.points(on: roofline)[0]
    #expect(slow.tokensPerSecond == 1 && slow.share == 1 / point.tokensPerSecond)
  }

  @Test func `A report of another version, and a directory of none, are each one line`() throws {
    let model = try TinyModel.open()
    let roofline = try roofline(model)
    try withFolder { folder in
      let file = folder + "/decode.json"
      try Data(#"{"benchmark": "decode", "schema_version": 9}"#.utf8).write(
        to: URL(filePath: file))
      #expect(
        throws: BenchResultsError(
          path: file, problem: "is of schema version 9, and this medbench reads 1")
      ) { try MeasuredResults(path: folder, on: roofline) }
      try Data(#"{"benchmark": "decode", "schema_version": 1}"#.utf8).write(
        to: URL(filePath: file))
      #expect(
        throws: BenchResultsError(
          path: file, problem: "is no whole report of medbench bench decode")
      ) { try MeasuredResults(path: folder, on: roofline) }
      try Data("[]".utf8).write(to: URL(filePath: file))
      #expect(
        throws: BenchResultsError(
          path: folder, problem: "holds no report of medbench bench decode, prefill, speed, load")
      ) { try MeasuredResults(path: folder, on: roofline) }
      #expect(throws: (any Error).self) {
        try MeasuredResults(path: folder + "/none.json", on: roofline)
      }
    }
  }

  @Test func `Results of another model and of a stopped benchmark are said to be so`() throws {
    let model = try TinyModel.open()
    let benchmark = DecodeBenchmark(
      model: model, mode: .executor, positions: [1, 2], repeats: 1, cacheType: .f16)
    var asked = 0
    let stopped = try benchmark.run(isCancelled: {
      asked += 1
      return asked > 1
    })
    #expect(stopped.rows.count == 1 && stopped.text().contains("partial"))
    var roofline = try roofline(model)
    roofline.model.name = "qwen2.5-7b"
    try withFolder { folder in
      try JSONReport.write(stopped, to: folder + "/decode.json")
      let report = RooflineReport(
        roofline, results: try MeasuredResults(path: folder, on: roofline))
      #expect(report.isPartial && report.text().contains("partial"))
      #expect(report.text().contains("The roofs are those of qwen2.5-7b"))
    }
  }
}
