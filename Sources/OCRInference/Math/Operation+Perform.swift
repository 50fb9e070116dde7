import CKernels

extension ThreadPool {
  func run(_ operation: Operation) {
    guard let observer else { return perform(operation) }
    observer.observe(operation) { perform(operation) }
  }

  /// The only place that calls the kernels of a forward pass.
  package func perform(_ operation: Operation) {
    switch operation {
    case .linear(let layer, let x, let first, let n, let y, let accumulating, let order):
      precondition(x.columns == layer.weight.columns && y.columns == layer.weight.rows)
      precondition(first + n <= x.rows && n <= y.rows)
      withBias(layer) { bias in
        mb_matmul(
          handle, layer.weight.code, x.pointer + first * x.columns, x.columns, Int32(n), bias,
          accumulating, y.pointer, y.columns, order.code)
      }
    case .linears(let layers, let x, let n, let order):
      withBiases(layers[...], []) { outputs in
        mb_matmul_many(
          handle, outputs, Int32(outputs.count), x.pointer, x.columns, Int32(n), order.code)
      }
    case .rmsNorm(let x, let n, let weight, let epsilon, let y):
      precondition(weight.count == x.columns && y.columns == x.columns)
      mb_rms_norm(
        handle, x.pointer, x.columns, weight, epsilon, Int32(n), Int32(x.columns), y.pointer,
        y.columns)
    case .layerNorm(let x, let n, let weight, let bias, let epsilon, let y):
      precondition(weight.count == x.columns && y.columns == x.columns)
      mb_layer_norm(
        handle, x.pointer, x.columns, weight, bias, epsilon, Int32(n), Int32(x.columns), y.pointer,
        y.columns)
    case .activate(let activation, let x, let n):
      mb_activate(handle, activation.code, x.pointer, x.columns, Int32(n), Int32(x.columns))
    case .gate(let activation, let gate, let up, let n):
      precondition(gate.columns == up.columns)
      mb_gate(
        handle, activation.code, gate.pointer, gate.columns, up.pointer, up.columns, Int32(n),
        Int32(gate.columns))
    case .add(let x, let n, let y):
      precondition(x.columns == y.columns)
      mb_add(handle, x.pointer, x.columns, Int32(n), Int32(x.columns), y.pointer, y.columns)
    default: performAttention(operation)
    }
  }

  private func performAttention(_ operation: Operation) {
    switch operation {
    case .angles(let rotary, let workspace, let cosines, let sines):
      rotary.fill(cosines, sines, at: workspace.positions)
    case .rotate(
      let x, let n, let heads, let headDimension, let rotary, let cosines, let sines):
      precondition(cosines.columns == rotary / 2 && sines.columns == rotary / 2)
      mb_rotary(
        handle, x.pointer, x.columns, Int32(n), Int32(heads), Int32(headDimension), Int32(rotary),
        cosines.pointer, sines.pointer)
    case .splitHeads(
      let fused, let n, let heads, let headDimension, let queries, let keys, let values):
      Self.splitHeads(fused, n, heads, headDimension, queries, keys, values)
    case .append(let layer, let keys, let values, let segments):
      for segment in segments {
        segment.cache.append(layer: layer, keys: keys, values: values, rows: segment.rows)
      }
    case .attend(
      let layer, let queries, let output, let segments, let heads, let headDimension):
      attend(layer, queries, output, segments, heads, headDimension)
    case .keep(let outputs, let matrix):
      for (row, output) in outputs.enumerated() where row != output {
        precondition(row < output, "outputs ascend")
        matrix.row(row).update(from: matrix.row(output), count: matrix.columns)
      }
    default: performVision(operation)
    }
  }

  private func performVision(_ operation: Operation) {
    switch operation {
    case .rotateVision(let qkv, let n, let heads, let headDimension, let rotary):
      precondition(qkv.columns == 3 * heads * headDimension)
      mb_rotary(
        handle, qkv.pointer, qkv.columns, Int32(n), Int32(2 * heads), Int32(headDimension),
        Int32(headDimension), rotary.cosines.pointer, rotary.sines.pointer)
    case .attendVision(let qkv, let bounds, let heads, let headDimension, let precision, let y):
      let hidden = heads * headDimension
      precondition(qkv.columns == 3 * hidden && y.columns == hidden)
      precondition(Int(bounds.last ?? 0) <= qkv.rows)
      let narrow = precision != .f32 && precision != .f16
      mb_segment_attend(
        handle, qkv.pointer, qkv.pointer + hidden, qkv.pointer + 2 * hidden, qkv.columns, bounds,
        Int32(bounds.count - 1), Int32(heads), Int32(headDimension),
        1 / Float(headDimension).squareRoot(), narrow ? MB_BF16 : MB_F32, y.pointer, y.columns)
    default: preconditionFailure("performed above")
    }
  }

  private func attend(
    _ layer: Int, _ queries: FloatMatrix, _ output: FloatMatrix, _ segments: [ForwardSegment],
    _ heads: Int, _ headDimension: Int
  ) {
    withUnsafeTemporaryAllocation(of: mb_attention.self, capacity: segments.count) { attentions in
      for (place, segment) in segments.enumerated() {
        attentions.initializeElement(
          at: place,
          to: mb_attention(
            kv: segment.cache.storage(layer: layer),
            queries: queries.row(segment.rows.lowerBound), query_stride: queries.columns,
            output: output.row(segment.rows.lowerBound), output_stride: output.columns,
            n: Int32(segment.rows.count), first: Int32(segment.cache.length(layer: layer))))
      }
      mb_attend(
        handle, attentions.baseAddress, Int32(segments.count), Int32(heads),
        1 / Float(headDimension).squareRoot())
    }
  }

  private static func splitHeads(
    _ fused: FloatMatrix, _ rows: Int, _ heads: Int, _ headDimension: Int,
    _ queries: FloatMatrix, _ keys: FloatMatrix, _ values: FloatMatrix
  ) {
    for row in 0..<rows {
      for head in 0..<heads {
        let from = fused.row(row) + 3 * head * headDimension
        let to = head * headDimension
        (queries.row(row) + to).update(from: from, count: headDimension)
        (keys.row(row) + to).update(from: from + headDimension, count: headDimension)
        (values.row(row) + to).update(from: from + 2 * headDimension, count: headDimension)
      }
    }
  }

  private func withBias(_ layer: Linear, _ body: (UnsafePointer<Float>?) -> Void) {
    guard let bias = layer.bias else { return body(nil) }
    bias.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  /// Holds every bias still, one closure inside the other, until all outputs are known.
  private func withBiases(
    _ layers: ArraySlice<(Linear, FloatMatrix)>, _ outputs: [mb_matmul_output],
    _ body: ([mb_matmul_output]) -> Void
  ) {
    guard let (layer, y) = layers.first else { return body(outputs) }
    precondition(y.columns == layer.weight.rows)
    withBias(layer) { bias in
      let output = mb_matmul_output(
        w: layer.weight.code, bias: bias, y: y.pointer, y_stride: y.columns)
      withBiases(layers.dropFirst(), outputs + [output], body)
    }
  }
}
