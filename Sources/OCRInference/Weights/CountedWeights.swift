import Synchronization

/// Another source's weights, counted as a decoder takes them: what they hold in memory, each by its own type, not what a
/// shape lets expect.
package final class CountedWeights: WeightSource {
  private let base: any WeightSource
  private let bytes = Mutex<[String: Int]>([:])

  package init(_ base: any WeightSource) { self.base = base }

  /// Of all matrices and vectors taken so far, each once however often it was asked for.
  package var byteCount: Int { bytes.withLock { $0.values.reduce(0, +) } }

  package func matrix(_ name: String, shape: [Int]) throws -> WeightMatrix {
    let matrix = try base.matrix(name, shape: shape)
    bytes.withLock { $0[name] = matrix.byteCount }
    return matrix
  }

  package func vector(_ name: String, count: Int) throws -> [Float] {
    let vector = try base.vector(name, count: count)
    bytes.withLock { $0[name] = vector.count * MemoryLayout<Float>.stride }
    return vector
  }

  package func has(_ name: String) -> Bool { base.has(name) }
}
