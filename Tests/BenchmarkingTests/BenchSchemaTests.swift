import Benchmarking
import Foundation
import OCRInference
import SchemaChecking
import Testing

/// `docs/*.schema.json` is what others write readers by; it must describe what the benchmarks write, whole and partial.
@Suite struct BenchSchemaTests {
  private func check(_ report: some Encodable, _ document: String) throws {
    let found = try Schema(document: document).violations(of: JSONReport.bytes(report))
    #expect(found == [], "\(document)")
  }

  @Test(arguments: [DecodeBenchmark.Mode.executor, .both], [false, true])
  func `A decode report follows its schema`(mode: DecodeBenchmark.Mode, isStopped: Bool) throws {
    let report = try DecodeBenchmark(
      model: TinyModel.open(), mode: mode, positions: [1, 5], repeats: 2, cacheType: .f16
    ).run(isCancelled: { isStopped })
    #expect(report.isPartial == isStopped)
    try check(report, "bench-decode.schema.json")
  }

  @Test(arguments: [1, 3])
  func `A speed report follows its schema`(tokens: Int) throws {
    let (report, _) = try SpeedBenchmark(
      model: TinyModel.open(), maxSequenceLength: 64, maxGeneratedLength: tokens
    ).run(isProfiled: false)
    try check(report, "bench-speed.schema.json")
  }

  @Test func `A prefill report follows its schema, labelled, swept and stopped`() throws {
    let benchmark = PrefillBenchmark(
      model: try TinyModel.open(), settings: TinyModel.settings(), cacheType: .f16, repeats: 1)
    let (whole, stopped) = (try benchmark.run(), try benchmark.run(isCancelled: { true }))
    for results in [
      PrefillResults([whole], of: 1, target: PrefillTarget(), label: "v3"),
      PrefillResults(
        [whole, stopped], of: 4, target: PrefillTarget(), axes: [.batch, .threads]),
      PrefillResults([], of: 1, target: PrefillTarget()),
    ] {
      try check(results, "bench-prefill.schema.json")
    }
  }

  @Test func `A roofline report follows its schema, with what was measured`() throws {
    let roofline = Roofline(
      hardware: HardwareCeiling.published[0],
      model: ModelTraffic(name: "7B", parametersB: 7, bytesPerParameter: 2))
    let measured = RooflineReport.Measured(
      name: "decode@1", point: roofline.decode(batch: 1), tokensPerSecond: 10)
    try check(RooflineReport(roofline), "roofline.schema.json")
    try check(RooflineReport(roofline, measured: [measured]), "roofline.schema.json")
  }

  @Test func `A schema notices what does not fit`() throws {
    let report = try DecodeBenchmark(
      model: TinyModel.open(), mode: .dag, positions: [1], repeats: 1, cacheType: .f16
    ).run()
    var object =
      try JSONSerialization.jsonObject(with: JSONReport.bytes(report)) as! [String: Any]
    object["benchmark"] = "speed"
    object["weight_type"] = "f8"
    object["memory"] = nil
    object["schema_version"] = 2
    #expect(
      try Schema(document: "bench-decode.schema.json").violations(of: object) == [
        "benchmark is not decode", "memory is missing", "schema_version is not 1",
        "weight_type is none of [\"f32\", \"f16\", \"bf16\", \"q8_0\", \"q4_0\"]",
      ])
  }
}
