import CKernels
import Testing

@Suite("Attention and row operations of every instruction set")
enum EveryInstructionSet {}

extension EveryInstructionSet {
  @Suite("Attention over the cache")
  struct AttentionTests {
    private let pools = PoolPair()

    struct Case: CustomStringConvertible {
      let dtype: mb_dtype
      let kvHeads, group, dimension, slots, queries: Int
      var description: String {
        "type \(dtype.rawValue), \(kvHeads)x\(group) heads of \(dimension), \(queries) of \(slots)"
      }
      var heads: Int { kvHeads * group }
    }

    static let cases: [Case] = {
      var cases: [Case] = []
      for type in LayerCache.types {
        let quantised = type == MB_Q8_0 || type == MB_Q4_0
        for dimension in [16, 20, 32, 64, 80, 128] where !quantised || dimension % 32 == 0 {
          for (kvHeads, group, slots, queries) in [(1, 1, 1, 1), (2, 6, 261, 1), (1, 7, 290, 4)] {
            cases.append(
              Case(
                dtype: type, kvHeads: kvHeads, group: group, dimension: dimension, slots: slots,
                queries: queries))
          }
        }
      }
      return cases
    }()

    @Test("Equals the definition, and itself in chunks and on one thread", arguments: cases)
    func definition(of example: Case) {
      var random = SeededValues(seed: 4)
      let cache = LayerCache(
        example.dtype, kvHeads: example.kvHeads, dimension: example.dimension,
        capacity: example.slots + 3)
      let first = example.slots - example.queries
      let width = example.heads * example.dimension
      cache.store(
        random.array(example.slots * cache.width), random.array(example.slots * cache.width), at: 0)
      let queries = random.array(example.queries * width)
      let stored = cache.load(0..<example.slots)
      var want: [Double] = []
      for i in 0..<example.queries {
        for head in 0..<example.heads {
          want += AttentionOracle.attend(
            query: queries[(i * width + head * example.dimension)...], keys: stored.keys,
            values: stored.values, rows: 0..<first + i + 1, stride: cache.width,
            offset: head / example.group * example.dimension, dimension: example.dimension,
            scale: Double(LayerCache.scale))
        }
      }
      // What queries and weights are rounded to: nothing, bf16 or 8 bits.
      let tolerance = example.dtype.rawValue < MB_BF16.rawValue ? 4e-6 : 1.5e-2
      for (set, whole) in InstructionSets.each({
        cache.attend(queries, first: first, heads: example.heads, pool: pools.two)
      }) {
        #expect(AttentionOracle.error(whole, want) < tolerance, "\(set)")
      }
      for (set, same) in InstructionSets.each({
        let whole = cache.attend(queries, first: first, heads: example.heads, pool: pools.two)
        let chunks = stride(from: 0, to: example.queries, by: 3).flatMap { i in
          cache.attend(
            Array(queries[(i * width)..<(min(i + 3, example.queries) * width)]), first: first + i,
            heads: example.heads, pool: pools.one)
        }
        return whole == chunks
      }) {
        #expect(same, "chunks on one thread, \(set)")
      }
    }

    @Test("Keys beyond a query's own slot have no say, whatever they are")
    func future() {
      for type in LayerCache.types {
        var random = SeededValues(seed: 5)
        let keys = random.array(40 * 32)
        let values = random.array(40 * 32)
        let queries = random.array(32)
        let alone = LayerCache(type, kvHeads: 1, dimension: 32, capacity: 64)
        let among = LayerCache(type, kvHeads: 1, dimension: 32, capacity: 64)
        alone.store(Array(keys[..<(21 * 32)]), Array(values[..<(21 * 32)]), at: 0)
        among.store(keys.map { $0 * 3 }, values, at: 0)
        among.store(Array(keys[..<(21 * 32)]), Array(values[..<(21 * 32)]), at: 0)
        for (set, same) in InstructionSets.each({
          alone.attend(queries, first: 20, heads: 1, pool: pools.one)
            == among.attend(queries, first: 20, heads: 1, pool: pools.one)
        }) {
          #expect(same, "\(set), type \(type.rawValue)")
        }
      }
    }

    @Test("Sequences of one batch do not see one another")
    func batch() {
      var random = SeededValues(seed: 6)
      let caches = [1, 300, 40].map { slots in
        let cache = LayerCache(MB_BF16, kvHeads: 2, dimension: 64, capacity: slots)
        cache.store(random.array(slots * 128), random.array(slots * 128), at: 0)
        return (cache: cache, first: slots - 1, queries: random.array(8 * 64))
      }
      for (set, same) in InstructionSets.each({
        let single = caches.flatMap {
          $0.cache.attend($0.queries, first: $0.first, heads: 8, pool: pools.one)
        }
        var together = [Float](repeating: .nan, count: single.count)
        let queries = caches.flatMap(\.queries)
        queries.withUnsafeBufferPointer { queries in
          together.withUnsafeMutableBufferPointer { output in
            let kinds = UnsafeMutablePointer<mb_kv>.allocate(capacity: caches.count)
            defer { kinds.deallocate() }
            let sequences = caches.enumerated().map { i, each in
              (kinds + i).initialize(to: each.cache.kv)
              return mb_attention(
                kv: kinds + i, queries: queries.baseAddress! + i * 512, query_stride: 512,
                output: output.baseAddress! + i * 512, output_stride: 512, n: 1,
                first: Int32(each.first))
            }
            mb_attend(pools.two, sequences, 3, 8, LayerCache.scale)
          }
        }
        return together == single
      }) {
        #expect(same, "\(set)")
      }
    }
  }
}
