import CKernels
import Dispatch
import Synchronization

extension WeightMatrix {
  /// The same numbers, each the nearest of float32, float16 or bfloat16, in memory of their own; nil where one is then no
  /// finite number. On all cores: rounding is once a load, and reads the whole matrix.
  func rounded(to type: WeightType) -> WeightMatrix? {
    precondition(!type.isQuantized && !self.type.isQuantized)
    let memory = AnonymousMemory(
      byteCount: mb_matrix_bytes(type.code, Int32(rows), Int32(columns)))
    nonisolated(unsafe) let start = memory.bytes.baseAddress!
    let isFinite = Atomic(true)
    let blockRows = 64
    DispatchQueue.concurrentPerform(iterations: (rows + blockRows - 1) / blockRows) { block in
      let first = block * blockRows
      let count = min(blockRows, rows - first)
      let numbers = FloatMatrix(rows: count, columns: columns)
      mb_matrix_rows(code, Int32(first), Int32(count), numbers.pointer)
      let values = UnsafeBufferPointer(start: numbers.pointer, count: count * columns)
      if !Self.store(values, as: type, at: start, from: first * columns) {
        isFinite.store(false, ordering: .relaxed)
      }
    }
    guard isFinite.load(ordering: .relaxed) else { return nil }
    return WeightMatrix(
      type: type, rows: rows, columns: columns, data: UnsafeRawPointer(start), owner: memory)
  }

  /// - Returns: whether all are finite as stored.
  private static func store(
    _ values: UnsafeBufferPointer<Float>, as type: WeightType, at start: UnsafeMutableRawPointer,
    from element: Int
  ) -> Bool {
    var isFinite = true
    switch type {
    case .f16:
      let halves = start.assumingMemoryBound(to: Float16.self) + element
      for (index, value) in values.enumerated() {
        halves[index] = Float16(value)
        isFinite = isFinite && halves[index].isFinite
      }
    case .bf16:
      let halves = start.assumingMemoryBound(to: UInt16.self) + element
      for (index, value) in values.enumerated() {
        halves[index] = bfloat16(value)
        // All ones in the exponent: infinite or no number.
        isFinite = isFinite && halves[index] & 0x7f80 != 0x7f80
      }
    default:
      let floats = start.assumingMemoryBound(to: Float.self) + element
      for (index, value) in values.enumerated() {
        floats[index] = value
        isFinite = isFinite && value.isFinite
      }
    }
    return isFinite
  }
}
