/// Causal attention of a forward pass's rows over their sequences' caches.
extension ThreadPool {
  /// Turns the workspace's queries and keys, adds keys and values to the caches, and attends: into
  /// `workspace.attended` [rows, heads * head_dim].
  func attend(
    layer: Int, segments: [ForwardSegment], rows: Int, rotary: Int, shape: DecoderShape,
    workspace: DecoderWorkspace
  ) {
    rotate(
      workspace.queries, rows: rows, heads: shape.heads, headDimension: shape.headDimension,
      rotary: rotary, cosines: workspace.cosines, sines: workspace.sines)
    rotate(
      workspace.keys, rows: rows, heads: shape.kvHeads, headDimension: shape.headDimension,
      rotary: rotary, cosines: workspace.cosines, sines: workspace.sines)
    run(
      .append(
        layer: layer, keys: workspace.keys, values: workspace.values, segments: segments))
    run(
      .attend(
        layer: layer, queries: workspace.queries, output: workspace.attended, segments: segments,
        heads: shape.heads, headDimension: shape.headDimension))
  }

  /// Before the first layer: every cache makes room, and the angles of all rows are computed.
  func begin(
    rows: Int, positions: [RotaryPosition], segments: [ForwardSegment], rotary: RotaryEmbedding,
    workspace: DecoderWorkspace
  ) {
    workspace.admit(rows: rows, positions: positions, segments: segments)
    run(
      .angles(rotary, of: workspace, cosines: workspace.cosines, sines: workspace.sines))
  }

  /// After the last layer's attention: brings the rows whose result is wanted to the front of `hidden` and of
  /// `attended`. What follows computes these alone.
  func keep(_ outputs: [Int], of hidden: FloatMatrix, workspace: DecoderWorkspace) {
    guard outputs != Array(outputs.indices) else { return }
    run(.keep(outputs, of: hidden))
    run(.keep(outputs, of: workspace.attended))
  }
}

extension DecoderWorkspace {
  /// Every cache makes room, and may change the positions.
  package func admit(rows: Int, positions: [RotaryPosition], segments: [ForwardSegment]) {
    precondition(rows <= self.rows && positions.count == rows)
    precondition(segments.reduce(0) { $0 + $1.rows.count } == rows)
    self.positions.removeAll(keepingCapacity: true)
    self.positions.append(contentsOf: positions)
    for segment in segments { segment.cache.admit(rows: segment.rows, positions: &self.positions) }
  }
}
