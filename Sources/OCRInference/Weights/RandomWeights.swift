import CKernels
import PageImaging

/// Seeded random weights of whatever shapes an architecture asks for: a random weight multiplies as slowly as a trained
/// one, so speed and memory can be measured where no checkpoint is.
public final class RandomWeights: WeightSource {
  private let type: WeightType
  private let seed: UInt64
  private let pool: ThreadPool

  /// - Parameter type: of the matrices; vectors are float32 always.
  public init(type: WeightType, seed: UInt64 = 0, pool: ThreadPool) {
    self.type = type
    self.seed = seed
    self.pool = pool
  }

  public func matrix(_ name: String, shape: [Int]) -> WeightMatrix {
    let (rows, columns) = (shape[0], shape.dropFirst().reduce(1, *))
    let memory = AnonymousMemory(
      byteCount: mb_matrix_bytes(type.code, Int32(rows), Int32(columns)))
    fill(memory, name, rows: rows, columns: columns)
    return WeightMatrix(
      type: type, rows: rows, columns: columns, data: memory.bytes.baseAddress!, owner: memory)
  }

  /// One row is drawn and written again, turned by a few places each time: every row differs from its neighbours, and a
  /// model of gigabytes is there in seconds.
  private func fill(_ memory: AnonymousMemory, _ name: String, rows: Int, columns: Int) {
    // Uniform with the deviation 1/√columns, which keeps activations near 1.
    var random = SeededRandom(seed: seed, name)
    let reach = (3 / Double(columns)).squareRoot()
    let row = (0..<2 * columns).map { _ in Float(random.uniform(-reach...reach)) }
    switch type {
    case .f32: repeated(row, rows, columns, memory) { $0 }
    case .f16: repeated(row, rows, columns, memory) { Float16($0).bitPattern }
    case .bf16: repeated(row, rows, columns, memory) { UInt16($0.bitPattern >> 16) }
    case .q8, .q4:
      let plain = AnonymousMemory(byteCount: rows * columns * 2)
      repeated(row, rows, columns, plain) { UInt16($0.bitPattern >> 16) }
      let finite = mb_quantize(
        pool.handle,
        mb_matrix(
          dtype: MB_BF16, rows: Int32(rows), columns: Int32(columns),
          data: plain.bytes.baseAddress), type.code, memory.bytes.baseAddress)
      precondition(finite, "random weights are finite")
    }
  }

  private func repeated<Number>(
    _ row: [Float], _ rows: Int, _ columns: Int, _ memory: AnonymousMemory,
    _ stored: (Float) -> Number
  ) {
    let numbers = row.map(stored)
    let start = memory.bytes.bindMemory(to: Number.self).baseAddress!
    numbers.withUnsafeBufferPointer { numbers in
      for index in 0..<rows {
        let turn = index &* 7919 % columns
        (start + index * columns).update(from: numbers.baseAddress! + turn, count: columns)
      }
    }
  }

  public func vector(_ name: String, count: Int) -> [Float] {
    if name.contains("norm") {
      return [Float](repeating: name.hasSuffix("bias") ? 0 : 1, count: count)
    }
    var random = SeededRandom(seed: seed, name)
    return (0..<count).map { _ in Float(random.uniform(-0.02...0.02)) }
  }

  public func has(_ name: String) -> Bool { true }
}
