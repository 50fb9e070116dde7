import CKernels
import Testing

/// tools/cross/matmul_test.c tries many more shapes, under sanitizers and on NEON.
@Suite(.serialized) struct MatmulTests {
  static let types = [MB_F32, MB_F16, MB_BF16, MB_Q8_0, MB_Q4_0]
  let pool = mb_pool_create(0)!
  let single = mb_pool_create(1)!

  /// y [n, rows] of x [n, columns].
  func product(
    _ w: OwnedMatrix, _ x: [Float], rows n: Int, bias: [Float]? = nil, onto y: [Float]? = nil,
    order: mb_matmul_order = MB_ORDER_FIXED, pool: OpaquePointer? = nil
  ) -> [Float] {
    let rows = Int(w.matrix.rows)
    var result = y ?? [Float](repeating: .nan, count: n * rows)
    mb_matmul(
      pool ?? self.pool, w.matrix, x, Int(w.matrix.columns), Int32(n), bias, y != nil, &result,
      rows,
      order)
    return result
  }

  @Test(arguments: types) func equalsTheSumInDouble(type: mb_dtype) throws {
    // 2049 columns: one more than a chunk; 17 rows: one more than a tile; 7 tokens: more than a group.
    let (rows, columns, n) = (17, 2049, 7)
    var random = RandomFloats(seed: 1)
    let values = random.many(rows * columns)
    let w = try #require(
      OwnedMatrix(values, rows: rows, columns: columns, type: type, pool: pool))
    // Activations that BF16 and blocks of int8 hold exactly: a multiple of 1/127 with 1 in each block.
    let x = (0..<n * columns).map { i -> Float in
      let inRow = i % columns
      if type == MB_F32 || type == MB_F16 { return random.next() }
      if type == MB_BF16 { return Float(Int(random.next() * 100)) }
      return inRow % 32 == 0 ? 127 : Float(Int(random.next() * 127))
    }
    let bias = random.many(rows)
    let stored = w.values
    try onEveryInstructionSet { isa in
      let y = product(w, x, rows: n, bias: bias, onto: [Float](repeating: 0.25, count: n * rows))
      for token in 0..<n {
        for row in 0..<rows {
          var sum = 0.25 + Double(bias[row])
          var size = abs(sum)
          for i in 0..<columns {
            let term = Double(stored[row * columns + i]) * Double(x[token * columns + i])
            sum += term
            size += abs(term)
          }
          try #require(
            abs(Double(y[token * rows + row]) - sum) < 2e-6 * size, "\(isa) row \(row) of \(token)")
        }
      }
    }
  }

  @Test(arguments: types) func rowsDoNotDependOnTheirCompany(type: mb_dtype) throws {
    let (rows, columns, n) = (50, 1176, 29)
    var random = RandomFloats(seed: 2)
    let w = try #require(
      OwnedMatrix(
        random.many(rows * columns), rows: rows, columns: columns, type: type, pool: pool))
    let x = random.many(n * columns)
    onEveryInstructionSet { isa in
      let together = product(w, x, rows: n)
      for token in 0..<n {
        let alone = product(
          w, Array(x[token * columns..<(token + 1) * columns]), rows: 1, pool: single)
        #expect(alone == Array(together[token * rows..<(token + 1) * rows]), "\(isa) \(token)")
      }
    }
  }

  @Test(arguments: types) func everyInstructionSetGivesTheSameBits(type: mb_dtype) throws {
    let (rows, columns, n) = (33, 3420, 13)
    var random = RandomFloats(seed: 3)
    let w = try #require(
      OwnedMatrix(
        random.many(rows * columns), rows: rows, columns: columns, type: type, pool: pool))
    let x = random.many(n * columns)
    var definition: [Float] = []
    onEveryInstructionSet { isa in
      let y = product(w, x, rows: n)
      if definition.isEmpty { definition = y }
      #expect(y == definition, "\(isa)")
    }
  }

  @Test func anyOrderStaysWithinRounding() throws {
    let (rows, columns, n) = (70, 1310, 130)
    var random = RandomFloats(seed: 4)
    let w = try #require(
      OwnedMatrix(
        random.many(rows * columns), rows: rows, columns: columns, type: MB_BF16, pool: pool))
    let x = random.many(n * columns)
    let bias = random.many(rows)
    onEveryInstructionSet { isa in
      let fixed = product(w, x, rows: n, bias: bias)
      let any = product(w, x, rows: n, bias: bias, order: MB_ORDER_ANY)
      #expect(zip(fixed, any).allSatisfy { abs($0 - $1) < 1e-3 }, "\(isa)")
    }
  }

  @Test func severalMatricesEqualOneAfterTheOther() throws {
    let columns = 96
    let n = 5
    var random = RandomFloats(seed: 5)
    let x = random.many(n * columns)
    let shapes: [(Int, mb_dtype)] = [(40, MB_BF16), (16, MB_Q8_0), (3, MB_F32), (64, MB_Q4_0)]
    let matrices = try shapes.map { rows, type in
      try #require(
        OwnedMatrix(
          random.many(rows * columns), rows: rows, columns: columns, type: type, pool: pool))
    }
    onEveryInstructionSet { isa in
      let memory = matrices.map {
        UnsafeMutablePointer<Float>.allocate(capacity: n * Int($0.matrix.rows))
      }
      defer { for y in memory { y.deallocate() } }
      let outputs = zip(matrices, memory).map { w, y in
        mb_matmul_output(w: w.matrix, bias: nil, y: y, y_stride: Int(w.matrix.rows))
      }
      mb_matmul_many(pool, outputs, Int32(outputs.count), x, columns, Int32(n), MB_ORDER_FIXED)
      for (w, y) in zip(matrices, memory) {
        let count = n * Int(w.matrix.rows)
        #expect(
          Array(UnsafeBufferPointer(start: y, count: count)) == product(w, x, rows: n), "\(isa)")
      }
    }
  }

  @Test(arguments: [Float.nan, .infinity]) func whatIsNotFiniteComesThrough(value: Float) throws {
    let columns = 64
    for type in Self.types {
      let ones = [Float](repeating: 1, count: columns)
      let w = try #require(OwnedMatrix(ones, rows: 1, columns: columns, type: type, pool: pool))
      var x = [Float](repeating: 1, count: columns)
      x[40] = value
      onEveryInstructionSet { isa in
        #expect(!product(w, x, rows: 1)[0].isFinite, "\(isa) \(type)")
      }
    }
  }
}
