import ArgumentParser
import OCRInference

/// What the local engine may be told on the command line.
struct LocalEngineArguments: ParsableArguments {
  @Option(
    help: """
      Directory of a Hugging Face checkpoint, for the engine 'local'; else MEDBENCH_MODEL_PATH, \
      --model-name, or medbench's own medocr-nano.
      """)
  var model: String?

  @Option(help: "OWNER/NAME of a checkpoint in the local Hugging Face cache, else on the hub.")
  var modelName: String?

  @Option(
    help: "Quantise the weights at load: q8_0 or q4_0.",
    transform: {
      guard let type = WeightType(rawValue: $0), type.isQuantized else {
        throw ValidationError("q8_0 or q4_0.")
      }
      return type
    })
  var quantize: WeightType?

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType: WeightType?

  @Option(help: "Threads of the local engine; by default all cores the process may use.")
  var threads: Int?

  @Option(help: "Prompt tokens that one forward pass prefills.")
  var chunkSize: Int?

  @Option(help: "Greatest number of tokens of a page, or of a line for a model that reads lines.")
  var maxTokens: Int?

  @Option(help: "Sampling temperature; 0 is greedy, the default, and repeatable.")
  var temperature: Double?

  @Option(help: "Sample among the likeliest K tokens.")
  var topK: Int?

  @Option(help: "Sample among the likeliest tokens that hold this share of the probability.")
  var topP: Double?

  @Option(
    help: "Divides the logits of tokens that stand in the context already; 1 changes nothing.")
  var repetitionPenalty: Double?

  @Option(help: "Seed of the sampling.")
  var samplingSeed: UInt64?

  func validate() throws {
    for (flag, value) in [
      ("--threads", threads), ("--chunk-size", chunkSize), ("--max-tokens", maxTokens),
      ("--top-k", topK),
    ] {
      if let value, !(1...10_000_000).contains(value) {
        throw ValidationError("\(flag) \(value): from 1 to 10000000.")
      }
    }
    if let temperature, !(temperature >= 0 && temperature <= 100) {
      throw ValidationError("--temperature \(temperature): from 0 to 100.")
    }
    if let topP, !(topP > 0 && topP <= 1) {
      throw ValidationError("--top-p \(topP): more than 0 and at most 1.")
    }
    if let repetitionPenalty, !(repetitionPenalty > 0 && repetitionPenalty <= 100) {
      throw ValidationError("--repetition-penalty \(repetitionPenalty): more than 0, at most 100.")
    }
  }

  var options: LocalEngineOptions {
    var options = LocalEngineOptions()
    options.model = model
    options.modelName = modelName
    options.quantize = quantize
    options.cacheType = cacheType
    options.threads = threads
    options.chunkSize = chunkSize
    options.maxTokens = maxTokens
    options.temperature = temperature
    options.topK = topK
    options.topP = topP
    options.repetitionPenalty = repetitionPenalty
    options.samplingSeed = samplingSeed
    return options
  }
}

extension WeightType: ExpressibleByArgument {}
