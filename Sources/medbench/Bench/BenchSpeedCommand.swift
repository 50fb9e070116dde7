import ArgumentParser
import Benchmarking
import Boundary
import Foundation
import OCRInference

/// `medbench bench speed`: whole generations, and where their time goes.
struct BenchSpeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract:
      "Time generation from short, medium and long prompts; with --profile, every operation.",
    discussion: """
      The model is --model-path, else LLAMA_MODEL_PATH, else MEDBENCH_MODEL_PATH, else --model-name in the local Hugging \
      Face cache or on the hub, else the model that comes with medbench.

      Examples:
        medbench bench speed
        medbench bench speed --model-path preset:tinyllama-1.1b --max-gen-len 50 --profile
        medbench bench speed --model-name Qwen/Qwen2.5-0.5B-Instruct --output-dir speed
      """)

  @Option(
    help: "A checkpoint's directory, or preset:NAME for a published shape with random weights.")
  var modelPath: String?

  @Option(help: "OWNER/NAME of a checkpoint in the local Hugging Face cache, else on the hub.")
  var modelName: String?

  @Option(help: "cpu.")
  var device = "cpu"

  @Option(
    help:
      "float32, float16 or bfloat16, to which the weights are rounded; by default as they are stored."
  )
  var dtype: String?

  @Option(help: "Prompt and text together, tokens.")
  var maxSeqLen = 512

  @Option(help: "Most tokens generated.")
  var maxGenLen = 100

  @Option(help: "Threads; by default all cores the process may use.")
  var threads: Int?

  @Option(
    help: "Directory of the results: benchmark_results.json, speed_report.txt, speed_chart.png.")
  var outputDir = "./benchmark_results"

  @Flag(
    help: """
      Run each prompt a second time with every operation timed: profiler_stats.txt, profiler_trace.json (for \
      Chromium's developer tools, Performance), and what the timing costs.
      """)
  var profile = false

  private static let types: [String: WeightType] = [
    "float32": .f32, "float16": .f16, "bfloat16": .bf16,
  ]

  func validate() throws {
    guard device == "cpu" else {
      throw ValidationError(
        "--device \(device.excerptOnOneLine): the local engine runs on the processor; give cpu.")
    }
    if let dtype, Self.types[dtype] == nil {
      throw ValidationError("--dtype \(dtype.excerptOnOneLine): float32, float16 or bfloat16.")
    }
    guard (2...16_777_216).contains(maxSeqLen) else {
      throw ValidationError("--max-seq-len \(maxSeqLen): from 2 to 16777216.")
    }
    guard (1..<maxSeqLen).contains(maxGenLen) else {
      throw ValidationError(
        "--max-gen-len \(maxGenLen): from 1 to less than --max-seq-len, \(maxSeqLen).")
    }
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads \(threads): from 1 to 4096.")
    }
  }

  func run() async throws {
    try OutputCheck.directory(outputDir, flag: "--output-dir")
    let model = try await load()
    let context = model.decoder.shape.contextLength
    guard maxSeqLen <= context else {
      throw BenchUsageError(
        "--max-seq-len \(maxSeqLen): \(model.name) has a context of \(context) positions")
    }
    let benchmark = SpeedBenchmark(
      model: model, maxSequenceLength: maxSeqLen, maxGeneratedLength: maxGenLen,
      cacheType: model.weightType.isQuantized ? .f16 : model.weightType)
    try BenchUsageError.refuse(benchmark.memory, "--max-seq-len \(maxSeqLen)")
    let bar = ProgressBar()
    let (report, profile) = try await Interruptible.run { isCancelled in
      try benchmark.run(isProfiled: self.profile, isCancelled: isCancelled) {
        bar.show($0, of: $1, "prompts")
      }
    }
    bar.finish()
    print(report.text(), terminator: "")
    try JSONReport.write(report, to: outputDir + "/benchmark_results.json")
    try AtomicFile.write(report.text().utf8, to: outputDir + "/speed_report.txt")
    try AtomicFile.write(report.chart().png(), to: outputDir + "/speed_chart.png")
    if let profile { try write(profile, of: report, model: model) }
  }

  private func write(_ profile: Profile, of report: SpeedReport, model: BenchModel) throws {
    let text = ProfileReport(
      profile, ceiling: .measured(pool: model.decoder.pool), memory: report.memory,
      isPartial: report.isPartial
    ).text()
    print("\n" + text, terminator: "")
    try AtomicFile.write(text.utf8, to: outputDir + "/profiler_stats.txt")
    try JSONReport.write(ChromeTrace(profile), to: outputDir + "/profiler_trace.json")
  }

  private func load() async throws -> BenchModel {
    let environment = ProcessInfo.processInfo.environment
    let path = modelPath ?? environment["LLAMA_MODEL_PATH"].flatMap { $0.isEmpty ? nil : $0 }
    let pool = ThreadPool(threads: threads)
    let type = dtype.flatMap { Self.types[$0] }
    if let path, let preset = try ModelPreset(argument: path) {
      try BenchUsageError.refuseTooLarge(
        preset, type: type ?? .bf16, flag: "--model-path", pool: pool)
      return try BenchModel(preset: preset, type: type ?? .bf16, pool: pool)
    }
    return try await BenchModelOptions.open(
      model: path, name: modelName, quantize: nil, dtype: type, environment: environment, pool: pool
    )
  }
}
