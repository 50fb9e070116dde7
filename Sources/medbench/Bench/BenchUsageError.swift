import Benchmarking
import Boundary
import OCRInference

/// A benchmark that cannot be run as asked: one line with the flag, the value and the bound (exit code 64).
struct BenchUsageError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// Where what a model's weights take is more than the machine has.
  static func refuseTooLarge(
    _ preset: ModelPreset, type: WeightType, flag: String, pool: ThreadPool
  ) throws {
    let bytes = try BenchModel.weightByteCount(config: preset.config(), type: type, pool: pool)
    try refuse(
      MemoryUse(weights: bytes), "\(flag) \(ModelPreset.prefix)\(preset.name) as \(type.rawValue)")
  }

  /// Where what a benchmark needs is more than the machine has.
  /// - Parameter claim: the flag and its value.
  static func refuse(_ need: MemoryUse, _ claim: String) throws {
    guard let obstacle = MemoryLimit.machine.obstacle(to: need) else { return }
    throw BenchUsageError("\(claim): \(obstacle)")
  }
}

/// Says before anything is measured that its result could not be written.
enum OutputCheck {
  static func file(_ path: String?, flag: String) throws {
    guard let path else { return }
    do {
      try AtomicFile.check(path)
    } catch {
      throw BenchUsageError("\(flag) \(error)")
    }
  }

  /// Makes the directory, and looks whether a file can be written into it.
  static func directory(_ path: String?, flag: String) throws {
    guard let path else { return }
    do {
      try PrivateDirectory.make(path)
      try AtomicFile.check(path + "/benchmark.tmp")
    } catch {
      throw BenchUsageError("\(flag) \(error)")
    }
  }
}
