/// What a sequence's KV cache keeps as it grows. A decoder does not know which it has.
public enum CachePolicy: Sendable, Equatable {
  /// Everything.
  case full
  /// The last rows alone.
  case recentOnly(size: Int)
  /// The first rows, where attention gathers, and the last (StreamingLLM, arXiv 2309.17453).
  case streamingLLM(sinks: Int, recent: Int)
  /// The keys of lowest L2 norm, each head its own (arXiv 2406.11430); the skipped layers keep everything.
  case fixSizeL2(size: Int, skippedLayers: Set<Int>)

  /// Slots that a sequence may fill; nil for no bound.
  public var size: Int? {
    switch self {
    case .full: nil
    case .recentOnly(let size), .fixSizeL2(let size, _): size
    case .streamingLLM(let sinks, let recent): sinks + recent
    }
  }

  /// - Parameters:
  ///   - rows: that a sequence will have in all.
  ///   - passRows: most rows of one pass.
  /// - Throws: where there is no memory, or the type does not fit the heads.
  package func makeCache(
    type: WeightType, decoder: any TextDecoder, rows: Int, passRows: Int
  ) throws(CacheError) -> any KVCache {
    let shape = decoder.shape
    switch self {
    case .full: return try ContiguousCache(type: type, shape: shape, capacity: rows)
    case .recentOnly(let size):
      return try WindowCache(
        type: type, decoder: decoder, sinks: 0, recent: size, passRows: passRows)
    case .streamingLLM(let sinks, let recent):
      return try WindowCache(
        type: type, decoder: decoder, sinks: sinks, recent: recent, passRows: passRows)
    case .fixSizeL2(let size, let skipped):
      return try SmallNormCache(
        type: type, shape: shape, size: size, skippedLayers: skipped, rows: rows,
        passRows: passRows)
    }
  }

  /// Bytes that a cache made so takes at most: its slots in the blocks of the kernels' layout, and what it holds beside.
  package func peakByteCount(
    type: WeightType, shape: DecoderShape, rows: Int, passRows: Int
  ) -> Int {
    func slots(_ count: Int) -> Int {
      ContiguousCache.bytes(type: type, shape: shape, rows: count) / shape.layers
    }
    // A pass's rows come before others are dropped for them.
    let cut = slots(size.map { min(rows, $0 + passRows) } ?? rows)
    let row = 2 * shape.kvHeads * shape.headDimension * MemoryLayout<Float>.stride
    switch self {
    case .full, .recentOnly: return shape.layers * cut
    case .streamingLLM(let sinks, _): return shape.layers * (cut + sinks * row)
    case .fixSizeL2(let size, let skipped):
      let whole = (0..<shape.layers).count { skipped.contains($0) }
      return whole * slots(rows) + (shape.layers - whole) * cut + (2 * size + passRows) * row
    }
  }
}
