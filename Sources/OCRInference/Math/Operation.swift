/// One step of a model's arithmetic as a value: what `ThreadPool.run` performs, an observer times and a graph records.
///
/// All take the first `rows` rows of their matrices.
package enum Operation: Sendable {
  /// y = x Wᵀ + b, or y += that where `accumulating`; x from row `first` on.
  case linear(
    Linear, x: FloatMatrix, first: Int, rows: Int, y: FloatMatrix, accumulating: Bool,
    order: SummationOrder)
  /// Several layers on the same x.
  case linears([(Linear, FloatMatrix)], x: FloatMatrix, rows: Int, order: SummationOrder)
  case rmsNorm(x: FloatMatrix, rows: Int, weight: [Float], epsilon: Float, y: FloatMatrix)
  case layerNorm(
    x: FloatMatrix, rows: Int, weight: [Float], bias: [Float], epsilon: Float, y: FloatMatrix)
  case activate(Activation, x: FloatMatrix, rows: Int)
  /// gate = activation(gate) * up
  case gate(Activation, gate: FloatMatrix, up: FloatMatrix, rows: Int)
  /// y += x
  case add(x: FloatMatrix, rows: Int, y: FloatMatrix)
  /// The angles of the pass's positions: cosines, sines [rows, rotary / 2].
  case angles(RotaryEmbedding, of: DecoderWorkspace, cosines: FloatMatrix, sines: FloatMatrix)
  /// Turns the heads of x in place.
  case rotate(
    x: FloatMatrix, rows: Int, heads: Int, headDimension: Int, rotary: Int, cosines: FloatMatrix,
    sines: FloatMatrix)
  /// fused [rows, heads, 3, head_dim] to queries, keys and values [rows, heads * head_dim].
  case splitHeads(
    fused: FloatMatrix, rows: Int, heads: Int, headDimension: Int, queries: FloatMatrix,
    keys: FloatMatrix, values: FloatMatrix)
  /// Keys and values to the caches of the rows' sequences.
  case append(layer: Int, keys: FloatMatrix, values: FloatMatrix, segments: [ForwardSegment])
  /// softmax(q kᵀ / √head_dim) v of each sequence's rows over its cache.
  case attend(
    layer: Int, queries: FloatMatrix, output: FloatMatrix, segments: [ForwardSegment], heads: Int,
    headDimension: Int)
  /// Brings the rows whose result is wanted to the front.
  case keep([Int], of: FloatMatrix)
  /// Vision: turns query and key heads of qkv [rows, 3 * hidden] in place.
  case rotateVision(
    qkv: FloatMatrix, rows: Int, heads: Int, headDimension: Int, by: VisionRotary)
  /// Vision: attention inside each segment of rows.
  case attendVision(
    qkv: FloatMatrix, bounds: [Int32], heads: Int, headDimension: Int, precision: WeightType,
    y: FloatMatrix)
}

/// Sees every operation of a thread pool: a profiler, or the recorder of a graph.
package protocol OperationObserver: AnyObject, Sendable {
  /// Calls `perform` exactly once.
  func observe(_ operation: Operation, perform: () -> Void)
}
