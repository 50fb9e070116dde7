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
    // Nothing measured is a chart without a point, and no crash.
    if isStopped {
      #expect(report.chart().note.contains("partial"))
      _ = try report.chart().png()
    }
  }

  @Test(arguments: [1, 3])
  func `A speed report follows its schema`(tokens: Int) throws {
    let (report, _) = try SpeedBenchmark(
      model: TinyModel.open(), maxSequenceLength: 64, maxGeneratedLength: tokens
    ).run(isProfiled: tokens == 3)
    try check(report, "bench-speed.schema.json")
    #expect(report.isProfiled == (tokens == 3))
    #expect(try JSONDecoder().decode(SpeedReport.self, from: JSONReport.bytes(report)) == report)
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

  /// JSON keeps fifteen digits of a number.
  private func same(_ written: Any?, _ value: Double?) -> Bool {
    guard let written = written as? Double, let value else { return false }
    return abs(written - value) <= 1e-12 * abs(value)
  }

  private func object(_ report: some Encodable) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: JSONReport.bytes(report)) as? [String: Any])
  }

  @Test func `The figures of the text stand in the JSON too, and files without them are read`()
    throws
  {
    let model = try TinyModel.open()
    let decode = try DecodeBenchmark(
      model: model, mode: .both, positions: [1], repeats: 1, cacheType: .f16
    ).run()
    let row = try #require((try object(decode)["rows"] as? [[String: Any]])?.first)
    #expect(same(row["executor_tokens_per_sec"], decode.rows[0].executorSpeed))
    #expect(same(row["dag_tokens_per_sec"], 1000 / decode.rows[0].graph!.median))
    #expect(same(row["ratio"], decode.rows[0].ratio))

    let (speed, _) = try SpeedBenchmark(
      model: model, maxSequenceLength: 64, maxGeneratedLength: 2
    ).run(isProfiled: false)
    var json = try object(speed)
    var results = try #require(json["results"] as? [[String: Any]])
    #expect(same(results[0]["tokens_per_sec"], speed.results[0].tokensPerSecond))
    for index in results.indices { results[index]["tokens_per_sec"] = nil }
    json["results"] = results
    json["profiled"] = nil
    let old = try JSONSerialization.data(withJSONObject: json)
    let read = try JSONDecoder().decode(SpeedReport.self, from: old)
    #expect(read.isProfiled == nil && read.results.count == speed.results.count)

    let runs = try [false, true].map {
      try PrefillBenchmark(
        model: model, settings: TinyModel.settings(merges: $0), cacheType: .f16, repeats: 1
      ).run()
    }
    let prefill = PrefillResults(runs, of: 2, target: PrefillTarget(least: 1, most: 3))
    let written = try object(prefill)
    #expect(same(written["merging_gain"], prefill.mergingGain))
    let run = try #require((written["runs"] as? [[String: Any]])?.first)
    let each = try #require(run["ms_per_token"] as? Double)
    #expect(same(each, runs[0].millisecondsPerToken))
    #expect(same(run["tokens_per_sec"], runs[0].tokensPerSecond))
    let attainment = try #require(run["attainment"] as? [String: Double])
    #expect(same(attainment["least"], 1 / each) && same(attainment["most"], 3 / each))
    let again = try JSONDecoder().decode(PrefillResults.self, from: JSONReport.bytes(prefill))
    #expect(same(again.mergingGain, prefill.mergingGain))
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
