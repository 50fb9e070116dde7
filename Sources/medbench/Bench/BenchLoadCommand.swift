import ArgumentParser
import Benchmarking
import Boundary
import Foundation
import OCRInference

/// `medbench bench load`: requests, many or for long, and what they wait.
struct BenchLoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Put a model or an engine under load: latency, throughput, memory, power.",
    discussion: """
      Prompts of an exact number of tokens go through the local decoder, whose forward passes decode all sequences \
      together. With --doc-type, pages go through an engine: those in flight are decoded together by the local engine, \
      and go one after another through every other.

        single          each length, one request at a time
        batch           each batch size, at the first length
        sweep           every batch size at every length
        stress          Poisson arrivals at a rising rate until the P99 of --p99 is lost
        soak            the same load for --duration: does it get slower, or larger?
        long-context    4096 to 131072 tokens, as far as context and memory go
        prefix-sharing  prompts that begin alike, with the prefix store and without

      The results are benchmark_DATE_TIME.json, .txt and .png in --output-dir; `medbench compare` sets several beside \
      one another.

      Examples:
        medbench bench load --input-lengths 128,512 --output-length 64
        medbench bench load --mode sweep --model preset:qwen2.5-1.5b --batch-sizes 1,8,32
        medbench bench load --mode stress --p99 2000 --input-lengths 256 --output-length 64
        medbench bench load --mode soak --duration 30m --doc-type prescription
        medbench bench load --engine tesseract --doc-type prescription,lab-result
      """)

  @OptionGroup var options: BenchLoadOptions
  @OptionGroup var modelOptions: BenchModelOptions
  @OptionGroup var pages: BenchLoadPages

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType = WeightType.f16

  func validate() throws {
    guard pages.areAsked else { return }
    switch options.mode {
    case .longContext, .prefixSharing:
      throw ValidationError(
        "--mode \(options.mode.rawValue) is of prompts; leave out --doc-type.")
    case .single, .batch, .sweep, .stress, .soak: break
    }
    for (flag, isGiven) in [
      ("--input-lengths", options.inputLengths != nil),
      ("--output-length", options.outputLength != nil), ("--workload", options.workload != nil),
      ("--shared-prefix", options.sharedPrefix != nil),
    ] where isGiven {
      throw ValidationError("\(flag) is of prompts; leave it out, or --doc-type.")
    }
    if let model = modelOptions.model, model.hasPrefix(ModelPreset.prefix) {
      throw ValidationError(
        "--model \(model.excerptOnOneLine): a preset has no eyes; leave out --doc-type.")
    }
  }

  func run() async throws {
    try OutputCheck.directory(options.outputDir, flag: "--output-dir")
    let settings = try options.settings(seed: modelOptions.seed)
    let (target, inputs, metadata) =
      pages.areAsked ? try await pageLoad(settings) : try await promptLoad(settings)
    let benchmark = LoadBenchmark(settings: settings, target: target, inputs: inputs)
    let bar = ProgressBar()
    let report = try await Interruptible.run { isCancelled in
      try await benchmark.run(metadata, isCancelled: isCancelled) { share, words in
        bar.show(Int(min(share, 1) * 100), of: 100, "%  \(words)")
      }
    }
    bar.finish()
    print(report.text(), terminator: "")
    print("\n\(try report.write(to: options.outputDir))")
  }

  // MARK: What is put under load

  private typealias Load = (any LoadTarget, [any LoadInput], LoadReport.Metadata)

  private func promptLoad(_ settings: LoadSettings) async throws -> Load {
    let model = try await modelOptions.load()
    var metadata = LoadReport.Metadata(engine: "local", model: model.name, settings: settings)
    metadata.weightType = model.weightType.rawValue
    metadata.cacheType = cacheType.rawValue
    metadata.threads = model.decoder.pool.threads
    metadata.instructionSet = ThreadPool.instructionSet
    return (
      DecoderTarget(model: model, cacheType: cacheType), try prompts(of: model), metadata
    )
  }

  private func pageLoad(_ settings: LoadSettings) async throws -> Load {
    var local = LocalEngineOptions()
    local.model = modelOptions.model
    local.modelName = modelOptions.modelName
    local.quantize = modelOptions.quantize
    local.threads = modelOptions.threads
    let inputs = try pages.inputs(seed: modelOptions.seed)
    let engine = try await pages.opened(local: local)
    var metadata = LoadReport.Metadata(
      engine: engine.identity.engine, model: engine.identity.model, settings: settings)
    metadata.readsPages = true
    let target = EngineTarget(engine: engine)
    metadata.decodesPagesTogether = target.decodesTogether
    if let engine = engine as? LocalEngine {
      metadata.weightType = engine.model.weightType.rawValue
      metadata.instructionSet = ThreadPool.instructionSet
    }
    return (target, inputs, metadata)
  }

  private func prompts(of model: BenchModel) throws -> [any LoadInput] {
    let words = PromptWords(
      tokenizer: model.tokenizer, vocabulary: model.decoder.shape.vocabulary)
    let share =
      options.mode == .prefixSharing
      ? options.sharedPrefix ?? options.workload?.sharedShare ?? 0.75 : 0
    if let workload = options.workload {
      return [
        PromptInput(
          name: workload.rawValue, inputTokens: workload.inputTokens,
          outputTokens: workload.outputTokens, sharedShare: share, words: words,
          seed: modelOptions.seed)
      ]
    }
    let output = options.outputLength ?? (options.mode == .longContext ? 8 : 256)
    return try options.lengths().map { length in
      PromptInput(
        inputTokens: length...length, outputTokens: output...output, sharedShare: share,
        words: words, seed: modelOptions.seed)
    }
  }
}
