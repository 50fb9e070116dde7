extension Operation {
  package enum Access: Sendable {
    case read, write
    /// Reads what stands there and writes in its place.
    case update
  }

  package struct Operand: Sendable {
    var matrix: FloatMatrix
    var access: Access
  }

  /// Short, for tables and traces.
  package var name: String {
    switch self {
    case .linear: "linear"
    case .linears: "linears"
    case .rmsNorm: "rms_norm"
    case .layerNorm: "layer_norm"
    case .activate: "activate"
    case .gate: "gate"
    case .add: "add"
    case .angles: "angles"
    case .rotate: "rotary"
    case .splitHeads: "split_heads"
    case .append: "kv_append"
    case .attend: "attention"
    case .keep: "keep_rows"
    case .rotateVision: "rotary_vision"
    case .attendVision: "attention_vision"
    }
  }

  /// The layer's cache that is written (append) or read (attend).
  var cache: (layer: Int, writes: Bool)? {
    switch self {
    case .append(let layer, _, _, _): (layer, true)
    case .attend(let layer, _, _, _, _, _): (layer, false)
    default: nil
    }
  }

  /// Every matrix it touches, and how.
  var operands: [Operand] {
    func read(_ matrix: FloatMatrix) -> Operand { Operand(matrix: matrix, access: .read) }
    func write(_ matrix: FloatMatrix) -> Operand { Operand(matrix: matrix, access: .write) }
    func update(_ matrix: FloatMatrix) -> Operand { Operand(matrix: matrix, access: .update) }
    switch self {
    case .linear(_, let x, _, _, let y, let accumulating, _):
      return [read(x), accumulating ? update(y) : write(y)]
    case .linears(let layers, let x, _, _): return [read(x)] + layers.map { write($0.1) }
    case .rmsNorm(let x, _, _, _, let y), .layerNorm(let x, _, _, _, _, let y):
      return [read(x), write(y)]
    case .activate(_, let x, _): return [update(x)]
    case .gate(_, let gate, let up, _): return [update(gate), read(up)]
    case .add(let x, _, let y): return [read(x), update(y)]
    case .angles(_, _, let cosines, let sines): return [write(cosines), write(sines)]
    case .rotate(let x, _, _, _, _, let cosines, let sines):
      return [update(x), read(cosines), read(sines)]
    case .splitHeads(let fused, _, _, _, let queries, let keys, let values):
      return [read(fused), write(queries), write(keys), write(values)]
    case .append(_, let keys, let values, _): return [read(keys), read(values)]
    case .attend(_, let queries, let output, _, _, _): return [read(queries), write(output)]
    case .keep(_, let matrix): return [update(matrix)]
    case .rotateVision(let qkv, _, _, _, _): return [update(qkv)]
    case .attendVision(let qkv, _, _, _, _, let y): return [read(qkv), write(y)]
    }
  }

  /// The same work on other matrices and caches: `input` stands for what is read or updated, `output` for what is
  /// written.
  func placed(
    input: (FloatMatrix) -> FloatMatrix, output: (FloatMatrix) -> FloatMatrix,
    segments new: [ForwardSegment]? = nil
  ) -> Operation {
    switch self {
    case .linear(let layer, let x, let first, let rows, let y, let accumulating, let order):
      .linear(
        layer, x: input(x), first: first, rows: rows, y: accumulating ? input(y) : output(y),
        accumulating: accumulating, order: order)
    case .linears(let layers, let x, let rows, let order):
      .linears(layers.map { ($0.0, output($0.1)) }, x: input(x), rows: rows, order: order)
    case .rmsNorm(let x, let rows, let weight, let epsilon, let y):
      .rmsNorm(x: input(x), rows: rows, weight: weight, epsilon: epsilon, y: output(y))
    case .layerNorm(let x, let rows, let weight, let bias, let epsilon, let y):
      .layerNorm(
        x: input(x), rows: rows, weight: weight, bias: bias, epsilon: epsilon, y: output(y))
    case .activate(let activation, let x, let rows): .activate(activation, x: input(x), rows: rows)
    case .gate(let activation, let gate, let up, let rows):
      .gate(activation, gate: input(gate), up: input(up), rows: rows)
    case .add(let x, let rows, let y): .add(x: input(x), rows: rows, y: input(y))
    case .angles(let rotary, let workspace, let cosines, let sines):
      .angles(rotary, of: workspace, cosines: output(cosines), sines: output(sines))
    case .rotate(
      let x, let rows, let heads, let headDimension, let rotary, let cosines, let sines):
      .rotate(
        x: input(x), rows: rows, heads: heads, headDimension: headDimension, rotary: rotary,
        cosines: input(cosines), sines: input(sines))
    case .splitHeads(
      let fused, let rows, let heads, let headDimension, let queries, let keys, let values):
      .splitHeads(
        fused: input(fused), rows: rows, heads: heads, headDimension: headDimension,
        queries: output(queries), keys: output(keys), values: output(values))
    case .append(let layer, let keys, let values, let segments):
      .append(
        layer: layer, keys: input(keys), values: input(values), segments: new ?? segments)
    case .attend(
      let layer, let queries, let out, let segments, let heads, let headDimension):
      .attend(
        layer: layer, queries: input(queries), output: output(out), segments: new ?? segments,
        heads: heads, headDimension: headDimension)
    case .keep(let outputs, let matrix): .keep(outputs, of: input(matrix))
    case .rotateVision(let qkv, let rows, let heads, let headDimension, let rotary):
      .rotateVision(
        qkv: input(qkv), rows: rows, heads: heads, headDimension: headDimension, by: rotary)
    case .attendVision(let qkv, let bounds, let heads, let headDimension, let precision, let y):
      .attendVision(
        qkv: input(qkv), bounds: bounds, heads: heads, headDimension: headDimension,
        precision: precision, y: output(y))
    }
  }
}
