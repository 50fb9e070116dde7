import CKernels

/// The first `sinks` rows and the last `recent`: StreamingLLM (arXiv 2309.17453, section 3.2), and without sinks a plain
/// window.
///
/// The paper counts positions inside the cache, so that a row stands at most `sinks + recent` from every other. Only
/// distances matter to a rotary embedding, so it is the sinks that are turned here: forward by as many positions as were
/// dropped between them and the window, each time from the keys as they first came. The window stays where it is, and
/// nothing is rounded twice. With M-RoPE all three axes turn alike.
///
/// A pass of several rows begins with a full window, so its first row sees as much as it would alone and its later rows
/// more; a pass of one row, which is how tokens are decoded, sees exactly `sinks + recent` with itself.
public final class WindowCache: KVCache, @unchecked Sendable {
  public let sinks: Int
  public let recent: Int
  private let slots: ContiguousCache
  private let shape: DecoderShape
  private let rotary: RotaryEmbedding
  /// Rows dropped so far: how far the sinks are turned.
  private(set) var dropped = 0
  /// By layer, [sinks, kv_heads * head_dim]: as they came.
  private var sinkKeys: [FloatMatrix]
  private var sinkValues: [FloatMatrix]

  init(
    type: WeightType, decoder: any TextDecoder, sinks: Int, recent: Int, passRows: Int
  ) throws(CacheError) {
    precondition(sinks >= 0 && recent > 0 && passRows > 0)
    self.sinks = sinks
    self.recent = recent
    shape = decoder.shape
    rotary = decoder.rotary
    slots = try ContiguousCache(
      type: type, shape: shape, capacity: sinks + recent + passRows)
    let width = shape.kvHeads * shape.headDimension
    sinkKeys = (0..<shape.layers).map { _ in FloatMatrix(rows: sinks, columns: width) }
    sinkValues = (0..<shape.layers).map { _ in FloatMatrix(rows: sinks, columns: width) }
  }

  public var type: WeightType { slots.type }
  public var length: Int { slots.length }
  public var capacity: Int { slots.capacity }
  public var byteCount: Int { slots.byteCount + bufferByteCount }
  public var bufferByteCount: Int {
    (sinkKeys + sinkValues).reduce(0) { $0 + $1.byteCount }
  }
  public var touchedByteCount: Int { slots.touchedByteCount }

  public func admit(rows: Range<Int>, positions: inout [RotaryPosition]) {
    let kept = sinks + recent - (rows.count == 1 ? 1 : 0)
    if length > kept { drop(length - kept) }
    slots.admit(rows: rows, positions: &positions)
  }

  private func drop(_ count: Int) {
    for layer in 0..<shape.layers {
      mb_kv_move(
        slots.storage(layer: layer), Int32(sinks + count), Int32(sinks),
        Int32(length - sinks - count))
    }
    slots.truncate(to: length - count)
    dropped += count
    if sinks > 0 { turnSinks() }
  }

  private func turnSinks() {
    let cosines = FloatMatrix(rows: 1, columns: rotary.rotary / 2)
    let sines = FloatMatrix(rows: 1, columns: rotary.rotary / 2)
    rotary.fill(cosines, sines, at: [RotaryPosition(Int32(dropped))])
    let turned = FloatMatrix(rows: sinks, columns: shape.kvHeads * shape.headDimension)
    for layer in 0..<shape.layers {
      turned.pointer.update(
        from: sinkKeys[layer].pointer, count: turned.rows * turned.columns)
      for row in 0..<sinks {
        for head in 0..<shape.kvHeads {
          turn(turned.row(row) + head * shape.headDimension, cosines.pointer, sines.pointer)
        }
      }
      mb_kv_store(
        slots.storage(layer: layer), 0, Int32(sinks), turned.pointer, sinkValues[layer].pointer,
        turned.columns)
    }
  }

  /// rotate_half: value i and i + rotary/2 are a pair.
  private func turn(
    _ head: UnsafeMutablePointer<Float>, _ cosines: UnsafePointer<Float>,
    _ sines: UnsafePointer<Float>
  ) {
    let half = rotary.rotary / 2
    for i in 0..<half {
      let (a, b) = (head[i], head[i + half])
      head[i] = a * cosines[i] - b * sines[i]
      head[i + half] = b * cosines[i] + a * sines[i]
    }
  }

  public func append(layer: Int, keys: FloatMatrix, values: FloatMatrix, rows: Range<Int>) {
    // Sinks are the first rows that ever come; nothing is dropped before they are all there.
    for (slot, row) in zip(length..<max(length, sinks), rows) {
      sinkKeys[layer].row(slot).update(from: keys.row(row), count: keys.columns)
      sinkValues[layer].row(slot).update(from: values.row(row), count: values.columns)
    }
    slots.append(layer: layer, keys: keys, values: values, rows: rows)
  }

  public func storage(layer: Int) -> UnsafePointer<mb_kv> { slots.storage(layer: layer) }
  public func advance(by rows: Int) { slots.advance(by: rows) }

  public func copyPrefix(_ count: Int, from other: any KVCache) {
    preconditionFailure("a cache that drops rows shares no prefix")
  }
}
