import OCRInference

/// The memory that a benchmark may take. The one rule of all of them: weights, and the caches and buffers that live at
/// once, are counted from shapes (`MemoryUse`) before anything is measured, and refused where they are more than this.
public struct MemoryLimit: Sendable, Equatable {
  public var bytes: Int

  public init(bytes: Int) { self.bytes = bytes }

  /// What this process holds, and what the machine has left: the same before the weights are there and after. Mapped
  /// weights count as left, for the system can drop them.
  public static var machine: MemoryLimit {
    MemoryLimit(bytes: MachineMemory.available + MachineMemory.heldByProcess)
  }

  /// What is needed and what can be had; nil where it can.
  public func obstacle(to need: MemoryUse) -> String? {
    guard need.expectedPeak > bytes else { return nil }
    let parts = [
      ("weights", need.weights), ("cache", need.cache), ("buffers", need.activations),
    ].filter { $0.1 > 0 }.map { "\($0) \(mebibytes($1))" }
    return "needs \(mebibytes(need.expectedPeak)) of memory (\(parts.joined(separator: ", "))), "
      + "and \(mebibytes(bytes)) can be had"
  }
}
