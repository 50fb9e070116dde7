import CKernels
import Testing

@Suite("KV cache of a layer")
struct KVCacheTests {
  @Test("What is stored is loaded as its type rounds it", arguments: LayerCache.types.indices)
  func roundTrip(type: Int) {
    var random = SeededValues(seed: 1)
    let keys = random.array(300 * 64)
    let values = random.array(300 * 64)
    let cache = LayerCache(LayerCache.types[type], kvHeads: 2, dimension: 32, capacity: 301)
    cache.store(keys, values, at: 1)
    let loaded = cache.load(1..<301)
    let rounding: [Float] = [0, 0x1p-11, 0x1p-8, 1 / 230, 1 / 7]
    for (got, want) in [(loaded.keys, keys), (loaded.values, values)] {
      let worst = zip(got, want).map { abs($0 - $1) }.max()!
      #expect(worst <= rounding[type])
    }
  }

  @Test("A shared prefix is copied bit for bit", arguments: LayerCache.types.indices)
  func prefix(type: Int) {
    var random = SeededValues(seed: 2)
    let from = LayerCache(LayerCache.types[type], kvHeads: 3, dimension: 32, capacity: 400)
    from.store(random.array(400 * 96), random.array(400 * 96), at: 0)
    for count in [0, 1, 31, 32, 33, 255, 256, 257, 400] {
      let to = LayerCache(LayerCache.types[type], kvHeads: 3, dimension: 32, capacity: 700)
      mb_kv_copy(&from.kv, &to.kv, Int32(count))
      #expect(to.load(0..<count).keys == from.load(0..<count).keys)
      #expect(to.load(0..<count).values == from.load(0..<count).values)
    }
  }

  @Test("Slots move over one another without rounding again", arguments: LayerCache.types.indices)
  func eviction(type: Int) {
    var random = SeededValues(seed: 3)
    let cache = LayerCache(LayerCache.types[type], kvHeads: 1, dimension: 64, capacity: 600)
    cache.store(random.array(300 * 64), random.array(300 * 64), at: 4)
    let before = cache.load(4..<304)
    var at = 4
    for to in [7, 0, 257, 256, 3] {
      mb_kv_move(&cache.kv, Int32(at), Int32(to), 300)
      at = to
    }
    let after = cache.load(at..<at + 300)
    #expect(after.keys == before.keys && after.values == before.values)
  }
}
