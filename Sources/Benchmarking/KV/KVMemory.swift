import OCRInference

/// What memory a model with its cache is expected to take.
public enum KVMemory {
  /// Bytes of a cache: 2 · kv heads · head dimension · rows · bytes a number, summed over the layers.
  /// - Parameters:
  ///   - rows: of the sequence in all; a layer that drops rows holds at most its size and a pass.
  ///   - passRows: most rows of one pass, which a cache takes before it drops others.
  public static func cacheBytes(
    shape: DecoderShape, type: WeightType, policy: CachePolicy, rows: Int, passRows: Int = 0
  ) -> Int {
    let held = (0..<shape.layers).reduce(0) { sum, layer in
      if case .fixSizeL2(_, let skipped) = policy, skipped.contains(layer) { return sum + rows }
      return sum + min(rows, policy.size.map { $0 + passRows } ?? rows)
    }
    let numbers = 2 * shape.kvHeads * shape.headDimension * held
    return Int(Double(numbers) * type.bytesPerNumber)
  }
}
