import Boundary

/// GPT-NeoX (arXiv 2204.06745; `modeling_gpt_neox.py`), the pythia models: LayerNorm, queries, keys and values of one
/// matrix, rotary embedding on a part of each head, a plain GELU MLP, both halves of a block on the same input.
public struct GPTNeoX: TextDecoder {
  public let shape: DecoderShape
  public let pool: ThreadPool
  let embedIn: WeightMatrix
  let layers: [Layer]
  let finalLayerNorm: Norm
  let embedOut: Linear
  public let rotary: RotaryEmbedding
  /// `use_parallel_residual`: x + attention(norm₁(x)) + mlp(norm₂(x)); else one after the other.
  let parallelResidual: Bool

  public init(config: ConfigFile, weights: any WeightSource, pool: ThreadPool) throws {
    let sizes = try Sizes(config: config)
    shape = sizes.shape
    parallelResidual = try config.bool("use_parallel_residual", missing: true)
    rotary = try RotaryEmbedding(
      config: config, thetaKey: "rotary_emb_base", rotary: sizes.rotary)
    embedIn = try weights.matrix(
      "gpt_neox.embed_in.weight", shape: [shape.vocabulary, shape.hidden])
    layers = try (0..<shape.layers).map { try Layer(weights: weights, index: $0, sizes: sizes) }
    finalLayerNorm = try Norm(weights: weights, prefix: "gpt_neox.final_layer_norm", sizes: sizes)
    // transformers 5 writes the head under the name that other models give it.
    let head = weights.has("embed_out.weight") ? "embed_out" : "lm_head"
    embedOut =
      try config.bool("tie_word_embeddings", missing: false)
      ? Linear(weight: embedIn)
      : try weights.linear(head, rows: shape.vocabulary, columns: shape.hidden, bias: false)
    self.pool = pool
  }

  public func makeWorkspace(rows: Int) -> DecoderWorkspace {
    DecoderWorkspace(
      rows: rows, shape: shape, intermediate: layers[0].mlp.denseHTo4H.weight.rows, gated: false,
      fused: 3 * shape.hidden, rotary: rotary.rotary)
  }

  public func embed(_ ids: some Sequence<Int32>, into hidden: FloatMatrix, at row: Int) {
    for (offset, id) in ids.enumerated() {
      embedIn.copyRow(Int(id), to: hidden.row(row + offset))
    }
  }

  public func forward(
    _ hidden: FloatMatrix, rows: Int, positions: [RotaryPosition], segments: [ForwardSegment],
    outputs: [Int], workspace: DecoderWorkspace
  ) {
    pool.begin(
      rows: rows, positions: positions, segments: segments, rotary: rotary, workspace: workspace)
    for (index, layer) in layers.enumerated() {
      layer.attention(
        hidden, rows: rows, index: index, segments: segments, rotary: rotary.rotary, shape: shape,
        workspace: workspace, pool: pool)
      let last = index == layers.count - 1
      if last { pool.keep(outputs, of: hidden, workspace: workspace) }
      let n = last ? outputs.count : rows
      if parallelResidual {
        layer.mlp.norm(hidden, rows: n, workspace: workspace, pool: pool)
        layer.attention.project(hidden, rows: n, workspace: workspace, pool: pool)
      } else {
        layer.attention.project(hidden, rows: n, workspace: workspace, pool: pool)
        layer.mlp.norm(hidden, rows: n, workspace: workspace, pool: pool)
      }
      layer.mlp(hidden, rows: n, workspace: workspace, pool: pool)
      workspace.observeLayer?(index, hidden, n)
    }
    for segment in segments { segment.cache.advance(by: segment.rows.count) }
    pool.layerNorm(hidden, rows: outputs.count, by: finalLayerNorm, into: hidden)
  }

  public func logits(_ hidden: FloatMatrix, row: Int, rows: Int, into logits: FloatMatrix) {
    pool.linear(embedOut, hidden, rows: rows, into: logits, from: row)
  }

  // MARK: Layer

  struct Layer: Sendable {
    let attention: Attention
    let mlp: MLP

    init(weights: any WeightSource, index: Int, sizes: Sizes) throws {
      let prefix = "gpt_neox.layers.\(index)"
      attention = try Attention(weights: weights, prefix: prefix, sizes: sizes)
      mlp = try MLP(weights: weights, prefix: prefix, sizes: sizes)
    }
  }

  struct Attention: Sendable {
    let inputLayernorm: Norm
    /// Rows head by head: the head's queries, its keys, its values.
    let queryKeyValue: Linear
    let dense: Linear

    init(weights: any WeightSource, prefix: String, sizes: Sizes) throws {
      let (hidden, own) = (sizes.shape.hidden, "\(prefix).attention")
      inputLayernorm = try Norm(
        weights: weights, prefix: "\(prefix).input_layernorm", sizes: sizes)
      queryKeyValue = try weights.linear(
        "\(own).query_key_value", rows: 3 * hidden, columns: hidden, bias: sizes.attentionBias)
      dense = try weights.linear(
        "\(own).dense", rows: hidden, columns: hidden, bias: sizes.attentionBias)
    }

    /// softmax(q kᵀ / √head_dim) v of the normed rows, into `workspace.attended`.
    func callAsFunction(
      _ x: FloatMatrix, rows: Int, index: Int, segments: [ForwardSegment], rotary: Int,
      shape: DecoderShape, workspace: DecoderWorkspace, pool: ThreadPool
    ) {
      pool.layerNorm(x, rows: rows, by: inputLayernorm, into: workspace.normed)
      pool.linear(queryKeyValue, workspace.normed, rows: rows, into: workspace.fused)
      pool.run(
        .splitHeads(
          fused: workspace.fused, rows: rows, heads: shape.heads,
          headDimension: shape.headDimension, queries: workspace.queries, keys: workspace.keys,
          values: workspace.values))
      pool.attend(
        layer: index, segments: segments, rows: rows, rotary: rotary, shape: shape,
        workspace: workspace)
    }

    /// x += dense(attended)
    func project(_ x: FloatMatrix, rows: Int, workspace: DecoderWorkspace, pool: ThreadPool) {
      pool.linear(dense, workspace.attended, rows: rows, into: x, accumulating: true)
    }
  }

  /// x += dense_4h_to_h(act(dense_h_to_4h(norm(x))))
  struct MLP: Sendable {
    let postAttentionLayernorm: Norm
    let denseHTo4H: Linear
    let dense4HToH: Linear
    let activation: Activation

    init(weights: any WeightSource, prefix: String, sizes: Sizes) throws {
      let (hidden, inner) = (sizes.shape.hidden, sizes.intermediate)
      postAttentionLayernorm = try Norm(
        weights: weights, prefix: "\(prefix).post_attention_layernorm", sizes: sizes)
      denseHTo4H = try weights.linear(
        "\(prefix).mlp.dense_h_to_4h", rows: inner, columns: hidden, bias: true)
      dense4HToH = try weights.linear(
        "\(prefix).mlp.dense_4h_to_h", rows: hidden, columns: inner, bias: true)
      activation = sizes.activation
    }

    /// The norm on its own: with a parallel residual it sees x before attention is added.
    func norm(_ x: FloatMatrix, rows: Int, workspace: DecoderWorkspace, pool: ThreadPool) {
      pool.layerNorm(x, rows: rows, by: postAttentionLayernorm, into: workspace.normed)
    }

    func callAsFunction(
      _ x: FloatMatrix, rows: Int, workspace: DecoderWorkspace, pool: ThreadPool
    ) {
      pool.linear(denseHTo4H, workspace.normed, rows: rows, into: workspace.gate)
      pool.activate(activation, workspace.gate, rows: rows)
      pool.linear(dense4HToH, workspace.gate, rows: rows, into: x, accumulating: true)
    }
  }

  // MARK: Sizes

  /// The config, checked.
  struct Sizes: Sendable {
    let shape: DecoderShape
    let intermediate: Int
    /// Values of a head that turn: `rotary_pct` of them.
    let rotary: Int
    let epsilon: Float
    let activation: Activation
    let attentionBias: Bool

    init(config: ConfigFile) throws(ConfigError) {
      let hidden = try config.int("hidden_size", in: 1...65_536)
      let heads = try config.int("num_attention_heads", in: 1...1024)
      let headDimension = try config.headDimension(hidden: hidden, heads: heads)
      guard heads * headDimension == hidden else {
        throw config.error("head_dim", "\(heads) heads of \(headDimension) are not \(hidden)")
      }
      shape = DecoderShape(
        layers: try config.int("num_hidden_layers", in: 1...512), hidden: hidden, heads: heads,
        kvHeads: heads, headDimension: headDimension,
        vocabulary: try config.int("vocab_size", in: 1...4_000_000),
        contextLength: try config.int("max_position_embeddings", in: 1...(1 << 24)))
      intermediate = try config.int("intermediate_size", in: 1...1_000_000)
      epsilon = Float(try config.number("layer_norm_eps", in: 0...1, missing: 1e-5))
      attentionBias = try config.bool("attention_bias", missing: true)
      rotary = try Self.rotary(config: config, headDimension: headDimension)
      let name = try config.string("hidden_act", missing: "gelu")
      guard let activation = Activation(rawValue: name) else {
        throw config.error("hidden_act", "\"\(name.excerptOnOneLine)\" is not known")
      }
      self.activation = activation
    }

    private static func rotary(config: ConfigFile, headDimension: Int) throws(ConfigError) -> Int {
      let key = "partial_rotary_factor"
      let parameters = try config.object("rope_parameters")
      let share =
        if let parameters, parameters.has(key) {
          try parameters.number(key, in: 0...1)
        } else {
          try config.number("rotary_pct", in: 0...1, missing: 0.25)
        }
      let rotary = Int(Double(headDimension) * share)
      guard rotary > 0, rotary % 2 == 0 else {
        throw config.error("rotary_pct", "turns \(rotary) values of a head; give an even number")
      }
      return rotary
    }
  }

  /// LayerNorm with the config's epsilon.
  struct Norm: Sendable {
    let weight: [Float]
    let bias: [Float]
    let epsilon: Float

    init(weights: any WeightSource, prefix: String, sizes: Sizes) throws {
      weight = try weights.vector("\(prefix).weight", count: sizes.shape.hidden)
      bias = try weights.vector("\(prefix).bias", count: sizes.shape.hidden)
      epsilon = sizes.epsilon
    }
  }
}

extension ThreadPool {
  fileprivate func layerNorm(
    _ x: FloatMatrix, rows n: Int, by norm: GPTNeoX.Norm, into y: FloatMatrix
  ) {
    layerNorm(x, rows: n, weight: norm.weight, bias: norm.bias, epsilon: norm.epsilon, into: y)
  }
}
