import CKernels
import Synchronization

/// Weights that are shapes alone: what an architecture would read, counted without a checkpoint. Their memory is address
/// space that nobody may compute with.
public final class ShapeWeights: WeightSource {
  private let counted = Mutex<(matrices: [String: Int], vectors: Int)>(([:], 0))

  public init() {}

  /// Numbers in all matrices, a tied head once.
  public var matrixParameters: Int { counted.withLock { $0.matrices.values.reduce(0, +) } }
  /// Numbers in all tensors.
  public var parameters: Int { matrixParameters + counted.withLock { $0.vectors } }

  /// Numbers of the matrix of that name; 0 where nobody asked for it.
  public func parameters(of name: String) -> Int {
    counted.withLock { $0.matrices[name] ?? 0 }
  }

  public func matrix(_ name: String, shape: [Int]) -> WeightMatrix {
    let (rows, columns) = (shape[0], shape.dropFirst().reduce(1, *))
    counted.withLock { $0.matrices[name] = rows * columns }
    let memory = AnonymousMemory(byteCount: rows * columns)
    return WeightMatrix(
      type: .f32, rows: rows, columns: columns, data: memory.bytes.baseAddress!, owner: memory)
  }

  public func vector(_ name: String, count: Int) -> [Float] {
    counted.withLock { $0.vectors += count }
    return [Float](repeating: 0, count: count)
  }

  public func has(_ name: String) -> Bool { true }
}
