import CKernels

/// How sums over columns may be ordered.
enum SummationOrder {
  /// A row of the result has the same bits whatever stands beside it: chunked equals unchunked.
  case fixed
  /// May depend on the number of rows: for images, which are always computed whole.
  case any

  var code: mb_matmul_order { self == .fixed ? MB_ORDER_FIXED : MB_ORDER_ANY }
}

/// Activation functions, by their names in transformers' `ACT2FN`.
enum Activation: String {
  case silu
  /// Exact: x (1 + erf(x/√2)) / 2.
  case gelu
  case geluTanh = "gelu_pytorch_tanh"
  case quickGELU = "quick_gelu"

  var code: mb_activation {
    switch self {
    case .silu: MB_SILU
    case .gelu: MB_GELU
    case .geluTanh: MB_GELU_TANH
    case .quickGELU: MB_QUICK_GELU
    }
  }
}

/// The arithmetic, by its names in Swift: the only file that calls the kernels of a forward pass. All take the
/// first `n` rows of their matrices.
extension ThreadPool {
  /// y = x Wᵀ + b, or y += that where `accumulating`. `order` is fixed for text: a row's bits do not depend on
  /// the other rows.
  func linear(
    _ layer: Linear, _ x: FloatMatrix, rows n: Int, into y: FloatMatrix, from firstRow: Int = 0,
    accumulating: Bool = false, order: SummationOrder = .fixed
  ) {
    precondition(x.columns == layer.weight.columns && y.columns == layer.weight.rows)
    precondition(firstRow + n <= x.rows && n <= y.rows)
    withBias(layer) { bias in
      mb_matmul(
        handle, layer.weight.code, x.pointer + firstRow * x.columns, x.columns, Int32(n), bias,
        accumulating, y.pointer, y.columns, order.code)
    }
  }

  /// Several layers on the same x.
  func linear(
    _ layers: [(Linear, FloatMatrix)], _ x: FloatMatrix, rows n: Int,
    order: SummationOrder = .fixed
  ) {
    withBiases(layers[...], []) { outputs in
      mb_matmul_many(
        handle, outputs, Int32(outputs.count), x.pointer, x.columns, Int32(n), order.code)
    }
  }

  func rmsNorm(
    _ x: FloatMatrix, rows n: Int, weight: [Float], epsilon: Float, into y: FloatMatrix
  ) {
    precondition(weight.count == x.columns && y.columns == x.columns)
    mb_rms_norm(
      handle, x.pointer, x.columns, weight, epsilon, Int32(n), Int32(x.columns), y.pointer,
      y.columns)
  }

  func layerNorm(
    _ x: FloatMatrix, rows n: Int, weight: [Float], bias: [Float], epsilon: Float,
    into y: FloatMatrix
  ) {
    precondition(weight.count == x.columns && bias.count == x.columns && y.columns == x.columns)
    mb_layer_norm(
      handle, x.pointer, x.columns, weight, bias, epsilon, Int32(n), Int32(x.columns), y.pointer,
      y.columns)
  }

  func activate(_ activation: Activation, _ x: FloatMatrix, rows n: Int) {
    mb_activate(handle, activation.code, x.pointer, x.columns, Int32(n), Int32(x.columns))
  }

  /// gate = activation(gate) * up
  func gate(_ activation: Activation, _ gate: FloatMatrix, _ up: FloatMatrix, rows n: Int) {
    precondition(gate.columns == up.columns)
    mb_gate(
      handle, activation.code, gate.pointer, gate.columns, up.pointer, up.columns, Int32(n),
      Int32(gate.columns))
  }

  /// y += x
  func add(_ x: FloatMatrix, rows n: Int, to y: FloatMatrix) {
    precondition(x.columns == y.columns)
    mb_add(handle, x.pointer, x.columns, Int32(n), Int32(x.columns), y.pointer, y.columns)
  }

  /// Turns the heads of x in place. cosines, sines [n, rotary / 2].
  func rotate(
    _ x: FloatMatrix, rows n: Int, heads: Int, headDimension: Int, rotary: Int,
    cosines: FloatMatrix, sines: FloatMatrix
  ) {
    precondition(cosines.columns == rotary / 2 && sines.columns == rotary / 2)
    mb_rotary(
      handle, x.pointer, x.columns, Int32(n), Int32(heads), Int32(headDimension), Int32(rotary),
      cosines.pointer, sines.pointer)
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
