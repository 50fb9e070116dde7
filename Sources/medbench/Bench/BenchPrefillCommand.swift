import ArgumentParser
import Benchmarking
import Boundary
import Foundation
import OCRInference

/// `medbench bench prefill`: how fast a prompt is evaluated, chunk by chunk.
struct BenchPrefillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prefill",
    abstract: "Time the evaluation of a prompt, chunk by chunk.",
    discussion: """
      A prompt is cut into chunks of --n-batch tokens, each computed in passes of --n-ubatch rows. With \
      --merge-small-tail on a last chunk that is not full joins the one before it; both does the two and says what it \
      gains. --sweep measures a grid of settings. --label records the run in a history, and prints how the speed came \
      along from label to label.

      Examples:
        medbench bench prefill
        medbench bench prefill --model preset:qwen2.5-0.5b --prompt-tokens 327 --n-batch 128 --n-ubatch 128
        medbench bench prefill --merge-small-tail both --json prefill.json
        medbench bench prefill --sweep n-batch=32,64,128,256,512 threads=1,2 --chart sweep.png
        medbench bench prefill --label v3 --history history.sqlite
      """)

  enum Merging: String, CaseIterable, ExpressibleByArgument {
    case on, off, both

    var choices: [Bool] { self == .both ? [false, true] : [self == .on] }
  }

  @OptionGroup var modelOptions: BenchModelOptions

  @Option(help: "Tokens of the prompt, drawn at random.")
  var promptTokens = 327

  @Option(help: "Slots of the KV cache.")
  var nCtx = 512

  @Option(help: "Tokens of a chunk.")
  var nBatch = 128

  @Option(help: "Rows of a forward pass.")
  var nUbatch = 16

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType = WeightType.f16

  @Option(help: "on, off or both.")
  var mergeSmallTail = Merging.off

  @Option(help: "Timings of the whole prompt, beside one that warms up.")
  var repeats = 3

  @Option(help: "The wish, milliseconds a token: LEAST,MOST.")
  var target = "20,50"

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Measure a grid: AXIS=VALUE,VALUE… for each of \
      \(PrefillSweep.Axis.allCases.map(\.rawValue).joined(separator: ", ")) that is to vary.
      """, valueName: "axis=values"))
  var sweep: [String] = []

  @Option(help: "Write the chart to this PNG file: of a sweep its curves, else each chunk.")
  var chart: String?

  @Option(help: "Record the run under this name, and print the trend.")
  var label: String?

  @Option(help: "The history that --label records in, one SQLite file.", completion: .file())
  var history = "./benchmark_results/history.sqlite"

  @Option(
    help: """
      Write the results into this directory: prefill.json, prefill_report.txt and prefill_chart.png.
      """)
  var outputDir: String?

  @Option(help: "Write the report to this JSON file.")
  var json: String?

  func validate() throws {
    for (flag, value, most) in [
      ("--prompt-tokens", promptTokens, 1 << 24), ("--n-ctx", nCtx, 1 << 24),
      ("--n-batch", nBatch, 1 << 20), ("--n-ubatch", nUbatch, 1 << 16),
      ("--repeats", repeats, 1000),
    ] where !(1...most).contains(value) {
      throw ValidationError("\(flag) \(value): from 1 to \(most).")
    }
    guard promptTokens <= nCtx else {
      throw ValidationError(
        "--prompt-tokens \(promptTokens): at most --n-ctx, \(nCtx).")
    }
    if let label {
      guard (1...60).contains(label.count), label.onOneLine == label else {
        throw ValidationError(
          "--label \(label.excerptOnOneLine): from 1 to 60 printable characters.")
      }
      guard sweep.isEmpty, mergeSmallTail != .both else {
        throw ValidationError(
          "--label \(label): one way to cut the prompt; no --sweep, --merge-small-tail on or off.")
      }
    }
    _ = try wish()
  }

  private func wish() throws -> PrefillTarget {
    let ends = target.split(separator: ",").map { Double($0) }
    guard ends.count == 2, let least = ends[0], let most = ends[1], least > 0, least <= most,
      most.isFinite
    else {
      throw ValidationError(
        "--target \(target.excerptOnOneLine): LEAST,MOST in ms/token, as 20,50.")
    }
    return PrefillTarget(least: least, most: most)
  }

  func run() async throws {
    try OutputCheck.directory(outputDir, flag: "--output-dir")
    try OutputCheck.file(json, flag: "--json")
    try OutputCheck.file(chart, flag: "--chart")
    let log = try label.map { try PrefillLog(label: $0, history: history) }
    let grid = try PrefillSweep(sweep)
    let points = try mergeSmallTail.choices.flatMap { merges in
      try grid.points(
        around: PrefillSettings(
          promptTokens: promptTokens, context: nCtx, batch: nBatch, microBatch: nUbatch,
          mergesSmallTail: merges))
    }
    let reports = try await measure(points)
    let results = PrefillResults(
      reports, of: points.count, target: try wish(), label: label, axes: grid.axes.map(\.axis))
    print(results.text(), terminator: "")
    if let json { try JSONReport.write(results, to: json) }
    let sheet = results.chart()
    if let chart, let sheet { try AtomicFile.write(sheet.png(), to: chart) }
    if let outputDir {
      try BenchResultsFolder(path: outputDir).write(
        results, text: results.text(),
        charts: sheet.map { [(name: "prefill_chart.png", sheet: $0)] } ?? [])
    }
    if let log { print(try log.record(results), terminator: "") }
  }

  /// One report a point, until Ctrl-C; a model is loaded anew where the number of threads changes.
  private func measure(_ points: [PrefillSweep.Point]) async throws -> [PrefillReport] {
    let bar = ProgressBar()
    defer { bar.finish() }
    return try await Interruptible.run { isCancelled in
      var reports: [PrefillReport] = []
      for threads in Self.threads(of: points) where !isCancelled() {
        let model = try await load(threads: threads)
        // All of the grid before its first point is measured.
        for point in points {
          try BenchUsageError.refuse(
            benchmark(point, of: model).memory,
            "--n-ctx \(nCtx) with --n-ubatch \(point.settings.microBatch)")
        }
        for point in points where point.threads == threads && !isCancelled() {
          let done = reports.count
          reports.append(
            try benchmark(point, of: model).run(isCancelled: isCancelled) { turn, turns in
              bar.show(done * turns + turn, of: points.count * turns, "prompts")
            })
        }
      }
      return reports
    }
  }

  private func benchmark(_ point: PrefillSweep.Point, of model: BenchModel) -> PrefillBenchmark {
    PrefillBenchmark(
      model: model, settings: point.settings, cacheType: cacheType, repeats: repeats,
      seed: modelOptions.seed)
  }

  /// Each once, in their order.
  private static func threads(of points: [PrefillSweep.Point]) -> [Int?] {
    points.reduce(into: []) { all, point in
      if !all.contains(point.threads) { all.append(point.threads) }
    }
  }

  private func load(threads: Int?) async throws -> BenchModel {
    let model = try await modelOptions.load(threads: threads)
    let context = model.decoder.shape.contextLength
    guard nCtx <= context else {
      throw BenchUsageError("--n-ctx \(nCtx): \(model.name) has a context of \(context) positions")
    }
    return model
  }
}
