/// Qwen2 and Qwen2.5 (arXiv 2407.10671; `modeling_qwen2.py`): RMSNorm before each half of a block, grouped-query
/// attention with biased q, k, v, SwiGLU. With M-RoPE sections it is the decoder of Qwen2-VL and Qwen2.5-VL.
public struct Qwen2: TextDecoder {
  public let shape: DecoderShape
  public let pool: ThreadPool
  let embedTokens: WeightMatrix
  let layers: [Layer]
  let norm: RMSNorm
  let lmHead: Linear
  public let rotary: RotaryEmbedding

  /// - Parameter config: also that of a model that sees, whose decoder may be described in `text_config`.
  public init(config: ConfigFile, weights: any WeightSource, pool: ThreadPool) throws {
    let whole = config
    let config = try whole.object("text_config") ?? whole
    let sizes = try GatedDecoderSizes(config: config, whole: whole)
    try Self.refuseSlidingWindow(config, layers: sizes.shape.layers)
    shape = sizes.shape
    rotary = try RotaryEmbedding(
      config: config, rotary: shape.headDimension)
    embedTokens = try weights.matrix(
      "model.embed_tokens.weight", shape: [shape.vocabulary, shape.hidden])
    layers = try (0..<shape.layers).map {
      try Layer(weights: weights, index: $0, sizes: sizes)
    }
    norm = try RMSNorm(weights: weights, prefix: "model.norm", sizes: sizes)
    lmHead =
      sizes.tied
      ? Linear(weight: embedTokens)
      : try weights.linear(
        "lm_head", rows: shape.vocabulary, columns: shape.hidden, bias: false)
    self.pool = pool
  }

  /// No published checkpoint of this family uses it, though all name a window.
  private static func refuseSlidingWindow(_ config: ConfigFile, layers: Int) throws(ConfigError) {
    if try config.bool("use_sliding_window", missing: false),
      try config.int("max_window_layers", in: 0...100_000, missing: 0) < layers
    {
      throw config.error("use_sliding_window", "sliding windows are not supported")
    }
  }

  public func makeWorkspace(rows: Int) -> DecoderWorkspace {
    DecoderWorkspace(
      rows: rows, shape: shape, intermediate: layers[0].mlp.gateProj.weight.rows,
      rotary: rotary.rotary)
  }

  public func embed(_ ids: some Sequence<Int32>, into hidden: FloatMatrix, at row: Int) {
    for (offset, id) in ids.enumerated() {
      embedTokens.copyRow(Int(id), to: hidden.row(row + offset))
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
      layer.attention.project(hidden, rows: n, workspace: workspace, pool: pool)
      layer.mlp(hidden, rows: n, workspace: workspace, pool: pool)
      workspace.observeLayer?(index, hidden, n)
    }
    for segment in segments { segment.cache.advance(by: segment.rows.count) }
    pool.rmsNorm(hidden, rows: outputs.count, by: norm, into: hidden)
  }

  public func logits(_ hidden: FloatMatrix, row: Int, rows: Int, into logits: FloatMatrix) {
    pool.linear(lmHead, hidden, rows: rows, into: logits, from: row)
  }

  // MARK: Layer

  /// x + attention(norm(x)), then x + mlp(norm(x)).
  struct Layer: Sendable {
    let attention: Attention
    let mlp: MLP

    init(weights: any WeightSource, index: Int, sizes: GatedDecoderSizes) throws {
      let prefix = "model.layers.\(index)"
      attention = try Attention(weights: weights, prefix: prefix, sizes: sizes)
      mlp = try MLP(weights: weights, prefix: prefix, sizes: sizes)
    }
  }

  struct Attention: Sendable {
    let inputLayernorm: RMSNorm
    let qProj: Linear
    let kProj: Linear
    let vProj: Linear
    let oProj: Linear

    init(weights: any WeightSource, prefix: String, sizes: GatedDecoderSizes) throws {
      let (hidden, own) = (sizes.shape.hidden, "\(prefix).self_attn")
      inputLayernorm = try RMSNorm(
        weights: weights, prefix: "\(prefix).input_layernorm", sizes: sizes)
      qProj = try weights.linear(
        "\(own).q_proj", rows: sizes.queryWidth, columns: hidden, bias: true)
      kProj = try weights.linear("\(own).k_proj", rows: sizes.keyWidth, columns: hidden, bias: true)
      vProj = try weights.linear("\(own).v_proj", rows: sizes.keyWidth, columns: hidden, bias: true)
      oProj = try weights.linear(
        "\(own).o_proj", rows: hidden, columns: sizes.queryWidth, bias: false)
    }

    /// softmax(q kᵀ / √head_dim) v of the normed rows, into `workspace.attended`.
    func callAsFunction(
      _ x: FloatMatrix, rows: Int, index: Int, segments: [ForwardSegment], rotary: Int,
      shape: DecoderShape, workspace: DecoderWorkspace, pool: ThreadPool
    ) {
      pool.rmsNorm(x, rows: rows, by: inputLayernorm, into: workspace.normed)
      pool.linear(
        [(qProj, workspace.queries), (kProj, workspace.keys), (vProj, workspace.values)],
        workspace.normed, rows: rows)
      pool.attend(
        layer: index, segments: segments, rows: rows, rotary: rotary, shape: shape,
        workspace: workspace)
    }

    /// x += o_proj(attended)
    func project(_ x: FloatMatrix, rows: Int, workspace: DecoderWorkspace, pool: ThreadPool) {
      pool.linear(oProj, workspace.attended, rows: rows, into: x, accumulating: true)
    }
  }

  /// SwiGLU (arXiv 2002.05202): x += down(silu(gate(norm(x))) * up(norm(x)))
  struct MLP: Sendable {
    let postAttentionLayernorm: RMSNorm
    let gateProj: Linear
    let upProj: Linear
    let downProj: Linear

    init(weights: any WeightSource, prefix: String, sizes: GatedDecoderSizes) throws {
      let (hidden, inner, own) = (sizes.shape.hidden, sizes.intermediate, "\(prefix).mlp")
      postAttentionLayernorm = try RMSNorm(
        weights: weights, prefix: "\(prefix).post_attention_layernorm", sizes: sizes)
      gateProj = try weights.linear("\(own).gate_proj", rows: inner, columns: hidden, bias: false)
      upProj = try weights.linear("\(own).up_proj", rows: inner, columns: hidden, bias: false)
      downProj = try weights.linear("\(own).down_proj", rows: hidden, columns: inner, bias: false)
    }

    func callAsFunction(
      _ x: FloatMatrix, rows: Int, workspace: DecoderWorkspace, pool: ThreadPool
    ) {
      pool.rmsNorm(x, rows: rows, by: postAttentionLayernorm, into: workspace.normed)
      pool.linear(
        [(gateProj, workspace.gate), (upProj, workspace.up)], workspace.normed, rows: rows)
      pool.gate(.silu, workspace.gate, workspace.up, rows: rows)
      pool.linear(downProj, workspace.gate, rows: rows, into: x, accumulating: true)
    }
  }
}
