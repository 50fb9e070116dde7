import CKernels
import Testing

struct PoolTests {
  /// Adds one to the count of each part it is given.
  static func counts(_ pool: OpaquePointer, parts: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: max(1, parts))
    counts.withUnsafeMutableBytes { memory in
      mb_pool_run(
        pool, Int32(parts),
        { context, part in
          context!.assumingMemoryBound(to: Int32.self)[Int(part)] += 1
        }, memory.baseAddress)
    }
    return Array(counts.prefix(parts))
  }

  @Test func runsEveryPartOnce() {
    let pool = mb_pool_create(0)!
    defer { mb_pool_destroy(pool) }
    // Many short runs: a worker late from one must take nothing of the next twice.
    for run in 0..<20_000 {
      let parts = run % 9
      #expect(Self.counts(pool, parts: parts) == [Int32](repeating: 1, count: parts))
    }
  }

  @Test func hasAtMostTheThreadsAskedFor() {
    let one = mb_pool_create(1)!
    let all = mb_pool_create(0)!
    let many = mb_pool_create(1 << 30)!
    defer { for pool in [one, all, many] { mb_pool_destroy(pool) } }
    #expect(mb_pool_threads(one) == 1)
    #expect(mb_pool_threads(all) >= 1)
    #expect(mb_pool_threads(many) == mb_pool_threads(all))
  }

  @Test func twoPoolsWorkBesideEachOther() async {
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<2 {
        group.addTask {
          let pool = mb_pool_create(0)!
          defer { mb_pool_destroy(pool) }
          return (0..<3_000).allSatisfy { _ in Self.counts(pool, parts: 5) == [1, 1, 1, 1, 1] }
        }
      }
      for await right in group { #expect(right) }
    }
  }

  @Test func sleepersWake() async throws {
    let pool = mb_pool_create(0)!
    defer { mb_pool_destroy(pool) }
    for _ in 0..<5 {
      try await Task.sleep(for: .milliseconds(3))
      #expect(Self.counts(pool, parts: 4) == [1, 1, 1, 1])
    }
  }

  @Test func namesAndForcesInstructionSets() {
    #expect(String(cString: mb_isa_name(MB_ISA_SCALAR)) == "scalar")
    let before = mb_isa_active()
    #expect(mb_isa_force(MB_ISA_SCALAR) && mb_isa_active() == MB_ISA_SCALAR)
    #expect(mb_isa_force(before) && mb_isa_active() == before)
    // No machine is both.
    #expect(!(mb_isa_force(MB_ISA_NEON) && mb_isa_force(MB_ISA_AVX2)))
    _ = mb_isa_force(before)
  }
}
