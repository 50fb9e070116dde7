import CKernels

/// The `size` keys of lowest L2 norm of each head, with their values (arXiv 2406.11430): a key of low norm draws much
/// attention. Skipped layers, by default the first two, keep everything.
///
/// A norm does not change when a key is turned, so kept rows keep their true positions. Rows are put together anew at each
/// eviction: in a quantised type they are rounded again each time.
public final class SmallNormCache: KVCache, @unchecked Sendable {
  public let size: Int
  private let skippedLayers: Set<Int>
  private let slots: ContiguousCache
  private let shape: DecoderShape
  private var lengths: [Int]
  private let keys: FloatMatrix
  private let values: FloatMatrix
  private let keptKeys: FloatMatrix
  private let keptValues: FloatMatrix

  /// - Parameters:
  ///   - rows: that a sequence will have in all: what the skipped layers hold.
  ///   - passRows: most rows of one pass.
  init(
    type: WeightType, shape: DecoderShape, size: Int, skippedLayers: Set<Int>, rows: Int,
    passRows: Int
  ) throws(CacheError) {
    precondition(size > 0 && rows > 0 && passRows > 0)
    self.size = size
    self.skippedLayers = skippedLayers
    self.shape = shape
    // One map for all layers: pages that a short layer never writes to take no memory.
    slots = try ContiguousCache(type: type, shape: shape, capacity: max(rows, size + passRows))
    lengths = [Int](repeating: 0, count: shape.layers)
    let width = shape.kvHeads * shape.headDimension
    let most = size + passRows
    keys = FloatMatrix(rows: most, columns: width)
    values = FloatMatrix(rows: most, columns: width)
    keptKeys = FloatMatrix(rows: size, columns: width)
    keptValues = FloatMatrix(rows: size, columns: width)
  }

  public var type: WeightType { slots.type }
  /// Of the layer that holds most.
  public var length: Int { lengths.max() ?? 0 }
  public func length(layer: Int) -> Int { lengths[layer] }
  public var capacity: Int { slots.capacity }
  public var byteCount: Int { slots.byteCount + bufferByteCount }
  public var bufferByteCount: Int {
    [keys, values, keptKeys, keptValues].reduce(0) { $0 + $1.byteCount }
  }
  public var touchedByteCount: Int {
    lengths.reduce(0) { sum, length in
      sum + ContiguousCache.bytes(type: type, shape: shape, rows: length) / shape.layers
    }
  }

  public func admit(rows: Range<Int>, positions: inout [RotaryPosition]) {
    let kept = size - (rows.count == 1 ? 1 : 0)
    for layer in lengths.indices where !skippedLayers.contains(layer) && lengths[layer] > kept {
      keepSmallest(kept, of: layer)
    }
    precondition(length + rows.count <= capacity, "the cache was made for \(capacity) rows")
  }

  private func keepSmallest(_ count: Int, of layer: Int) {
    let (length, storage) = (lengths[layer], slots.storage(layer: layer))
    mb_kv_load(storage, 0, Int32(length), keys.pointer, values.pointer)
    let dimension = shape.headDimension
    for head in 0..<shape.kvHeads {
      let offset = head * dimension
      let norms = (0..<length).map { row in
        let key = keys.row(row) + offset
        return (0..<dimension).reduce(Float(0)) { $0 + key[$1] * key[$1] }
      }
      // Of equal norms the older stays.
      let kept = norms.indices.sorted { (norms[$0], $0) < (norms[$1], $1) }.prefix(count).sorted()
      for (slot, row) in kept.enumerated() {
        (keptKeys.row(slot) + offset).update(from: keys.row(row) + offset, count: dimension)
        (keptValues.row(slot) + offset).update(from: values.row(row) + offset, count: dimension)
      }
    }
    mb_kv_store(
      storage, 0, Int32(count), keptKeys.pointer, keptValues.pointer, keptKeys.columns)
    lengths[layer] = count
  }

  public func append(layer: Int, keys: FloatMatrix, values: FloatMatrix, rows: Range<Int>) {
    precondition(keys.columns == values.columns && rows.upperBound <= keys.rows)
    precondition(lengths[layer] + rows.count <= capacity)
    mb_kv_store(
      slots.storage(layer: layer), Int32(lengths[layer]), Int32(rows.count),
      keys.row(rows.lowerBound), values.row(rows.lowerBound), keys.columns)
  }

  public func storage(layer: Int) -> UnsafePointer<mb_kv> { slots.storage(layer: layer) }

  public func advance(by rows: Int) {
    for layer in lengths.indices { lengths[layer] += rows }
  }

  public func copyPrefix(_ count: Int, from other: any KVCache) {
    preconditionFailure("a cache that drops rows shares no prefix")
  }
}
