import CKernels

/// Attention as it is defined, in double precision.
enum AttentionOracle {
  /// softmax(q kᵀ · scale) v of one query against the first `visible` keys; rows of `keys` and
  /// `values` are [kvHeads * dimension].
  static func attend(
    query: ArraySlice<Float>, keys: [Float], values: [Float], rows: Range<Int>, stride: Int,
    offset: Int, dimension: Int, scale: Double
  ) -> [Double] {
    let query = Array(query.prefix(dimension))
    let scores = rows.map { row in
      var sum = 0.0
      for d in 0..<dimension { sum += Double(query[d]) * Double(keys[row * stride + offset + d]) }
      return sum * scale
    }
    let most = scores.max()!
    let weights = scores.map { exponential($0 - most) }
    let total = weights.reduce(0, +)
    return (0..<dimension).map { d in
      zip(rows, weights).reduce(0) { $0 + $1.1 * Double(values[$1.0 * stride + offset + d]) }
        / total
    }
  }

  /// Largest difference in units of the largest value.
  static func error(_ got: [Float], _ want: [Double]) -> Double {
    let scale = want.map { abs($0) }.max() ?? 1
    let errors = zip(got, want).map { abs(Double($0) - $1) / scale }
    return errors.contains { $0.isNaN } ? .infinity : errors.max() ?? 0
  }

  /// e^x as (e^(x / 1024))^1024, which needs no library.
  private static func exponential(_ x: Double) -> Double {
    guard x > -700 else { return 0 }
    let r = x / 1024
    var term = 1.0
    var sum = 1.0
    for n in 1...12 {
      term *= r / Double(n)
      sum += term
    }
    return (0..<10).reduce(sum) { power, _ in power * power }
  }
}
