import CKernels

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
    let (queries, attended) = (workspace.queries, workspace.attended)
    workspace.attentions.removeAll(keepingCapacity: true)
    for segment in segments {
      segment.cache.append(
        layer: layer, keys: workspace.keys, values: workspace.values, rows: segment.rows)
      workspace.attentions.append(
        mb_attention(
          kv: segment.cache.storage(layer: layer),
          queries: queries.row(segment.rows.lowerBound), query_stride: queries.columns,
          output: attended.row(segment.rows.lowerBound), output_stride: attended.columns,
          n: Int32(segment.rows.count), first: Int32(segment.cache.length)))
    }
    mb_attend(
      handle, workspace.attentions, Int32(segments.count), Int32(shape.heads),
      1 / Float(shape.headDimension).squareRoot())
  }
}

extension DecoderWorkspace {
  /// Before the first layer: every cache makes room, and the angles of all rows are computed.
  func begin(
    rows: Int, positions: [RotaryPosition], segments: [ForwardSegment], rotary: RotaryEmbedding
  ) {
    precondition(rows <= self.rows && positions.count == rows)
    precondition(segments.reduce(0) { $0 + $1.rows.count } == rows)
    self.positions.removeAll(keepingCapacity: true)
    self.positions.append(contentsOf: positions)
    for segment in segments { segment.cache.admit(rows: segment.rows, positions: &self.positions) }
    rotary.fill(cosines, sines, at: self.positions)
  }

  /// After the last layer's attention: brings the rows whose result is wanted to the front of `hidden` and of
  /// `attended`. What follows computes these alone.
  func keep(_ outputs: [Int], of hidden: FloatMatrix) {
    for (row, output) in outputs.enumerated() where row != output {
      precondition(row < output, "outputs ascend")
      hidden.row(row).update(from: hidden.row(output), count: hidden.columns)
      attended.row(row).update(from: attended.row(output), count: attended.columns)
    }
  }
}
