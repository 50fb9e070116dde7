import Foundation
import Testing

/// The benchmarks as a stranger runs them: what they refuse before they measure, and what they leave behind.
@Suite struct BenchCommandTests {
  private static let model = MedbenchProcess.home.path + "/models/medocr-nano"

  /// One line that begins with medbench's name.
  private func refusal(_ arguments: [String], environment: [String: String] = [:]) throws
    -> (status: Int32, line: String)
  {
    let end = try MedbenchProcess(
      arguments, environment: ["MEDBENCH_MODEL_PATH": Self.model].merging(environment) { $1 }
    ).end()
    #expect(end.output == "", "\(arguments)")
    #expect(end.error.hasPrefix("medbench: ") && end.error.split(separator: "\n").count == 1)
    return (end.status, end.error)
  }

  @Test(arguments: [
    ["bench", "decode", "--json", "/nonexistent/a.json"],
    ["bench", "prefill", "--json", "/nonexistent/a.json"],
    ["bench", "prefill", "--sweep", "threads=1,2", "--chart", "/nonexistent/a.png"],
    ["bench", "decode", "--chart-dir", "/dev/null/charts"],
    ["bench", "speed", "--output-dir", "/dev/null/results"],
    ["bench", "prefill", "--output-dir", "/dev/null/results"],
    ["roofline", "--params-b", "7", "--hardware", "l40s", "--chart", "/nonexistent/a.png"],
  ])
  func aResultThatCouldNotBeWrittenIsToldBeforeAnythingIsMeasured(arguments: [String]) throws {
    let (status, line) = try refusal(arguments)
    #expect(status == 64)
    #expect(
      line.contains("\(arguments[arguments.count - 2]) \(arguments.last!): cannot be written"))
  }

  @Test(arguments: [
    (["decode", "--max-cache-len", "999999"], "--max-cache-len 999999: medocr-nano has a context"),
    (["decode", "--prefill-seq-len", "16000000"], "--prefill-seq-len 16000000: less than"),
    // MEDBENCH_MODEL_PATH comes before the name, and the report says what was measured.
    (
      ["decode", "--model-name", "someone/else", "--max-cache-len", "999999"],
      "--max-cache-len 999999: medocr-nano has a context"
    ),
    (["prefill", "--n-ctx", "999999"], "--n-ctx 999999: medocr-nano has a context"),
    (["prefill", "--sweep", "n-bacth=3"], "did you mean n-batch?"),
    (["prefill", "--sweep", "prompt-tokens=513"], "at most --n-ctx, 512"),
    (["speed", "--max-seq-len", "999999"], "--max-seq-len 999999: medocr-nano has a context"),
  ])
  func whatTheModelDoesNotAllowIsOneLineWithTheBound(arguments: [String], bound: String) throws {
    let scratch = try Scratch()
    let place = arguments[0] == "speed" ? ["--output-dir", scratch.path] : []
    let (status, line) = try refusal(["bench"] + arguments + place)
    #expect(status == 64 && line.contains(bound), "\(line)")
  }

  @Test(arguments: [
    ["--device", "cuda"], ["--dtype", "int8"], ["--max-gen-len", "512"], ["--max-seq-len", "1"],
  ])
  func whatNoMachineDoesIsUsage(arguments: [String]) throws {
    let end = try MedbenchProcess(["bench", "speed"] + arguments).end()
    #expect(end.status == 64 && end.error.contains("\(arguments[0]) \(arguments[1]): "))
  }

  /// --model-path, else LLAMA_MODEL_PATH, else MEDBENCH_MODEL_PATH: the first that is given is tried, and no other.
  @Test func theModelIsTheFirstThatIsNamed() throws {
    let scratch = try Scratch()
    let speed = ["bench", "speed", "--output-dir", scratch.path]
    func tried(_ more: [String], _ llama: String) throws -> String {
      try refusal(
        speed + more,
        environment: ["LLAMA_MODEL_PATH": llama, "MEDBENCH_MODEL_PATH": "/nonexistent/medbench"]
      ).line
    }
    #expect(
      try tried(["--model-path", "/nonexistent/path"], "/nonexistent/llama").contains("/path"))
    #expect(try tried([], "/nonexistent/llama").contains("/nonexistent/llama"))
    #expect(try tried([], "").contains("/nonexistent/medbench"))
  }

  @Test func labelledRunsLeaveATrendThatTheHistoryShows() throws {
    let scratch = try Scratch()
    let history = scratch.path + "/new/history.sqlite"
    func run(_ label: String) throws -> MedbenchProcess.End {
      try MedbenchProcess.run(
        "bench", "prefill", "--prompt-tokens", "16", "--n-ctx", "32", "--repeats", "1", "--label",
        label, "--history", history, environment: ["MEDBENCH_MODEL_PATH": Self.model])
    }
    #expect(try run("v1").status == 0)
    let second = try run("v2")
    let rows = second.output.split(separator: "\n").suffix(2)
    #expect(rows.first?.hasPrefix("v1") == true && rows.first?.contains("first") == true)
    #expect(rows.last?.hasPrefix("v2") == true && rows.last?.hasSuffix("%") == true)
    let shown = try MedbenchProcess.run("history", "--history", history)
    #expect(shown.status == 0 && shown.output.contains(rows.last!))
  }

  @Test func aSweepAndAStepAreDrawnAndStandBesideTheRoofs() throws {
    let scratch = try Scratch()
    let environment = ["MEDBENCH_MODEL_PATH": Self.model]
    let swept = try MedbenchProcess.run(
      "bench", "prefill", "--prompt-tokens", "16", "--n-ctx", "32", "--repeats", "1", "--sweep",
      "n-batch=8,16", "threads=1,2", "--chart", scratch.path + "/sweep.png", "--json",
      scratch.path + "/prefill.json", environment: environment)
    #expect(swept.status == 0, "\(swept.error)")
    let decoded = try MedbenchProcess.run(
      "bench", "decode", "--max-cache-len", "8", "--prefill-seq-len", "4", "--repeats", "1",
      "--json", scratch.path + "/decode.json", "--chart-dir", scratch.path + "/charts",
      environment: environment)
    #expect(decoded.status == 0, "\(decoded.error)")
    #expect(
      try scratch.contents(of: "charts") == ["benchmark_chart.png", "benchmark_comparison.png"])
    func roofline() throws -> MedbenchProcess.End {
      try MedbenchProcess.run(
        "roofline", "--hardware", "l40s", "--model", Self.model, "--results", scratch.path,
        "--chart", scratch.path + "/roofline.png")
    }
    let drawn = try roofline()
    #expect(drawn.status == 0, "\(drawn.error)")
    for text in [
      "Measured on medocr-nano", "decode@1: ", "decode@4: ",
      "prefill 16 (n_batch 8, n_ubatch 16, threads 2): ",
    ] {
      #expect(drawn.output.contains(text), "\(drawn.output)")
    }
    let file = scratch.path + "/decode.json"
    try String(contentsOfFile: file, encoding: .utf8)
      .replacing("\"schema_version\" : 1", with: "\"schema_version\" : 9")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let refused = try roofline()
    #expect(refused.status == 65 && refused.output == "")
    #expect(refused.error.contains("is of schema version 9, and this medbench reads 1\n"))
  }

  @Test func aResultsDirectoryHoldsJSONTextAndCharts() throws {
    let scratch = try Scratch()
    let results = scratch.path + "/results"
    let commands = [
      ["bench", "decode", "--max-cache-len", "6", "--prefill-seq-len", "4", "--repeats", "1"],
      [
        "bench", "prefill", "--prompt-tokens", "8", "--n-ctx", "8", "--repeats", "1", "--sweep",
        "n-batch=4,8",
      ],
      ["bench", "speed", "--max-gen-len", "2", "--profile"],
      ["roofline", "--hardware", "l40s", "--model", Self.model, "--results", results],
    ]
    for command in commands {
      let end = try MedbenchProcess(
        command + ["--output-dir", results], environment: ["MEDBENCH_MODEL_PATH": Self.model]
      ).end()
      #expect(end.status == 0, "\(end.error)")
    }
    #expect(
      try scratch.contents(of: "results") == [
        "benchmark_chart.png", "benchmark_comparison.png", "benchmark_results.json", "decode.json",
        "decode_report.txt", "prefill.json", "prefill_chart.png", "prefill_report.txt",
        "profiler_stats.txt", "profiler_trace.json", "roofline.json", "roofline_chart.png",
        "roofline_report.txt", "speed_chart.png", "speed_report.txt",
      ])
    let text = try String(contentsOfFile: results + "/roofline_report.txt", encoding: .utf8)
    for measured in ["decode@2: ", "prefill 8 (n_batch 4, ", "Short prompt: "] {
      #expect(text.contains(measured), "\(text)")
    }
  }
}
