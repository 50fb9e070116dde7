import OCRInference

/// A random decoder with heads of 32, which every cache type can hold, and grouped queries.
func randomDecoder(
  _ type: WeightType = .f32, threads: Int = 2, context: Int = 512
) throws -> any TextDecoder {
  let config = """
    {"model_type": "qwen2", "hidden_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
     "num_key_value_heads": 2, "intermediate_size": 160, "vocab_size": 300,
     "max_position_embeddings": \(context), "rope_theta": 10000.0, "tie_word_embeddings": true}
    """
  let pool = ThreadPool(threads: threads)
  return try ArchitectureTable.decoder(
    config: ConfigFile(bytes: Array(config.utf8), path: "config.json"),
    weights: RandomWeights(type: type, pool: pool), pool: pool)
}

/// Numbers that no period of the tests' prompts shares.
func promptIDs(_ count: Int, seed: Int32 = 1) -> [Int32] {
  (0..<Int32(count)).map { ($0 &* 37 &+ $0 &* $0 &* 11 &+ seed &* 101) % 290 }
}

/// What sequences of one batch gave.
struct BatchRun {
  var tokens: [ContinuousBatch.SequenceID: [GeneratedToken]] = [:]
  var ends: [ContinuousBatch.SequenceID: GenerationSummary] = [:]
  var errors: [ContinuousBatch.SequenceID: GenerationError] = [:]
  var steps = 0

  mutating func step(_ batch: ContinuousBatch) {
    steps += 1
    for result in batch.step() {
      switch result.event {
      case .success(.token(let token)): tokens[result.sequence, default: []].append(token)
      case .success(.end(let summary)): ends[result.sequence] = summary
      case .failure(let error): errors[result.sequence] = error
      }
    }
  }

  mutating func finish(_ batch: ContinuousBatch) {
    while !batch.isIdle && steps < 10_000 { step(batch) }
  }
}

extension [GeneratedToken] {
  var ids: [Int32] { map(\.id) }
  /// Bits of every log probability: a sum in another order shows here.
  var bits: [UInt32] { map(\.logProbability.bitPattern) }
}

/// One prompt alone in a batch of its own.
func generated(
  _ prompt: EmbeddedPrompt, _ options: GenerationOptions, decoder: any TextDecoder,
  settings: ContinuousBatch.Settings = ContinuousBatch.Settings(prefixByteLimit: 0)
) throws -> (tokens: [GeneratedToken], summary: GenerationSummary?) {
  let batch = try ContinuousBatch(decoder: decoder, settings: settings)
  let id = try batch.submit(prompt, options: options)
  var run = BatchRun()
  run.finish(batch)
  return (run.tokens[id] ?? [], run.ends[id])
}
