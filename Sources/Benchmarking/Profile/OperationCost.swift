import OCRInference

/// What an operation must at least move and compute.
struct OperationCost: Equatable {
  /// Weights and cache read once, activations read and written once.
  var bytes = 0.0
  /// Multiplications and additions, each counted.
  var flops = 0.0

  init(_ operation: OCRInference.Operation) {
    switch operation {
    case .linear(let layer, _, _, let rows, _, let accumulating, _):
      add(layer, rows, accumulating: accumulating)
    case .linears(let layers, let x, let rows, _):
      for (layer, _) in layers { add(layer, rows, accumulating: false) }
      // The shared input is read once.
      bytes -= Double((layers.count - 1) * rows * x.columns * 4)
    case .rmsNorm(let x, let rows, _, _, _): elementwise(rows * x.columns, moved: 2, flops: 4)
    case .layerNorm(let x, let rows, _, _, _, _): elementwise(rows * x.columns, moved: 2, flops: 8)
    case .activate(_, let x, let rows): elementwise(rows * x.columns, moved: 2, flops: 8)
    case .gate(_, let gate, _, let rows): elementwise(rows * gate.columns, moved: 3, flops: 9)
    case .add(let x, let rows, _): elementwise(rows * x.columns, moved: 3, flops: 1)
    case .angles(_, let workspace, let cosines, _):
      elementwise(workspace.positions.count * cosines.columns, moved: 2, flops: 2)
    case .rotate(_, let rows, let heads, _, let rotary, _, _):
      elementwise(rows * heads * rotary, moved: 2, flops: 3)
    case .splitHeads(let fused, let rows, _, _, _, _, _):
      elementwise(rows * fused.columns, moved: 2, flops: 0)
    case .append(_, let keys, _, let segments):
      let rows = segments.reduce(0) { $0 + $1.rows.count }
      let stored = segments.first?.cache.type.bytesPerNumber ?? 0
      bytes = Double(2 * rows * keys.columns) * (4 + stored)
    case .attend(let layer, let queries, _, let segments, let heads, let headDimension):
      attend(layer, queries, segments, heads, headDimension)
    case .keep(let outputs, let matrix):
      elementwise(outputs.count * matrix.columns, moved: 2, flops: 0)
    case .rotateVision(let qkv, let rows, _, _, _):
      elementwise(rows * qkv.columns * 2 / 3, moved: 2, flops: 3)
    case .attendVision(let qkv, let bounds, let heads, let headDimension, _, _):
      for (start, end) in zip(bounds, bounds.dropFirst()) {
        let rows = Double(end - start)
        flops += 4 * rows * rows * Double(heads * headDimension)
      }
      bytes = Double(Int(bounds.last ?? 0) * qkv.columns * 4) * 4 / 3
    }
  }

  private mutating func add(_ layer: Linear, _ rows: Int, accumulating: Bool) {
    let (out, inner) = (layer.weight.rows, layer.weight.columns)
    bytes += Double(layer.weight.byteCount)
    bytes += Double(4 * rows * (inner + out * (accumulating ? 2 : 1)))
    flops += 2 * Double(rows) * Double(out) * Double(inner)
  }

  private mutating func elementwise(_ count: Int, moved: Int, flops each: Int) {
    bytes = Double(count * moved * 4)
    flops = Double(count * each)
  }

  private mutating func attend(
    _ layer: Int, _ queries: FloatMatrix, _ segments: [ForwardSegment], _ heads: Int,
    _ headDimension: Int
  ) {
    for segment in segments {
      let rows = Double(segment.rows.count)
      let before = Double(segment.cache.length(layer: layer))
      // Row i sees what was there, itself and the rows before it.
      let pairs = rows * before + rows * (rows + 1) / 2
      flops += 4 * pairs * Double(heads * headDimension)
      let kv = segment.cache.storage(layer: layer).pointee
      let width = Double(kv.kv_heads * kv.head_dim)
      bytes += 2 * (before + rows) * width * segment.cache.type.bytesPerNumber
      bytes += 2 * rows * Double(queries.columns) * 4
    }
  }
}
