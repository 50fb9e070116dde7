import CKernels

/// How sums over columns may be ordered.
package enum SummationOrder: Sendable {
  /// A row of the result has the same bits whatever stands beside it: chunked equals unchunked.
  case fixed
  /// May depend on the number of rows: for images, which are always computed whole.
  case any

  var code: mb_matmul_order { self == .fixed ? MB_ORDER_FIXED : MB_ORDER_ANY }
}

/// Activation functions, by their names in transformers' `ACT2FN`.
package enum Activation: String, Sendable {
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

/// The arithmetic, by its names in Swift: what a model's code calls. All take the first `n` rows of their matrices.
extension ThreadPool {
  /// y = x Wᵀ + b, or y += that where `accumulating`. `order` is fixed for text: a row's bits do not depend on
  /// the other rows.
  func linear(
    _ layer: Linear, _ x: FloatMatrix, rows n: Int, into y: FloatMatrix, from firstRow: Int = 0,
    accumulating: Bool = false, order: SummationOrder = .fixed
  ) {
    run(
      .linear(
        layer, x: x, first: firstRow, rows: n, y: y, accumulating: accumulating, order: order))
  }

  /// Several layers on the same x.
  func linear(
    _ layers: [(Linear, FloatMatrix)], _ x: FloatMatrix, rows n: Int,
    order: SummationOrder = .fixed
  ) {
    run(.linears(layers, x: x, rows: n, order: order))
  }

  func rmsNorm(
    _ x: FloatMatrix, rows n: Int, weight: [Float], epsilon: Float, into y: FloatMatrix
  ) {
    run(.rmsNorm(x: x, rows: n, weight: weight, epsilon: epsilon, y: y))
  }

  func layerNorm(
    _ x: FloatMatrix, rows n: Int, weight: [Float], bias: [Float], epsilon: Float,
    into y: FloatMatrix
  ) {
    run(.layerNorm(x: x, rows: n, weight: weight, bias: bias, epsilon: epsilon, y: y))
  }

  func activate(_ activation: Activation, _ x: FloatMatrix, rows n: Int) {
    run(.activate(activation, x: x, rows: n))
  }

  /// gate = activation(gate) * up
  func gate(_ activation: Activation, _ gate: FloatMatrix, _ up: FloatMatrix, rows n: Int) {
    run(.gate(activation, gate: gate, up: up, rows: n))
  }

  /// y += x
  func add(_ x: FloatMatrix, rows n: Int, to y: FloatMatrix) { run(.add(x: x, rows: n, y: y)) }

  /// Turns the heads of x in place. cosines, sines [n, rotary / 2].
  func rotate(
    _ x: FloatMatrix, rows n: Int, heads: Int, headDimension: Int, rotary: Int,
    cosines: FloatMatrix, sines: FloatMatrix
  ) {
    run(
      .rotate(
        x: x, rows: n, heads: heads, headDimension: headDimension, rotary: rotary,
        cosines: cosines, sines: sines))
  }
}
