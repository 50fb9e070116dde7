import CKernels
import Dispatch
import Synchronization

/// What this machine can do at most, measured: bytes read a second, and operations of each unit that multiplies.
///
/// On a shared machine both change from minute to minute, so they are measured right beside what they are compared with.
public final class MachineCeilings: Sendable {
  public enum Unit: String, Sendable, CaseIterable {
    case f32, bf16, int8

    var code: mb_unit {
      switch self {
      case .f32: MB_UNIT_F32
      case .bf16: MB_UNIT_BF16
      case .int8: MB_UNIT_INT8
      }
    }
  }

  private let pool: ThreadPool
  /// Made when it is first read.
  private let memory = Mutex<FloatMatrix?>(nil)

  public init(pool: ThreadPool) { self.pool = pool }

  /// Far beyond the caches of any processor: 512 MiB.
  private static func filledMemory() -> FloatMatrix {
    let memory = FloatMatrix(rows: 1 << 9, columns: 1 << 18)
    memory.pointer.update(repeating: 1, count: 1 << 27)
    return memory
  }

  /// Bytes a second with all threads: the mean of a fifth of a second or so, since neighbours take their share of the
  /// bus by fits and starts.
  public func readBandwidth() -> Double {
    let passes = 12
    let memory = memory.withLock { memory in
      if memory == nil { memory = Self.filledMemory() }
      return memory!
    }
    let seconds = (0..<passes).map { _ in 1 / pool.readBandwidth(of: memory) }.reduce(0, +)
    return Double(passes) / seconds
  }

  /// Multiplications and additions a second with all threads, the best of three; nil where the machine has no such
  /// unit.
  public func operations(_ unit: Unit) -> Double? {
    let best = (0..<3).map { _ in once(unit) }.max()!
    return best > 0 ? best : nil
  }

  private func once(_ unit: Unit) -> Double {
    let total = Atomic<UInt64>(0)
    let took = ContinuousClock().measure {
      DispatchQueue.concurrentPerform(iterations: pool.threads) { _ in
        total.add(mb_multiply_add(unit.code, 10_000_000), ordering: .relaxed)
      }
    }
    return Double(total.load(ordering: .relaxed)) / (took / .seconds(1))
  }
}
