import CKernels
import Testing

extension EveryInstructionSet {
  @Suite("Row operations")
  struct ElementwiseTests {
    private let pools = PoolPair()

    /// Result under every set on two threads: near the scalar definition's, and with the bits that
    /// every row has alone on one thread.
    private func check(
      rows: Int, width: Int, within tolerance: Float,
      _ run: (OpaquePointer, inout [Float], Range<Int>) -> Void,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      var random = SeededValues(seed: 8)
      let x = random.array(rows * width).map { $0 * 4 + 0.5 }
      let results = InstructionSets.each { () -> (whole: [Float], single: [Float]) in
        var whole = x
        run(pools.two, &whole, 0..<rows)
        let single = (0..<rows).flatMap { row in
          var one = Array(x[(row * width)..<((row + 1) * width)])
          run(pools.one, &one, row..<row + 1)
          return one
        }
        return (whole, single)
      }
      let want = results[0].answer.whole
      for (set, answer) in results {
        #expect(answer.whole == answer.single, "\(set)", sourceLocation: sourceLocation)
        let worst = zip(answer.whole, want).map { abs($0 - $1) / max(1, abs($1)) }.max()!
        #expect(worst <= tolerance, "\(set), \(width) wide", sourceLocation: sourceLocation)
      }
    }

    static let shapes = [(1, 1), (3, 7), (5, 16), (4, 17), (9, 333), (40, 1536)]

    @Test("RMSNorm and LayerNorm", arguments: shapes)
    func norms(rows: Int, width: Int) {
      var random = SeededValues(seed: 9)
      let weight = random.array(width)
      let bias = random.array(width)
      check(rows: rows, width: width, within: 2e-6) { pool, x, rows in
        mb_rms_norm(
          pool, x, width, weight, 1e-6, Int32(rows.count), Int32(width), &x, width)
      }
      guard width > 1 else { return }  // one value has no variance: 0 / ε
      check(rows: rows, width: width, within: 2e-6) { pool, x, rows in
        mb_layer_norm(
          pool, x, width, weight, bias, 1e-5, Int32(rows.count), Int32(width), &x, width)
      }
    }

    @Test(
      "Activations and gates", arguments: shapes,
      [MB_SILU, MB_GELU, MB_GELU_TANH, MB_QUICK_GELU].map(\.rawValue))
    func activations(shape: (Int, Int), activation: UInt32) {
      let (rows, width) = shape
      let activation = mb_activation(rawValue: activation)
      var random = SeededValues(seed: 10)
      let up = random.array(rows * width)
      check(rows: rows, width: width, within: 5e-7) { pool, x, rows in
        mb_activate(pool, activation, &x, width, Int32(rows.count), Int32(width))
      }
      check(rows: rows, width: width, within: 5e-7) { pool, x, rows in
        up.withUnsafeBufferPointer {
          mb_gate(
            pool, activation, &x, width, $0.baseAddress! + rows.lowerBound * width, width,
            Int32(rows.count), Int32(width))
        }
      }
    }

    @Test("Activations at known points")
    func known() {
      let points: [(mb_activation, Float, Float)] = [
        (MB_SILU, 1, 0.731_058_6), (MB_SILU, -100, 0), (MB_SILU, 100, 100),
        (MB_GELU, 1, 0.841_344_7), (MB_GELU, -3, -0.004_049_69), (MB_GELU, -40, 0),
        (MB_GELU_TANH, 1, 0.841_192), (MB_QUICK_GELU, 1, 0.845_795_8),
      ]
      for (activation, x, want) in points {
        for (set, got) in InstructionSets.each({ () -> Float in
          var value = [x]
          mb_activate(pools.one, activation, &value, 1, 1, 1)
          return value[0]
        }) {
          #expect(abs(got - want) <= 1e-6 * max(1, abs(want)), "\(set) \(activation) \(x)")
        }
      }
    }

    @Test("NaN comes out as NaN")
    func notANumber() {
      for (set, got) in InstructionSets.each({ () -> [Float] in
        var values = [Float](repeating: 1, count: 20)
        values[3] = .nan
        mb_activate(pools.one, MB_SILU, &values, 20, 1, 20)
        return values
      }) {
        #expect(got[3].isNaN && !got[4].isNaN, "\(set)")
      }
    }

    @Test("Sums, and heads turned by their angles", arguments: shapes)
    func sumsAndTurns(rows: Int, width: Int) {
      var random = SeededValues(seed: 11)
      let other = random.array(rows * width)
      check(rows: rows, width: width, within: 0) { pool, x, rows in
        other.withUnsafeBufferPointer {
          mb_add(
            pool, $0.baseAddress! + rows.lowerBound * width, width, Int32(rows.count),
            Int32(width), &x, width)
        }
      }
      let rotary = width / 2 / 2 * 2  // of two heads, the rest of each left alone
      guard rotary > 0 else { return }
      let angles = random.array(rows * rotary)
      check(rows: rows, width: width, within: 1e-6) { pool, x, rows in
        angles.withUnsafeBufferPointer {
          let cosines = $0.baseAddress! + rows.lowerBound * rotary / 2
          mb_rotary(
            pool, &x, width, Int32(rows.count), 2, Int32(width / 2), Int32(rotary), cosines,
            cosines + $0.count / 2)
        }
      }
    }

    @Test("Rotation pairs i with i + rotary / 2")
    func rotation() {
      for (set, got) in InstructionSets.each({ () -> [Float] in
        var x: [Float] = [1, 2, 3, 4, 5, 6]
        mb_rotary(pools.one, &x, 6, 1, 1, 6, 4, [0, 1], [1, 0])
        return x
      }) {
        #expect(got == [-3, 2, 1, 4, 5, 6], "\(set)")
      }
    }

    @Test("Softmax sums to one and gives log Σ exp", arguments: [1, 5, 16, 100, 5000])
    func softmax(count: Int) {
      var random = SeededValues(seed: 12)
      let x = random.array(count).map { $0 * 20 + 70 }
      let results = InstructionSets.each { () -> (weights: [Float], log: Float) in
        var weights = x
        let log = mb_softmax(&weights, Int32(count))
        return (weights, log)
      }
      let want = results[0].answer
      for (set, got) in results {
        #expect(abs(got.weights.reduce(0) { $0 + Double($1) } - 1) < 1e-5, "\(set)")
        #expect(abs(got.log - want.log) < 1e-5 * abs(want.log), "\(set)")
        #expect(zip(got.weights, want.weights).allSatisfy { abs($0 - $1) <= 5e-6 * $1 }, "\(set)")
      }
    }
  }
}
