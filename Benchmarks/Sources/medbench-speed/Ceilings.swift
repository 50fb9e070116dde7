import CCeilings
import Dispatch
import OCRInference
import Synchronization

/// What this machine can do at most: bytes read a second, and operations of each unit that multiplies.
enum Ceilings {
  static func print(threads: Int) {
    let pool = ThreadPool(threads: threads)
    Sample(ceiling: "read", perSecond: ReadCeiling().measured(by: pool)).print()
    for (name, unit) in [("f32", CC_F32), ("bf16", CC_BF16), ("int8", CC_INT8)] {
      let perSecond = (0..<3).map { _ in operations(unit, threads: pool.threads) }.max()!
      if perSecond > 0 { Sample(ceiling: name, perSecond: perSecond).print() }
    }
  }

  /// A second, of all threads.
  private static func operations(_ unit: cc_unit, threads: Int) -> Double {
    let total = Atomic<UInt64>(0)
    let seconds = DecoderTiming.seconds {
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        total.add(cc_multiply_add(unit, 10_000_000), ordering: .relaxed)
      }
    }
    return Double(total.load(ordering: .relaxed)) / seconds
  }
}

/// Bytes read a second. On a shared machine it changes from minute to minute, so it is measured right before
/// and after what it is to be compared with.
final class ReadCeiling {
  /// Far beyond the caches of any processor.
  private lazy var memory: FloatMatrix = {
    let memory = FloatMatrix(rows: 1 << 9, columns: 1 << 18)
    memory.pointer.update(repeating: 1, count: 1 << 27)
    return memory
  }()

  /// The mean of a fifth of a second or so: neighbours take their share of the bus by fits and starts.
  func measured(by pool: ThreadPool) -> Double {
    let passes = 12
    let seconds = (0..<passes).map { _ in 1 / pool.readBandwidth(of: memory) }.reduce(0, +)
    return Double(passes) / seconds
  }
}
