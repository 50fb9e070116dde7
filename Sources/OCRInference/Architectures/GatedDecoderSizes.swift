/// What the configs of Qwen2 and Llama share, checked.
struct GatedDecoderSizes: Sendable {
  let shape: DecoderShape
  let intermediate: Int
  /// `rms_norm_eps`
  let epsilon: Float
  /// The head is the embedding.
  let tied: Bool

  var queryWidth: Int { shape.heads * shape.headDimension }
  var keyWidth: Int { shape.kvHeads * shape.headDimension }

  /// - Parameter whole: the file, where `config` is an object in it: transformers 5 says there what is tied.
  init(config: ConfigFile, whole: ConfigFile? = nil) throws(ConfigError) {
    let hidden = try config.int("hidden_size", in: 1...65_536)
    let heads = try config.int("num_attention_heads", in: 1...1024)
    let kvHeads = try config.int("num_key_value_heads", in: 1...1024, missing: heads)
    guard heads % kvHeads == 0 else {
      throw config.error("num_key_value_heads", "\(kvHeads) does not divide \(heads) heads")
    }
    let headDimension = try config.headDimension(hidden: hidden, heads: heads)
    let activation = try config.string("hidden_act", missing: "silu")
    guard activation == "silu" else {
      throw config.error("hidden_act", "is not silu")
    }
    shape = DecoderShape(
      layers: try config.int("num_hidden_layers", in: 1...512), hidden: hidden, heads: heads,
      kvHeads: kvHeads, headDimension: headDimension,
      vocabulary: try config.int("vocab_size", in: 1...4_000_000),
      contextLength: try config.int("max_position_embeddings", in: 1...(1 << 24)))
    intermediate = try config.int("intermediate_size", in: 1...1_000_000)
    epsilon = Float(try config.number("rms_norm_eps", in: 0...1, missing: 1e-6))
    let key = "tie_word_embeddings"
    tied =
      if let whole, whole.has(key) {
        try whole.bool(key)
      } else {
        try config.bool(key, missing: false)
      }
  }
}

extension ConfigFile {
  /// `head_dim`, or the hidden size divided among the heads; even, for pairs of values turn together.
  func headDimension(hidden: Int, heads: Int) throws(ConfigError) -> Int {
    if !has("head_dim"), hidden % heads != 0 {
      throw error("num_attention_heads", "\(heads) heads do not divide hidden_size, \(hidden)")
    }
    let dimension = try int("head_dim", in: 1...1024, missing: hidden / heads)
    guard dimension % 2 == 0 else {
      throw error(
        has("head_dim") ? "head_dim" : "num_attention_heads", "heads of \(dimension) values, odd")
    }
    return dimension
  }
}

/// Root mean square norm (arXiv 1910.07467): x / √(mean(x²) + ε) * weight.
struct RMSNorm: Sendable {
  let weight: [Float]
  let epsilon: Float

  init(weights: any WeightSource, prefix: String, sizes: GatedDecoderSizes) throws {
    weight = try weights.vector("\(prefix).weight", count: sizes.shape.hidden)
    epsilon = sizes.epsilon
  }
}

extension ThreadPool {
  func rmsNorm(_ x: FloatMatrix, rows n: Int, by norm: RMSNorm, into y: FloatMatrix) {
    rmsNorm(x, rows: n, weight: norm.weight, epsilon: norm.epsilon, into: y)
  }
}
