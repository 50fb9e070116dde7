import CKernels

extension WeightMatrix {
  /// A matrix of these numbers, row by row, rounded to `type`: random weights, and tests.
  package init(_ values: [Float], rows: Int, columns: Int, type: WeightType, pool: ThreadPool) {
    precondition(values.count == rows * columns && rows > 0 && columns > 0)
    let memory = OwnedBytes(count: mb_matrix_bytes(type.code, Int32(rows), Int32(columns)))
    let bytes = memory.start
    switch type {
    case .f32: bytes.bindMemory(to: Float.self, capacity: values.count).update(values)
    case .f16:
      bytes.bindMemory(to: UInt16.self, capacity: values.count).update(
        values.map { Float16($0).bitPattern })
    case .bf16:
      bytes.bindMemory(to: UInt16.self, capacity: values.count).update(values.map(Self.bfloat16))
    case .q8, .q4:
      let finite = values.withUnsafeBytes {
        mb_quantize(
          pool.handle,
          mb_matrix(
            dtype: MB_F32, rows: Int32(rows), columns: Int32(columns), data: $0.baseAddress),
          type.code, bytes)
      }
      precondition(finite, "weights are finite")
    }
    self.init(type: type, rows: rows, columns: columns, data: bytes, owner: memory)
  }

  /// To the nearest, ties to even.
  static func bfloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    return UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ (bits >> 16 & 1)) >> 16)
  }
}

extension UnsafeMutablePointer {
  fileprivate func update(_ values: [Pointee]) { update(from: values, count: values.count) }
}

/// Heap memory on a cache line's boundary, freed with its last owner.
private final class OwnedBytes: @unchecked Sendable {
  let start: UnsafeMutableRawPointer

  init(count: Int) { start = .allocate(byteCount: max(64, count), alignment: 64) }

  deinit { start.deallocate() }
}
