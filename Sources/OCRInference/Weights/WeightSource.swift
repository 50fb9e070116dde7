/// Where an architecture takes its tensors from, by their published names (those of transformers 4).
public protocol WeightSource: Sendable {
  /// A weight of that shape as rows [shape[0], the rest], as stored or quantised at load.
  /// - Throws: `WeightError` where it is missing or of another shape.
  func matrix(_ name: String, shape: [Int]) throws -> WeightMatrix
  /// A norm's weight or a bias: float32 whatever the file stores, never quantised.
  func vector(_ name: String, count: Int) throws -> [Float]
  func has(_ name: String) -> Bool
}

extension WeightSource {
  /// `PREFIX.weight` [rows, columns], and `PREFIX.bias` where there is to be one.
  func linear(_ prefix: String, rows: Int, columns: Int, bias: Bool) throws -> Linear {
    Linear(
      weight: try matrix("\(prefix).weight", shape: [rows, columns]),
      bias: bias ? try vector("\(prefix).bias", count: rows) : nil)
  }
}
