import CKernels

/// A cache of one layer that starts with other memory's noise, as recycled memory does.
final class LayerCache {
  var kv: mb_kv
  let width: Int

  init(_ dtype: mb_dtype, kvHeads: Int, dimension: Int, capacity: Int) {
    let bytes = mb_kv_bytes(dtype, Int32(kvHeads), Int32(dimension), Int32(capacity))
    let memory = (0..<2).map { _ in
      UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    }
    for pointer in memory {
      pointer.initializeMemory(as: UInt8.self, repeating: 0xFF, count: bytes)
    }
    width = kvHeads * dimension
    kv = mb_kv(
      dtype: dtype, kv_heads: Int32(kvHeads), head_dim: Int32(dimension),
      capacity: Int32(capacity), keys: memory[0], values: memory[1])
  }

  deinit {
    kv.keys.deallocate()
    kv.values.deallocate()
  }

  func store(_ keys: [Float], _ values: [Float], at first: Int) {
    mb_kv_store(&kv, Int32(first), Int32(keys.count / width), keys, values, width)
  }

  func load(_ slots: Range<Int>) -> (keys: [Float], values: [Float]) {
    var keys = [Float](repeating: 0, count: slots.count * width)
    var values = keys
    mb_kv_load(&kv, Int32(slots.lowerBound), Int32(slots.count), &keys, &values)
    return (keys, values)
  }

  /// Queries [n, heads * dimension]; the last sees slot first + n - 1.
  func attend(_ queries: [Float], first: Int, heads: Int, pool: OpaquePointer) -> [Float] {
    let width = heads * Int(kv.head_dim)
    var output = [Float](repeating: .nan, count: queries.count)
    withUnsafePointer(to: &kv) { kv in
      queries.withUnsafeBufferPointer { queries in
        output.withUnsafeMutableBufferPointer { output in
          var sequence = mb_attention(
            kv: kv, queries: queries.baseAddress, query_stride: width, output: output.baseAddress,
            output_stride: width, n: Int32(queries.count / width), first: Int32(first))
          mb_attend(pool, &sequence, 1, Int32(heads), LayerCache.scale)
        }
      }
    }
    return output
  }

  static let scale: Float = 0.3
  static let types = [MB_F32, MB_F16, MB_BF16, MB_Q8_0, MB_Q4_0]
}
