import CKernels
import Glibc
import Testing

struct ClockTests {
  static func monotonic() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  @Test func countsNanosecondsAsTheSystemDoes() {
    _ = mb_clock()
    // Each of ours between two of the system's: whatever interrupts, the bounds hold.
    let before = Self.monotonic()
    let start = mb_clock()
    let after = Self.monotonic()
    usleep(50_000)
    let before2 = Self.monotonic()
    let end = mb_clock()
    let after2 = Self.monotonic()
    let drift: Int64 = 50_000
    #expect(end - start >= before2 - after - drift)
    #expect(end - start <= after2 - before + drift)
  }

  @Test func neverRunsBackwards() {
    var last = mb_clock()
    for _ in 0..<100_000 {
      let now = mb_clock()
      #expect(now >= last)
      last = now
    }
  }
}
