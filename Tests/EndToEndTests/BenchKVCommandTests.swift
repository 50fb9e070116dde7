import Foundation
import Testing

@Suite struct BenchKVCommandTests {
  @Test(arguments: [
    (["--start-size", "0"], "--start-size 0: from 1 to"),
    (["--num-samples", "0"], "--num-samples 0: from 1 to"),
    (["--max-tokens", "3"], "--max-tokens 3: from 4 to"),
    (["--max-tokens", "99999"], "--max-tokens 99999: medocr-nano has a context of 2048"),
    (["--max-new-tokens", "1"], "--max-new-tokens 1: from 2 to less than --max-tokens, 2000"),
    (["--max-tokens", "50", "--max-new-tokens", "50"], "--max-new-tokens 50: from 2 to less"),
    (["--recent-sizes", "0"], "--recent-sizes 0"),
    (["--recent-sizes", "8,x"], "--recent-sizes x"),
    (["--recent-sizes", ","], "--recent-sizes: at least one"),
    (
      ["--max-tokens", "100", "--recent-sizes", "96"],
      "--recent-sizes 96: with --start-size 4 at most 95"
    ),
    (["--max-tokens", "100"], "--recent-sizes 252: with --start-size 4 at most 95"),
    (["--skip-layers", "4"], "--skip-layers 4: medocr-nano has layers 0 to 3"),
    (
      ["--method", "streaming_llm", "--skip-layers", "4"],
      "--skip-layers 4: medocr-nano has layers 0 to 3"
    ),
    (["--skip-layers", "-1"], "--skip-layers"),
    (["--skip-layers", "0,1,2,3"], "leave at least one"),
    (["--num-samples", "9999"], "--num-samples 9999: the text has"),
    (["--method", "l3"], "streaming_llm"),
    (["--limit", "2"], "--limit is for the pages that --ocr reads"),
    (["--ocr", "--limit", "0"], "--limit 0"),
    (["--ocr", "--dpi", "0"], "--dpi 0"),
    (["--ocr", "--doc-type", "prescripton"], "did you mean \"prescription\"?"),
    (["--ocr", "--model", "preset:pythia-160m"], "random weights read nothing"),
    (["--model", "preset:pythia-16m"], "did you mean preset:pythia-160m?"),
  ])
  func usage(arguments: [String], says: String) throws {
    let scratch = try Scratch()
    let end = try MedbenchProcess(
      ["bench", "kv", "--results", scratch.path + "/results"] + arguments,
      environment: ["MEDBENCH_MODEL_PATH": ""]
    ).end()
    #expect(end.status == 64, "\(end.error)")
    #expect(end.error.contains(says), "\(end.error)")
    // Nothing half-written.
    #expect((try? scratch.contents(of: "results")) ?? [] == [])
  }

  @Test func aTextThatIsNotThereOrTooShort() throws {
    let scratch = try Scratch()
    let missing = try MedbenchProcess.run("bench", "kv", "--text", scratch.path + "/none.txt")
    #expect(missing.status == 65 && missing.error.contains("none.txt: no such file"))
    let short = try scratch.write("short.txt", "아스피린 100 mg".utf8)
    let end = try MedbenchProcess.run("bench", "kv", "--text", short)
    #expect(end.status == 64 && end.error.contains("a longer --text"), "\(end.error)")
    let latin = try scratch.write("latin.txt", [0xE9, 0x20])
    #expect(try MedbenchProcess.run("bench", "kv", "--text", latin).error.contains("not UTF-8"))
  }

  @Test func resultsThatCannotBeWritten() throws {
    let scratch = try Scratch()
    let file = try scratch.write("a-file", "x".utf8)
    let end = try MedbenchProcess.run("bench", "kv", "--results", file + "/results")
    #expect(end.status == 64, "\(end.error)")
    #expect(
      end.error.hasPrefix("medbench: --results \(file)/results: cannot be written"), "\(end.error)")
  }

  /// Windows of 12 rows are less than a line's picture: what perplexity hardly shows, the pages do.
  @Test func allPoliciesOnTextAndOnAPage() throws {
    let scratch = try Scratch()
    let end = try MedbenchProcess.run(
      "bench", "kv", "--method", "all", "--num-samples", "1", "--max-tokens", "60",
      "--max-new-tokens", "5", "--recent-sizes", "8", "--skip-layers", "0", "--ocr",
      "--doc-type", "prescription", "--dpi", "150", "--limit", "1", "--results",
      scratch.path + "/results", environment: ["MEDBENCH_MODEL_PATH": ""])
    #expect(end.status == 0, "\(end.error)")
    #expect(end.error == "")
    let name = try #require(scratch.contents(of: "results").first)
    #expect(name.wholeMatch(of: /all_medocr-nano_\d{8}_\d{6}/) != nil)
    #expect(
      try scratch.contents(of: "results/\(name)") == [
        "benchmark_comparison.png", "report.txt", "results.json",
      ])
    let text = try String(
      contentsOfFile: scratch.path + "/results/\(name)/report.txt", encoding: .utf8)
    #expect(end.output.hasPrefix(text) && text.contains("Lost fields"))
    #expect(end.output.contains("Lost fields") && end.output.contains(name))
    let data = try Data(
      contentsOf: URL(filePath: scratch.path + "/results/\(name)/results.json"))
    let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let stats = try #require(json["aggregated_stats"] as? [String: [String: Any]])
    #expect(
      Set(stats.keys) == ["baseline", "recent_only_12", "streaming_12", "fix_size_l2_12"])
    func lost(_ method: String) throws -> Int {
      let reading = try #require(stats[method]?["ocr"] as? [String: Any])
      return try #require(reading["lost_critical_fields"] as? Int)
    }
    for method in ["recent_only_12", "streaming_12"] {
      #expect(try lost(method) > lost("baseline"))
      #expect(stats[method]?["cache_size"] as? Int == 12)
    }
  }

  /// Of a model of two layers, layers 0 and 1 whole would be the full cache.
  @Test func theLayersLeftWholeAreFewerThanTheModels() throws {
    let scratch = try Scratch()
    let model =
      MedbenchProcess.home.path + "/Tests/OCRInferenceTests/Golden/decoder/qwen2-vl-tiny"
    let end = try MedbenchProcess.run(
      "bench", "kv", "--model", model, "--method", "fix_size_l2", "--num-samples", "1",
      "--max-tokens", "16", "--max-new-tokens", "2", "--start-size", "1", "--recent-sizes", "4",
      "--results", scratch.path + "/results")
    #expect(end.status == 0, "\(end.error)")
    let name = try #require(scratch.contents(of: "results").first)
    let data = try Data(
      contentsOf: URL(filePath: scratch.path + "/results/\(name)/results.json"))
    let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let config = try #require(json["config"] as? [String: Any])
    #expect(config["skip_layers"] as? [Int] == [0])
  }

  /// The first case of a published shape takes seconds: nothing is measured when the interrupt comes.
  @Test func anInterruptBeforeTheFirstCaseLeavesAPartialFile() throws {
    let scratch = try Scratch()
    let end = try MedbenchProcess([
      "bench", "kv", "--model", "preset:pythia-160m", "--quantize", "q4_0", "--method", "all",
      "--max-tokens", "2000", "--results", scratch.path + "/results",
    ]).interrupted()
    #expect(end.status == 0, "\(end.error)")
    #expect(end.output.contains("Stopped early: partial."))
    let name = try #require(scratch.contents(of: "results").first)
    let data = try Data(
      contentsOf: URL(filePath: scratch.path + "/results/\(name)/results.json"))
    let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let config = try #require(json["config"] as? [String: Any])
    #expect(config["partial"] as? Bool == true)
    // A chart where there is something to draw, and only there.
    let raw = try #require(json["raw_results"] as? [Any])
    let files = try scratch.contents(of: "results/\(name)")
    #expect(files.contains("benchmark_comparison.png") == !raw.isEmpty)
  }

  @Test func aPresetIsForeseenOnRandomIDs() throws {
    let scratch = try Scratch()
    let end = try MedbenchProcess.run(
      "bench", "kv", "--model", "preset:pythia-160m", "--quantize", "q4_0", "--method",
      "recent_only", "--num-samples", "1", "--max-tokens", "12", "--max-new-tokens", "2",
      "--start-size", "1", "--recent-sizes", "4", "--results", scratch.path + "/results")
    #expect(end.status == 0, "\(end.error)")
    #expect(end.output.contains("of random token ids"))
    #expect(try scratch.contents(of: "results")[0].hasPrefix("recent_only_pythia-160m_"))
  }
}
