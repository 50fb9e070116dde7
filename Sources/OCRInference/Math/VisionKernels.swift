/// Kernels that only a vision tower calls: queries, keys and values lie side by side in one matrix.
extension ThreadPool {
  /// Turns the query and key heads of `qkv` [n, 3 * hidden] in place, by head_dim/2 angles a row.
  func rotateQueriesAndKeys(
    _ qkv: FloatMatrix, rows n: Int, heads: Int, headDimension: Int, by rotary: VisionRotary
  ) {
    run(
      .rotateVision(qkv: qkv, rows: n, heads: heads, headDimension: headDimension, by: rotary))
  }

  /// Attention inside each segment of rows (f32 for f32 and f16 weights, otherwise bf16), over `qkv` [n, 3 * hidden], into `y` [n, hidden].
  func attendSegments(
    _ qkv: FloatMatrix, bounds: [Int32], heads: Int, headDimension: Int, precision: WeightType,
    into y: FloatMatrix
  ) {
    run(
      .attendVision(
        qkv: qkv, bounds: bounds, heads: heads, headDimension: headDimension,
        precision: precision, y: y))
  }

  func layerNorm(_ x: FloatMatrix, rows n: Int, by norm: LayerNorm, into y: FloatMatrix) {
    layerNorm(
      x, rows: n, weight: norm.weight, bias: norm.bias, epsilon: norm.epsilon, into: y)
  }
}
