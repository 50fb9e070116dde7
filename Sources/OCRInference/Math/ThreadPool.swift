import CKernels
import Synchronization

/// The threads of a model's arithmetic. One forward pass at a time: callers take turns.
public final class ThreadPool: @unchecked Sendable {
  let handle: OpaquePointer
  private let turn = Mutex(())
  /// Set while no pass runs.
  package var observer: (any OperationObserver)?

  /// - Parameter threads: at most what the process's affinity gives; nil takes all.
  public init(threads: Int? = nil) {
    guard let handle = mb_pool_create(Int32(clamping: threads ?? 0)) else {
      fatalError("no memory for a thread pool")
    }
    self.handle = handle
  }

  /// Kernels of one caller at a time: a vision tower and a decoder on two threads take turns.
  func withTurn<Result>(_ work: () throws -> Result) rethrows -> Result {
    try turn.withLock { _ in try work() }
  }

  deinit { mb_pool_destroy(handle) }

  public var threads: Int { Int(mb_pool_threads(handle)) }

  /// Bytes of scratch that kernels hold between calls.
  public var scratchBytes: Int { mb_pool_scratch_bytes(handle) }

  /// Bytes a second of reading `memory` with all threads: the roofline of decode. Meant for far more than caches hold.
  public func readBandwidth(of memory: FloatMatrix) -> Double {
    mb_read_bandwidth(handle, memory.pointer, memory.byteCount)
  }

  /// `avx512`, `avx2`, `neon` or `scalar`; `MEDBENCH_ISA` narrows it.
  public static var instructionSet: String { String(cString: mb_isa_name(mb_isa_active())) }
}
