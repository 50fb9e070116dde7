import CKernels

/// Another's cache for a rehearsal: what a pass appends is written after the last slot and does not count.
final class UnadvancedCache: KVCache, @unchecked Sendable {
  private let base: any KVCache

  init(_ base: any KVCache) { self.base = base }

  var type: WeightType { base.type }
  var length: Int { base.length }
  func length(layer: Int) -> Int { base.length(layer: layer) }
  var capacity: Int { base.capacity }
  var byteCount: Int { base.byteCount }
  var touchedByteCount: Int { base.touchedByteCount }
  var bufferByteCount: Int { base.bufferByteCount }

  func admit(rows: Range<Int>, positions: inout [RotaryPosition]) {
    base.admit(rows: rows, positions: &positions)
  }

  func append(layer: Int, keys: FloatMatrix, values: FloatMatrix, rows: Range<Int>) {
    base.append(layer: layer, keys: keys, values: values, rows: rows)
  }

  func storage(layer: Int) -> UnsafePointer<mb_kv> { base.storage(layer: layer) }
  func advance(by rows: Int) {}
  func copyPrefix(_ count: Int, from other: any KVCache) {
    preconditionFailure("a rehearsal copies no prefix")
  }
}
