import Foundation
import OCRInference

extension HardwareCeiling {
  /// `--hardware this`: what this machine reads a second and multiplies a second in bfloat16, both with all its threads;
  /// in float32 where it has no such unit.
  public static func measured(pool: ThreadPool) -> HardwareCeiling {
    let ceilings = MachineCeilings(pool: pool)
    let bandwidth = (0..<3).map { _ in ceilings.readBandwidth() }.max()!
    let bf16 = ceilings.operations(.bf16)
    let peak = bf16 ?? ceilings.operations(.f32) ?? .nan
    let threads = "\(pool.threads) thread\(pool.threads == 1 ? "" : "s")"
    return HardwareCeiling(
      name: "this", title: "this machine, \(threads)", peakTFLOPS: peak / 1e12,
      bandwidthTBs: bandwidth / 1e12,
      memoryGB: Double(ProcessInfo.processInfo.physicalMemory) / 1e9,
      source: "measured here, \(bf16 == nil ? "float32" : "bfloat16")")
  }
}
