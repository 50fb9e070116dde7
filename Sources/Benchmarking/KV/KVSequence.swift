import OCRInference

/// One sequence run through a decoder under a cache policy, pass by pass.
final class KVSequence {
  /// What every sequence of a model uses in turn.
  final class Buffers {
    /// [pass rows, hidden]
    let hidden: FloatMatrix
    /// [a few rows, vocabulary]: a pass's logits are taken a few rows at a time, since a vocabulary is wide.
    let logits: FloatMatrix
    let workspace: DecoderWorkspace

    init(decoder: any TextDecoder, passRows: Int) {
      hidden = FloatMatrix(rows: passRows, columns: decoder.shape.hidden)
      logits = FloatMatrix(
        rows: min(passRows, Buffers.logitRows), columns: decoder.shape.vocabulary)
      workspace = decoder.makeWorkspace(rows: passRows)
    }

    var byteCount: Int { hidden.byteCount + logits.byteCount + workspace.byteCount }

    /// What `byteCount` will be, before any of them is made.
    static func byteCount(decoder: any TextDecoder, passRows: Int) -> Int {
      let shape = decoder.shape
      let numbers = passRows * shape.hidden + min(passRows, logitRows) * shape.vocabulary
      return DecoderWorkspace.byteCount(decoder: decoder, rows: passRows)
        + numbers * MemoryLayout<Float>.stride
    }

    private static let logitRows = 8
  }

  let cache: any KVCache
  /// Most bytes of the cache that were in use at once.
  private(set) var cacheBytes = 0
  /// Most bytes at once of the cache, the buffers and the kernels' scratch.
  private(set) var allocatedBytes = 0
  private let policy: CachePolicy
  private let decoder: any TextDecoder
  private let buffers: Buffers
  private var fed = 0

  /// - Parameter rows: that the sequence will have in all.
  init(
    policy: CachePolicy, type: WeightType, decoder: any TextDecoder, rows: Int, buffers: Buffers
  ) throws(CacheError) {
    self.policy = policy
    self.decoder = decoder
    self.buffers = buffers
    cache = try policy.makeCache(
      type: type, decoder: decoder, rows: rows, passRows: buffers.hidden.rows)
  }

  /// Slots of the layers that drop rows; of all layers where none does.
  var cutLength: Int {
    (0..<decoder.shape.layers).map { cache.length(layer: $0) }.min() ?? 0
  }

  /// Rows of the next pass whose rows all see what they would see one by one: as many as still fit, and one
  /// where rows are dropped for it.
  func exactRows(of remaining: Int) -> Int {
    let room = policy.size.map { $0 - fed } ?? .max
    return max(1, min(remaining, buffers.hidden.rows, room))
  }

  private var held: Int {
    cache.touchedByteCount + cache.bufferByteCount + buffers.byteCount + decoder.pool.scratchBytes
  }

  /// Feeds tokens in one pass.
  /// - Parameters:
  ///   - outputs: ascending rows of the pass whose logits are wanted.
  ///   - take: gets each row's logits [vocabulary], in order.
  func pass(
    _ ids: ArraySlice<Int32>, outputs: Range<Int>,
    take: (_ row: Int, _ logits: UnsafeBufferPointer<Float>) throws -> Void
  ) rethrows {
    let hidden = buffers.hidden
    precondition(ids.count <= hidden.rows && outputs.upperBound <= ids.count)
    decoder.embed(ids, into: hidden, at: 0)
    decoder.forward(
      hidden, rows: ids.count,
      positions: ids.indices.map { RotaryPosition(Int32(fed + $0 - ids.startIndex)) },
      segments: [ForwardSegment(cache: cache, rows: 0..<ids.count)], outputs: Array(outputs),
      workspace: buffers.workspace)
    fed += ids.count
    cacheBytes = max(cacheBytes, cache.touchedByteCount)
    let logits = buffers.logits
    // The logits' product may be the one with the largest scratch.
    defer { allocatedBytes = max(allocatedBytes, held) }
    for first in stride(from: 0, to: outputs.count, by: logits.rows) {
      let count = min(logits.rows, outputs.count - first)
      decoder.logits(hidden, row: first, rows: count, into: logits)
      for row in 0..<count {
        try take(
          outputs.lowerBound + first + row,
          UnsafeBufferPointer(start: logits.row(row), count: logits.columns))
      }
    }
  }
}
