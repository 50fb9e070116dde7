import ArgumentParser
import Benchmarking
import Boundary
import Charts
import Foundation
import OCRInference

/// `medbench bench decode`: what a decode step costs as the cache grows.
struct BenchDecodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Time one decode step at cache positions 1, 2, 4 and so on.",
    discussion: """
      At each position the KV cache is filled with random keys and values and one step is timed. The Executor makes the \
      calls one after another; the DAGExecutor compiles them first into a graph with planned buffers. Both give the same \
      bits, and their ratio says what that costs.

      Examples:
        medbench bench decode
        medbench bench decode --model preset:qwen2.5-1.5b --chart-dir charts --json decode.json
        medbench bench decode --output-dir results
        medbench bench decode --model preset:qwen2.5-0.5b --max-cache-len 4096 --mode executor
      """)

  @OptionGroup var modelOptions: BenchModelOptions

  @Option(help: "executor, dag or both.")
  var mode = DecodeBenchmark.Mode.both

  @Option(
    help: "Slots of the KV cache; by default 32768, or the model's context where that is less.")
  var maxCacheLen: Int?

  @Option(help: "Slots kept free for a prompt: the last position is the difference.")
  var prefillSeqLen = 128

  @Option(help: "Timings of each position, beside one that warms up.")
  var repeats = 3

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType = WeightType.f16

  @Option(
    help: "Write the results into this directory: decode.json, decode_report.txt and the charts.")
  var outputDir: String?

  @Option(help: "Write benchmark_chart.png and benchmark_comparison.png into this directory.")
  var chartDir: String?

  @Option(help: "Write the report to this JSON file.")
  var json: String?

  func validate() throws {
    if let maxCacheLen, !(2...16_777_216).contains(maxCacheLen) {
      throw ValidationError("--max-cache-len \(maxCacheLen): from 2 to 16777216.")
    }
    guard (0...16_777_215).contains(prefillSeqLen) else {
      throw ValidationError("--prefill-seq-len \(prefillSeqLen): from 0 to 16777215.")
    }
    guard (1...1000).contains(repeats) else {
      throw ValidationError("--repeats \(repeats): from 1 to 1000.")
    }
  }

  func run() async throws {
    try OutputCheck.directory(outputDir, flag: "--output-dir")
    try OutputCheck.directory(chartDir, flag: "--chart-dir")
    try OutputCheck.file(json, flag: "--json")
    let model = try await modelOptions.load()
    let context = model.decoder.shape.contextLength
    let length = maxCacheLen ?? min(32768, context)
    guard length <= context else {
      throw BenchUsageError(
        "--max-cache-len \(length): \(model.name) has a context of \(context) positions")
    }
    let positions = DecodePositions.positions(
      maxCacheLength: length, prefillLength: prefillSeqLen)
    guard !positions.isEmpty else {
      throw BenchUsageError(
        "--prefill-seq-len \(prefillSeqLen): less than --max-cache-len, \(length)")
    }
    let benchmark = DecodeBenchmark(
      model: model, mode: mode, positions: positions, repeats: repeats, cacheType: cacheType,
      seed: modelOptions.seed)
    try BenchUsageError.refuse(
      benchmark.memory, "--max-cache-len \(length): position \(positions.last!)")
    let bar = ProgressBar()
    let report = try await Interruptible.run { isCancelled in
      try benchmark.run(isCancelled: isCancelled) { bar.show($0, of: $1, "positions") }
    }
    bar.finish()
    print(report.text(), terminator: "")
    if let json { try JSONReport.write(report, to: json) }
    let charts = charts(of: report)
    if let chartDir {
      for (name, sheet) in charts { try AtomicFile.write(sheet.png(), to: chartDir + "/" + name) }
    }
    if let outputDir {
      try BenchResultsFolder(path: outputDir).write(report, text: report.text(), charts: charts)
    }
  }

  private func charts(of report: DecodeReport) -> [(name: String, sheet: ChartSheet)] {
    let one = [(name: "benchmark_chart.png", sheet: report.chart())]
    return mode == .both
      ? one + [(name: "benchmark_comparison.png", sheet: report.comparison())] : one
  }
}

extension DecodeBenchmark.Mode: ExpressibleByArgument {}
