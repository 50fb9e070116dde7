import CKernels
import Glibc

/// The cache that keeps everything: slot i holds row i of its sequence. The reference for every other.
///
/// Its memory is one anonymous map sized to the capacity; the system gives a page when it is first written to, so a short
/// sequence in a large cache costs what it uses.
public final class ContiguousCache: KVCache, @unchecked Sendable {
  public let type: WeightType
  public let capacity: Int
  public let byteCount: Int
  public private(set) var length = 0

  private let map: UnsafeMutableRawPointer
  private let layers: UnsafeMutableBufferPointer<mb_kv>
  /// Bytes of one head's slots when `count` are in use.
  private let headBytes: @Sendable (_ count: Int) -> Int

  /// - Parameter capacity: rows, at least 1.
  public init(type: WeightType, shape: DecoderShape, capacity: Int) throws(CacheError) {
    let (kvHeads, head) = (Int32(shape.kvHeads), Int32(shape.headDimension))
    guard !type.isQuantized || head % 32 == 0 else {
      throw .headDimension(shape.headDimension, type)
    }
    precondition(capacity > 0 && capacity <= Int(Int32.max))
    let part = mb_kv_bytes(type.code, kvHeads, head, Int32(capacity))
    let (bytes, overflow) = part.multipliedReportingOverflow(by: 2 * shape.layers)
    guard !overflow,
      let map = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      map != MAP_FAILED
    else { throw .noMemory(bytes: overflow ? .max : bytes) }
    self.type = type
    self.capacity = capacity
    self.map = map
    byteCount = bytes
    layers = .allocate(capacity: shape.layers)
    for layer in 0..<shape.layers {
      layers.initializeElement(
        at: layer,
        to: mb_kv(
          dtype: type.code, kv_heads: kvHeads, head_dim: head, capacity: Int32(capacity),
          keys: map + 2 * layer * part, values: map + (2 * layer + 1) * part))
    }
    let code = type.code
    headBytes = { mb_kv_bytes(code, 1, head, Int32($0)) }
  }

  deinit {
    layers.deallocate()
    munmap(map, byteCount)
  }

  public var touchedByteCount: Int {
    let page = Int(getpagesize())
    let head = (headBytes(length) + page - 1) / page * page
    return min(byteCount, 2 * layers.count * Int(layers[0].kv_heads) * (length == 0 ? 0 : head))
  }

  public func admit(rows: Range<Int>, positions: inout [RotaryPosition]) {
    precondition(length + rows.count <= capacity, "the cache was made for \(capacity) rows")
  }

  public func append(layer: Int, keys: FloatMatrix, values: FloatMatrix, rows: Range<Int>) {
    precondition(keys.columns == values.columns && rows.upperBound <= keys.rows)
    precondition(length + rows.count <= capacity)
    mb_kv_store(
      storage(layer: layer), Int32(length), Int32(rows.count), keys.row(rows.lowerBound),
      values.row(rows.lowerBound), keys.columns)
  }

  public func storage(layer: Int) -> UnsafePointer<mb_kv> {
    UnsafePointer(layers.baseAddress! + layer)
  }

  public func advance(by rows: Int) { length += rows }

  /// Squared L2 norms of one head's keys, by slot.
  package func keyNorms(layer: Int, head: Int) -> [Float] {
    let kv = storage(layer: layer).pointee
    let (width, dimension) = (Int(kv.kv_heads * kv.head_dim), Int(kv.head_dim))
    let keys = FloatMatrix(rows: length, columns: width)
    let values = FloatMatrix(rows: length, columns: width)
    mb_kv_load(storage(layer: layer), 0, Int32(length), keys.pointer, values.pointer)
    return (0..<length).map { row in
      let key = keys.row(row) + head * dimension
      return (0..<dimension).reduce(Float(0)) { $0 + key[$1] * key[$1] }
    }
  }

  /// Forgets the slots from `count` on.
  public func truncate(to count: Int) {
    precondition(count >= 0 && count <= length)
    length = count
  }

  public func copyPrefix(_ count: Int, from other: any KVCache) {
    precondition(length == 0 && count <= capacity && count <= other.length && type == other.type)
    for layer in layers.indices {
      mb_kv_copy(other.storage(layer: layer), storage(layer: layer), Int32(count))
    }
    length = count
  }

  /// Bytes of `rows` rows of all layers.
  package static func bytes(type: WeightType, shape: DecoderShape, rows: Int) -> Int {
    2 * shape.layers
      * mb_kv_bytes(type.code, Int32(shape.kvHeads), Int32(shape.headDimension), Int32(rows))
  }
}

/// A cache that cannot be made: one line with the mend.
public enum CacheError: Error, Equatable, Sendable, CustomStringConvertible {
  case headDimension(Int, WeightType)
  case noMemory(bytes: Int)

  public var description: String {
    switch self {
    case .headDimension(let dimension, let type):
      "a \(type.rawValue) cache needs heads of a multiple of 32 values, and the model's have "
        + "\(dimension); choose f32, f16 or bf16"
    case .noMemory(let bytes):
      "no memory for a cache of \(bytes) bytes; read fewer pages at once or shorten the prompt"
    }
  }
}
