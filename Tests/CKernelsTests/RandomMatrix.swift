import CKernels

/// Repeatable values in -1 ..< 1.
struct RandomFloats {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Float(Int64(bitPattern: state) >> 40) / 0x1p23
  }

  mutating func many(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}

/// A weight matrix that owns its bytes. Plain rows lie one element off any alignment, as a mapped
/// checkpoint's may.
final class OwnedMatrix {
  let matrix: mb_matrix
  private let memory: UnsafeMutableRawPointer

  /// Stores `values` [rows, columns] as `type`; nil where it refuses them.
  init?(_ values: [Float], rows: Int, columns: Int, type: mb_dtype, pool: OpaquePointer) {
    let bytes = mb_matrix_bytes(type, Int32(rows), Int32(columns))
    memory = .allocate(byteCount: bytes + 64, alignment: 64)
    let packed = type == MB_Q8_0 || type == MB_Q4_0
    let data = packed ? memory : memory + (type == MB_F32 ? 4 : 2)
    matrix = mb_matrix(dtype: type, rows: Int32(rows), columns: Int32(columns), data: data)
    switch type {
    case MB_F32:
      for (i, value) in values.enumerated() {
        data.storeBytes(of: value, toByteOffset: i * 4, as: Float.self)
      }
    case MB_F16:
      for (i, value) in values.enumerated() {
        data.storeBytes(of: halfBits(value), toByteOffset: i * 2, as: UInt16.self)
      }
    case MB_BF16:
      for (i, value) in values.enumerated() {
        let top = UInt16(value.bitPattern >> 16)
        data.storeBytes(of: top, toByteOffset: i * 2, as: UInt16.self)
      }
    default:
      let stored = values.withUnsafeBytes { from in
        let source = mb_matrix(
          dtype: MB_F32, rows: Int32(rows), columns: Int32(columns), data: from.baseAddress)
        return mb_quantize(pool, source, type, data)
      }
      if !stored { return nil }
    }
  }

  deinit { memory.deallocate() }

  /// What is stored, as float32 [rows, columns].
  var values: [Float] {
    var result = [Float](repeating: 0, count: Int(matrix.rows) * Int(matrix.columns))
    mb_matrix_rows(matrix, 0, matrix.rows, &result)
    return result
  }
}

/// The f16 of a value that is exactly one or truncates to one (the tests' values are normal in f16, or 0).
func halfBits(_ value: Float) -> UInt16 {
  let bits = value.bitPattern
  let exponent = Int(bits >> 23 & 0xff) - 127
  guard exponent >= -14 else { return UInt16(bits >> 16 & 0x8000) }
  return UInt16(bits >> 16 & 0x8000) | UInt16(exponent + 15) << 10 | UInt16(bits >> 13 & 0x3ff)
}

/// Every instruction set that this machine runs, and afterwards the one from before.
func onEveryInstructionSet(_ body: (String) throws -> Void) rethrows {
  let before = mb_isa_active()
  defer { _ = mb_isa_force(before) }
  for isa in [MB_ISA_SCALAR, MB_ISA_AVX2, MB_ISA_AVX512, MB_ISA_NEON] where mb_isa_force(isa) {
    try body(String(cString: mb_isa_name(isa)))
  }
}
