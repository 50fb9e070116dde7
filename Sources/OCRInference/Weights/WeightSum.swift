/// A 64-bit sum of weights at about the speed at which memory is read: it finds what a disk, a cable
/// or a careless program changed, and keeps nobody from forging.
///
/// Eight lanes of FNV-1a over 64-bit words, each turned once a step so that its high bits count as
/// well, then the lanes and the length by the same rule. Every step can be undone, so a single
/// changed word always changes the sum.
struct WeightSum: Sendable, Equatable {
  private var lanes = SIMD8<UInt64>(repeating: 0xcbf2_9ce4_8422_2325)
  private var count = 0

  /// - Parameter bytes: a multiple of 64 of them, as packed matrices have.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count % 64 == 0)
    for offset in stride(from: 0, to: bytes.count, by: 64) {
      let words = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self)
      lanes = Self.step(lanes, words)
    }
    count += bytes.count
  }

  /// Sixteen hexadecimal digits.
  var value: String {
    var total = UInt64(count)
    for index in lanes.indices {
      total = (total ^ lanes[index]) &* 0x0000_0100_0000_01b3
      total ^= total >> 29
    }
    let digits = String(total, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func step(_ lanes: SIMD8<UInt64>, _ words: SIMD8<UInt64>) -> SIMD8<UInt64> {
    let product = (lanes ^ words) &* 0x0000_0100_0000_01b3
    return product ^ (product &>> 29)
  }
}
