import CKernels
import Testing

struct QuantizeTests {
  let pool = mb_pool_create(0)!

  func row(_ values: [Float], _ type: mb_dtype) -> [Float]? {
    OwnedMatrix(values, rows: 1, columns: values.count, type: type, pool: pool)?.values
  }

  @Test func q8_0RoundsToMultiplesOfTheLargestOver127() {
    var values = [Float](repeating: 0, count: 32)
    values[0] = 127  // scale 1
    values[1] = 2.5  // half away from zero
    values[2] = -2.5
    values[3] = 0.49
    values[31] = -126.6
    var expected = values
    (expected[1], expected[2], expected[3], expected[31]) = (3, -3, 0, -127)
    #expect(row(values, MB_Q8_0) == expected)
  }

  @Test func q4_0GivesTheLargestMagnitudeTheValueMinus8() {
    var values = [Float](repeating: 0, count: 32)
    values[5] = 8  // the largest: scale -1
    values[6] = -8  // would be +8, and stops at 7
    values[7] = 2.4
    values[20] = -3.5  // floor(3.5 + 8.5) - 8 = 4
    var expected = values
    (expected[6], expected[7], expected[20]) = (-7, 2, -4)
    #expect(row(values, MB_Q4_0)!.map { $0 + 0 } == expected)
  }

  @Test func scalesAreRoundedToF16() {
    // 1/127 = 0.0078740157; the nearest f16 is 0.007873535.
    let stored = row([Float](repeating: 1, count: 32), MB_Q8_0)
    #expect(stored == [Float](repeating: 127 * 0.007873535, count: 32))
  }

  @Test(arguments: [MB_Q8_0, MB_Q4_0]) func everyCellOfAnOddMatrixComesBack(type: mb_dtype) throws {
    // 3 blocks, the last of one column; 2 tiles, the second of one row.
    let (rows, columns) = (17, 65)
    var random = RandomFloats(seed: 6)
    let values = random.many(rows * columns)
    let w = try #require(
      OwnedMatrix(values, rows: rows, columns: columns, type: type, pool: pool))
    // Half a step, or a whole one at Q4_0's short end; and the scale's own rounding, of up to 127 steps.
    let step: Float = (type == MB_Q8_0 ? 1 / 254 : 1 / 8) + 1 / 2048
    #expect(zip(values, w.values).allSatisfy { abs($0 - $1) <= step })
    var one = [Float](repeating: 0, count: columns)
    mb_matrix_rows(w.matrix, 16, 1, &one)
    #expect(one == Array(w.values.suffix(columns)))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 3e38])
  func refusesWhatHasNoFiniteScale(value: Float) {
    var values = [Float](repeating: 1, count: 70)
    values[69] = value
    #expect(row(values, MB_Q8_0) == nil)
    #expect(row(values, MB_Q4_0) == nil)
  }

  @Test func findsTheElementThatIsNotFinite() throws {
    for (type, bad) in [(MB_F32, Float.infinity), (MB_BF16, .nan)] {
      var values = [Float](repeating: 1, count: 99_999)
      let fine = try #require(
        OwnedMatrix(values, rows: 3, columns: 33_333, type: type, pool: pool))
      #expect(mb_all_finite(pool, fine.matrix))
      values[99_998] = bad
      let spoilt = try #require(
        OwnedMatrix(values, rows: 3, columns: 33_333, type: type, pool: pool))
      #expect(!mb_all_finite(pool, spoilt.matrix))
    }
  }

  @Test func f16ReadsSubnormalsAndInfinity() {
    let bits: [UInt16] = [0x0001, 0x03ff, 0x0400, 0x3c00, 0x7bff, 0xfc00, 0x8000]
    let expected: [Float] = [0x1p-24, 1023 * 0x1p-24, 0x1p-14, 1, 65504, -.infinity, -0.0]
    var values = [Float](repeating: 0, count: bits.count)
    bits.withUnsafeBytes {
      let w = mb_matrix(
        dtype: MB_F16, rows: 1, columns: Int32(bits.count), data: $0.baseAddress)
      mb_matrix_rows(w, 0, 1, &values)
      #expect(!mb_all_finite(pool, w))
    }
    #expect(values == expected)
  }
}
