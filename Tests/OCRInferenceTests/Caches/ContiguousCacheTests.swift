import OCRInference
import PageImaging
import Testing

@Suite struct ContiguousCacheTests {
  static let shape = DecoderShape(
    layers: 3, hidden: 128, heads: 4, kvHeads: 2, headDimension: 32, vocabulary: 10,
    contextLength: 100_000)

  @Test("A large cache costs what is used of it", arguments: WeightType.allCases)
  func touched(_ type: WeightType) throws {
    let cache = try ContiguousCache(type: type, shape: Self.shape, capacity: 100_000)
    #expect(cache.touchedByteCount == 0)
    let rows = FloatMatrix(rows: 100, columns: 64)
    rows.pointer.update(repeating: 1, count: 6400)
    for layer in 0..<3 { cache.append(layer: layer, keys: rows, values: rows, rows: 0..<100) }
    cache.advance(by: 100)
    #expect(cache.length == 100)
    // 3 layers, keys and values, 2 heads: 12 runs of whole pages, slots in blocks of 256.
    let bits: [WeightType: Int] = [.f32: 1024, .f16: 512, .bf16: 512, .q8: 272, .q4: 144]
    let run = (256 * bits[type]! / 8 + 4095) / 4096 * 4096
    #expect(cache.touchedByteCount == 12 * run)
    #expect(cache.byteCount >= 12 * 100_000 * bits[type]! / 8)
  }

  @Test("A copied prefix is what attention sees", arguments: WeightType.allCases)
  func copiedPrefix(_ type: WeightType) throws {
    let decoder = try randomDecoder(type)
    let ids = promptIDs(30)
    let whole = try DecoderTrace(decoder, cacheType: type)
    let expected = whole.logits(of: ids, outputs: [29])

    let first = try DecoderTrace(decoder, cacheType: type)
    _ = first.logits(of: Array(ids[..<24]), outputs: [23])
    // Another capacity, and fewer rows than there are.
    let second = try DecoderTrace(decoder, cacheType: type, rows: 33)
    second.cache.copyPrefix(20, from: first.cache)
    #expect(second.cache.length == 20)
    #expect(second.logits(of: Array(ids[20...]), outputs: [9]) == expected)
  }

  @Test(
    "Narrow caches stay near the wide one",
    arguments: [
      (WeightType.f16, Float(0.005)), (.bf16, 0.03), (.q8, 0.03), (.q4, 0.3),
    ])
  func narrow(type: WeightType, tolerance: Float) throws {
    let decoder = try randomDecoder()
    let ids = promptIDs(50)
    let wide = try DecoderTrace(decoder).logits(of: ids, outputs: [20, 49])
    let found = try DecoderTrace(decoder, cacheType: type).logits(of: ids, outputs: [20, 49])
    let error = relativeError(found, wide)
    #expect(error < tolerance)
    #expect(error > 0)
  }

  @Test("Heads that blocks of 32 do not divide are refused")
  func headDimension() {
    var shape = Self.shape
    shape.headDimension = 48
    #expect(throws: CacheError.headDimension(48, .q8)) {
      try ContiguousCache(type: .q8, shape: shape, capacity: 10)
    }
  }
}
