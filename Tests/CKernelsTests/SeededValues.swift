import CKernels

/// Values in -1 ..< 1 from a seed.
struct SeededValues {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Float(Int32(truncatingIfNeeded: state >> 32)) / 0x1p31
  }

  mutating func array(_ count: Int) -> [Float] { (0..<count).map { _ in next() } }
}

/// One thread and two; a pool serves one caller at a time, so every test has its own.
final class PoolPair {
  let one = mb_pool_create(1)!
  let two = mb_pool_create(2)!
  var both: [OpaquePointer] { [one, two] }

  deinit {
    mb_pool_destroy(one)
    mb_pool_destroy(two)
  }
}

/// The sets that this machine runs.
enum InstructionSets {
  static let available = [MB_ISA_SCALAR, MB_ISA_AVX2, MB_ISA_AVX512, MB_ISA_NEON].filter {
    let active = mb_isa_active()
    defer { _ = mb_isa_force(active) }
    return mb_isa_force($0)
  }

  /// The body's answer under every set that this machine runs.
  static func each<Answer>(_ body: () -> Answer) -> [(name: String, answer: Answer)] {
    let active = mb_isa_active()
    defer { _ = mb_isa_force(active) }
    return available.map { isa in
      _ = mb_isa_force(isa)
      return (String(cString: mb_isa_name(isa)), body())
    }
  }
}
