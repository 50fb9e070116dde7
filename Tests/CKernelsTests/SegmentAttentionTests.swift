import CKernels
import Testing

extension EveryInstructionSet {
  @Suite("Attention of an image")
  struct SegmentAttentionTests {
    private let pools = PoolPair()

    private func attend(
      _ qkv: [Float], _ bounds: [Int32], dimension: Int, dtype: mb_dtype, pool: OpaquePointer
    ) -> [Float] {
      let width = 2 * dimension
      var output = [Float](repeating: .nan, count: Int(bounds.last!) * width)
      qkv.withUnsafeBufferPointer { x in
        mb_segment_attend(
          pool, x.baseAddress, x.baseAddress! + width, x.baseAddress! + 2 * width, 3 * width,
          bounds, Int32(bounds.count - 1), 2, Int32(dimension), LayerCache.scale, dtype, &output,
          width)
      }
      return output
    }

    @Test(
      "Rows see their own segment, short, empty or long",
      arguments: [16, 20, 64, 80], [MB_F32.rawValue, MB_BF16.rawValue])
    func segments(dimension: Int, type: UInt32) {
      let bounds: [Int32] = [0, 1, 1, 34, 99, 100]
      var random = SeededValues(seed: 7)
      let qkv = random.array(100 * 6 * dimension)
      let width = 2 * dimension
      let row = 3 * width
      let offsets = [0, dimension]
      let values = Array(qkv[width...])
      var want: [Double] = []
      for (start, end) in zip(bounds, bounds.dropFirst()) {
        for i in Int(start)..<Int(end) {
          for offset in offsets {
            want += AttentionOracle.attend(
              query: qkv[(i * row + offset)...], keys: qkv, values: values,
              rows: Int(start)..<Int(end), stride: row, offset: width + offset,
              dimension: dimension, scale: Double(LayerCache.scale))
          }
        }
      }
      let dtype = mb_dtype(rawValue: type)
      for (set, got) in InstructionSets.each({
        pools.both.map { attend(qkv, bounds, dimension: dimension, dtype: dtype, pool: $0) }
      }) {
        #expect(AttentionOracle.error(got[1], want) < (dtype == MB_F32 ? 4e-6 : 1.5e-2), "\(set)")
        #expect(got[0] == got[1], "\(set)")
      }
    }

    @Test("A segment that threads share equals the same rows packed by one")
    func long() {
      // Beyond 1,024 rows the threads pack together; identical keys and values give their mean.
      let rows = 1030
      let qkv = [Float](repeating: 0.5, count: rows * 96)
      for (set, got) in InstructionSets.each({
        attend(qkv, [0, Int32(rows)], dimension: 16, dtype: MB_F32, pool: pools.two)
      }) {
        #expect(got.allSatisfy { abs($0 - 0.5) < 1e-5 }, "\(set)")
      }
    }
  }
}
