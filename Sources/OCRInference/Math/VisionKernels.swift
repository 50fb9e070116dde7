import CKernels

/// Kernels that only a vision tower calls: queries, keys and values lie side by side in one matrix.
extension ThreadPool {
  /// Turns the query and key heads of `qkv` [n, 3 * hidden] in place, by head_dim/2 angles a row.
  func rotateQueriesAndKeys(
    _ qkv: FloatMatrix, rows n: Int, heads: Int, headDimension: Int, by rotary: VisionRotary
  ) {
    precondition(qkv.columns == 3 * heads * headDimension)
    mb_rotary(
      handle, qkv.pointer, qkv.columns, Int32(n), Int32(2 * heads), Int32(headDimension),
      Int32(headDimension), rotary.cosines.pointer, rotary.sines.pointer)
  }

  /// Attention inside each segment of rows (f32 for f32 and f16 weights, otherwise bf16), over `qkv` [n, 3 * hidden], into `y` [n, hidden].
  func attendSegments(
    _ qkv: FloatMatrix, bounds: [Int32], heads: Int, headDimension: Int, precision: WeightType,
    into y: FloatMatrix
  ) {
    let hidden = heads * headDimension
    precondition(qkv.columns == 3 * hidden && y.columns == hidden)
    precondition(Int(bounds.last ?? 0) <= qkv.rows)
    let narrow = precision != .f32 && precision != .f16
    mb_segment_attend(
      handle, qkv.pointer, qkv.pointer + hidden, qkv.pointer + 2 * hidden, qkv.columns, bounds,
      Int32(bounds.count - 1), Int32(heads), Int32(headDimension),
      1 / Float(headDimension).squareRoot(), narrow ? MB_BF16 : MB_F32, y.pointer, y.columns)
  }

  func layerNorm(_ x: FloatMatrix, rows n: Int, by norm: LayerNorm, into y: FloatMatrix) {
    layerNorm(
      x, rows: n, weight: norm.weight, bias: norm.bias, epsilon: norm.epsilon, into: y)
  }
}
