import ArgumentParser
import Benchmarking
import Boundary
import Foundation
import OCRInference

/// `medbench bench kv`: what a cache that drops rows saves, and what it costs.
struct BenchKVCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kv",
    abstract: "Set KV caches that drop rows beside the full one: time, memory, perplexity, CER.",
    discussion: """
      Always the full cache (baseline); streaming_llm adds the sinks and a recent window, and the window alone at the same \
      size; recent_only the window; fix_size_l2 the keys of lowest L2 norm. A cache holds --start-size and a recent size \
      together: 4 and 252 make streaming_256. A preset has no tokenizer and gets random ids.

      Examples:
        medbench bench kv --method all
        medbench bench kv --method streaming_llm --model preset:pythia-160m --num-samples 1
        medbench bench kv --method fix_size_l2 --skip-layers 0,1 --text notes.txt --max-tokens 1000
        medbench bench kv --method all --start-size 4 --recent-sizes 12,28 --ocr --doc-type prescription --limit 2
      """)

  @OptionGroup var modelOptions: BenchModelOptions

  @Option(help: "baseline, streaming_llm, recent_only, fix_size_l2 or all.")
  var method = KVMethod.all

  @Option(help: "Rows at the beginning that StreamingLLM keeps: the sinks.")
  var startSize = 4

  @Option(
    help: """
      Rows of the recent window, separated by commas; by default 252,508,1020, without those that --max-tokens never \
      fills.
      """)
  var recentSizes: String?

  @Option(
    help: """
      Layers that fix_size_l2 leaves whole, from 0, separated by commas; \"\" for none. By default 0,1, or fewer of a \
      model of one or two layers.
      """)
  var skipLayers: String?

  @Option(help: "Texts that every policy is run on.")
  var numSamples = 3

  @Option(help: "Tokens of each; by default 2000, or the model's context where that is less.")
  var maxTokens: Int?

  @Option(
    help: "How many of them are generated, not read; by default 500, or a quarter of a short text.")
  var maxNewTokens: Int?

  @Option(help: "A text in place of the transcripts of the shipped dataset.")
  var text: String?

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType = WeightType.f16

  @Option(help: "Directory that gets a directory of this run.")
  var results = "results"

  @Flag(help: "Read document pages under every policy as well: CER and critical fields lost.")
  var ocr = false

  @OptionGroup var pages: BenchKVPages

  func validate() throws {
    for (flag, value, range) in [
      ("--start-size", startSize, 1...1_048_576), ("--num-samples", numSamples, 1...10_000),
      ("--max-tokens", maxTokens ?? 2000, 4...16_777_216),
    ] where !range.contains(value) {
      throw ValidationError(
        "\(flag) \(value): from \(range.lowerBound) to \(range.upperBound).")
    }
    if let maxNewTokens, !(2..<(maxTokens ?? 2000)).contains(maxNewTokens) {
      throw ValidationError(
        "--max-new-tokens \(maxNewTokens): from 2 to less than --max-tokens, \(maxTokens ?? 2000)."
      )
    }
    if let recentSizes {
      let sizes = try Self.numbers("--recent-sizes", recentSizes)
      guard !sizes.isEmpty else { throw ValidationError("--recent-sizes: at least one size.") }
      if let maxTokens { try checkRecent(sizes, tokens: maxTokens) }
    }
    if let skipLayers { _ = try Self.numbers("--skip-layers", skipLayers, least: 0) }
    if !ocr, let flag = pages.given {
      throw ValidationError("\(flag) is for the pages that --ocr reads; add --ocr.")
    }
    if ocr, let model = modelOptions.model, model.hasPrefix(ModelPreset.prefix) {
      throw ValidationError(
        "--ocr --model \(model.excerptOnOneLine): random weights read nothing; name a checkpoint.")
    }
  }

  static func numbers(_ flag: String, _ list: String, least: Int = 1) throws -> [Int] {
    try CommaList.items([list]).map { item in
      guard let number = Int(item), (least...16_777_216).contains(number) else {
        throw ValidationError(
          "\(flag) \(item.excerptOnOneLine): whole numbers from \(least) to 16777216.")
      }
      return number
    }
  }

  /// A cache that the text never fills is the full one under another name.
  func checkRecent(_ sizes: [Int], tokens: Int) throws {
    for recent in sizes where startSize + recent >= tokens {
      throw ValidationError(
        "--recent-sizes \(recent): with --start-size \(startSize) at most "
          + "\(max(0, tokens - startSize - 1)), for texts of --max-tokens \(tokens).")
    }
  }

  func run() async throws {
    try OutputCheck.directory(results, flag: "--results")
    let model = try await modelOptions.load()
    let plan = try plan(of: model)
    let reading = ocr ? try pages.reading(modelOptions, cacheType: cacheType) : nil
    let (directory, timestamp) = try await newDirectory(model: model.name)
    do {
      var report = try await measure(plan, timestamp: timestamp)
      do {
        if let reading, !report.config.isPartial {
          try await read(reading, under: plan.benchmark.cases, into: &report)
        }
      } catch {
        // What was measured on texts outlives pages that cannot be read.
        report.config.isPartial = true
        try write(report, to: directory)
        throw error
      }
      try write(report, to: directory)
    } catch {
      // Gone only where it is empty: nothing that was written is lost.
      rmdir(directory)
      throw error
    }
  }

  // MARK: Running

  private func measure(_ plan: Plan, timestamp: String) async throws -> KVReport {
    let bar = ProgressBar()
    defer { bar.finish() }
    let measured = try await Interruptible.run { isCancelled in
      try plan.benchmark.run(isCancelled: isCancelled) { bar.show($0, of: $1, "cases") }
    }
    return KVReport(
      config: KVReport.Config(
        plan.benchmark, method: method, startSize: startSize, recentSizes: plan.recentSizes,
        skipLayers: plan.skippedLayers, timestamp: timestamp, text: plan.text,
        seed: modelOptions.seed),
      results: measured, caseCount: plan.benchmark.cases.count)
  }

  /// After the texts, whose peak memory would else be that of two sets of weights.
  private func read(
    _ reading: BenchKVPages.Reading, under cases: [KVCase], into report: inout KVReport
  ) async throws {
    let bar = ProgressBar()
    defer { bar.finish() }
    let reader = try await reading.open()
    do {
      for (index, item) in cases.enumerated() {
        bar.show(index, of: cases.count, "policies that read pages")
        report.aggregatedStats[item.name]?.ocr = try await reader.read(under: item.policy)
      }
    } catch is CancellationError {
      report.config.isPartial = true
    }
  }

  /// A directory that no other run has: two runs begun in one second wait for each other.
  private func newDirectory(model: String) async throws -> (path: String, timestamp: String) {
    while true {
      let timestamp = KVDirectory.timestamp(Date())
      let path =
        results + "/" + KVDirectory.name(method: method, model: model, timestamp: timestamp)
      if !FileManager.default.fileExists(atPath: path) {
        try PrivateDirectory.make(path)
        return (path, timestamp)
      }
      try await Task.sleep(for: .seconds(1))
    }
  }

  /// Of a run that was stopped before its first case too: what was asked, marked partial, and no chart.
  private func write(_ report: KVReport, to directory: String) throws {
    print(report.text(), terminator: "")
    try JSONReport.write(report, to: directory + "/results.json")
    try AtomicFile.write(report.text().utf8, to: directory + "/report.txt")
    if let chart = report.comparison() {
      try AtomicFile.write(chart.png(), to: directory + "/benchmark_comparison.png")
    }
    print("\n\(directory)")
  }
}

extension KVMethod: ExpressibleByArgument {}
