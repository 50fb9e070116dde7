/// The 8 x 8 discrete cosine transform in integers (Loeffler, Ligtenberg & Moschytz 1989, as used in
/// libjpeg's accurate integer method): constants of 13 bits, rows before columns.
enum DCT {
  private static let bits: Int32 = 13
  /// Extra bits kept between the two passes.
  private static let extra: Int32 = 2

  /// In place; coefficients come out scaled by 8.
  static func forward(_ block: UnsafeMutablePointer<Int32>) {
    for row in 0..<8 { forward(block + 8 * row, 1, evenUp: extra, oddDown: bits - extra) }
    for column in 0..<8 { forward(block + column, 8, evenUp: -extra, oddDown: bits + extra) }
  }

  /// In place, from unscaled coefficients.
  static func inverse(_ block: UnsafeMutablePointer<Int32>) {
    for column in 0..<8 { inverse(block + column, 8, down: bits - extra) }
    for row in 0..<8 { inverse(block + 8 * row, 1, down: bits + extra + 3) }
  }

  @inline(__always)
  private static func forward(
    _ p: UnsafeMutablePointer<Int32>, _ step: Int, evenUp: Int32, oddDown: Int32
  ) {
    let sum0 = p[0] &+ p[7 * step]
    let sum1 = p[step] &+ p[6 * step]
    let sum2 = p[2 * step] &+ p[5 * step]
    let sum3 = p[3 * step] &+ p[4 * step]
    let odd0 = p[3 * step] &- p[4 * step]
    let odd1 = p[2 * step] &- p[5 * step]
    let odd2 = p[step] &- p[6 * step]
    let odd3 = p[0] &- p[7 * step]

    let even0 = sum0 &+ sum3
    let even1 = sum1 &+ sum2
    let even2 = sum1 &- sum2
    let even3 = sum0 &- sum3
    p[0] = shifted(even0 &+ even1, evenUp)
    p[4 * step] = shifted(even0 &- even1, evenUp)
    let turn = (even2 &+ even3) &* 4433
    p[2 * step] = rounded(turn &+ even3 &* 6270, oddDown)
    p[6 * step] = rounded(turn &- even2 &* 15137, oddDown)

    let (part0, part1, part2, part3) = oddPart(odd0, odd1, odd2, odd3)
    p[7 * step] = rounded(part0, oddDown)
    p[5 * step] = rounded(part1, oddDown)
    p[3 * step] = rounded(part2, oddDown)
    p[step] = rounded(part3, oddDown)
  }

  @inline(__always)
  private static func inverse(_ p: UnsafeMutablePointer<Int32>, _ step: Int, down: Int32) {
    let turn = (p[2 * step] &+ p[6 * step]) &* 4433
    let turn2 = turn &- p[6 * step] &* 15137
    let turn3 = turn &+ p[2 * step] &* 6270
    let sum = (p[0] &+ p[4 * step]) << bits
    let difference = (p[0] &- p[4 * step]) << bits
    let even0 = sum &+ turn3
    let even3 = sum &- turn3
    let even1 = difference &+ turn2
    let even2 = difference &- turn2

    let (part0, part1, part2, part3) = oddPart(p[7 * step], p[5 * step], p[3 * step], p[step])
    p[0] = rounded(even0 &+ part3, down)
    p[7 * step] = rounded(even0 &- part3, down)
    p[step] = rounded(even1 &+ part2, down)
    p[6 * step] = rounded(even1 &- part2, down)
    p[2 * step] = rounded(even2 &+ part1, down)
    p[5 * step] = rounded(even2 &- part1, down)
    p[3 * step] = rounded(even3 &+ part0, down)
    p[4 * step] = rounded(even3 &- part0, down)
  }

  /// The rotations of the odd half are the same both ways.
  @inline(__always)
  private static func oddPart(
    _ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32
  ) -> (Int32, Int32, Int32, Int32) {
    let all = (a &+ c &+ b &+ d) &* 9633
    let ad = (a &+ d) &* -7373
    let bc = (b &+ c) &* -20995
    let ac = (a &+ c) &* -16069 &+ all
    let bd = (b &+ d) &* -3196 &+ all
    return (
      a &* 2446 &+ ad &+ ac, b &* 16819 &+ bc &+ bd, c &* 25172 &+ bc &+ ac, d &* 12299 &+ ad &+ bd
    )
  }

  @inline(__always)
  private static func rounded(_ value: Int32, _ down: Int32) -> Int32 {
    (value &+ 1 << (down - 1)) >> down
  }

  /// Up, or rounded down where `up` is negative.
  @inline(__always)
  private static func shifted(_ value: Int32, _ up: Int32) -> Int32 {
    up >= 0 ? value << up : rounded(value, -up)
  }
}
