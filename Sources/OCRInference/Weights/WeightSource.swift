/// Where an architecture takes its weights from, by the names that checkpoints give them.
public protocol WeightSource: Sendable {
  /// A linear weight or an embedding, [shape[0], product of the rest]; possibly quantised at load.
  /// - Parameter shape: what the tensor must have, rows first.
  func matrix(_ name: String, shape: [Int]) throws -> WeightMatrix
  /// A norm's weight or a bias: float32 whatever the stored type, never quantised.
  func vector(_ name: String, count: Int) throws -> [Float]
  func has(_ name: String) -> Bool
}
