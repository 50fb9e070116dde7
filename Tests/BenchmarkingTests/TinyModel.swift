import Benchmarking
import Foundation
import OCRInference

/// A published checkpoint's shape in small, with its tokenizer: what a benchmark measures in milliseconds.
enum TinyModel {
  static func open(
    quantize: WeightType? = nil, dtype: WeightType? = nil, threads: Int = 2
  ) throws -> BenchModel {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.appending(path: "OCRInferenceTests/Golden/decoder/qwen2-vl-tiny")
    return try BenchModel(
      directory: ModelDirectory(folder.path), name: "tiny", quantize: quantize, dtype: dtype,
      pool: ThreadPool(threads: threads))
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
