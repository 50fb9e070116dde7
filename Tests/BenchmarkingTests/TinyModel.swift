import Benchmarking
import Foundation
import OCRInference

/// A published checkpoint's shape in small, with its tokenizer: what a benchmark measures in milliseconds.
enum TinyModel {
  static func open(
    quantize: WeightType? = nil, dtype: WeightType? = nil, threads: Int = 2
  ) throws -> BenchModel {
    try BenchModel(
      directory: ModelDirectory(folder("qwen2-vl-tiny")), name: "tiny", quantize: quantize,
      dtype: dtype, pool: ThreadPool(threads: threads))
  }

  /// The shape of one of the tiny checkpoints with random weights, on threads of its own.
  static func random(_ name: String, type: WeightType = .f32) throws -> BenchModel {
    try BenchModel(
      name: name, randomOf: ConfigFile(file: folder(name) + "/config.json"), type: type,
      pool: ThreadPool(threads: 2))
  }

  private static func folder(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "OCRInferenceTests/Golden/decoder/\(name)").path
  }

  static func settings(_ tokens: Int = 21, merges: Bool = false) -> PrefillSettings {
    PrefillSettings(
      promptTokens: tokens, context: 64, batch: 8, microBatch: 4, mergesSmallTail: merges)
  }
}

/// A folder that is gone when the test ends.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.path + "/bench-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
