/// The buffers of a forward pass, made once for its greatest number of rows. All are float32 [rows, …].
public final class DecoderWorkspace: @unchecked Sendable {
  public let rows: Int
  /// After a norm [hidden].
  let normed: FloatMatrix
  /// [heads * head_dim]
  let queries: FloatMatrix
  /// [kv_heads * head_dim] each
  let keys: FloatMatrix
  let values: FloatMatrix
  /// [heads * head_dim]
  let attended: FloatMatrix
  /// [intermediate] each; `up` has no columns in an MLP without a gate.
  let gate: FloatMatrix
  let up: FloatMatrix
  /// Queries, keys and values of one matrix; no columns where each has its own.
  let fused: FloatMatrix
  /// [rotary / 2]
  let cosines: FloatMatrix
  let sines: FloatMatrix
  /// Positions at which the caches want rows turned.
  package internal(set) var positions: [RotaryPosition] = []

  /// Sees the hidden state [rows, hidden] after every layer, for tests against a reference.
  package var observeLayer: ((_ layer: Int, _ hidden: FloatMatrix, _ rows: Int) -> Void)?

  init(
    rows: Int, shape: DecoderShape, intermediate: Int, gated: Bool = true, fused: Int = 0,
    rotary: Int
  ) {
    self.rows = rows
    normed = FloatMatrix(rows: rows, columns: shape.hidden)
    queries = FloatMatrix(rows: rows, columns: shape.heads * shape.headDimension)
    keys = FloatMatrix(rows: rows, columns: shape.kvHeads * shape.headDimension)
    values = FloatMatrix(rows: rows, columns: shape.kvHeads * shape.headDimension)
    attended = FloatMatrix(rows: rows, columns: shape.heads * shape.headDimension)
    gate = FloatMatrix(rows: rows, columns: intermediate)
    up = FloatMatrix(rows: rows, columns: gated ? intermediate : 0)
    self.fused = FloatMatrix(rows: rows, columns: fused)
    cosines = FloatMatrix(rows: rows, columns: rotary / 2)
    sines = FloatMatrix(rows: rows, columns: rotary / 2)
    positions.reserveCapacity(rows)
  }

  public var byteCount: Int {
    [normed, queries, keys, values, attended, gate, up, fused, cosines, sines]
      .reduce(0) { $0 + $1.byteCount }
  }

  /// Bytes of a workspace of so many rows, before it is made: every buffer grows with them.
  package static func byteCount(decoder: any TextDecoder, rows: Int) -> Int {
    rows * decoder.makeWorkspace(rows: 1).byteCount
  }
}
