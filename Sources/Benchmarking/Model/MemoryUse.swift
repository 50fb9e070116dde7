import OCRInference

/// Where a benchmark's memory goes, bytes.
public struct MemoryUse: Codable, Sendable, Equatable {
  /// Of matrices.
  public var weights: Int
  /// Keys and values.
  public var cache: Int
  /// Buffers of a pass, and scratch of the kernels.
  public var activations: Int
  /// The sum of the three.
  public var expectedPeak: Int
  /// The most that the process held, loading included; nil before it is measured.
  public var peak: Int?

  enum CodingKeys: String, CodingKey {
    case weights = "weight_bytes"
    case cache = "cache_bytes"
    case activations = "activation_bytes"
    case expectedPeak = "expected_peak_bytes"
    case peak = "peak_bytes"
  }

  public init(weights: Int, cache: Int = 0, activations: Int = 0) {
    self.weights = weights
    self.cache = cache
    self.activations = activations
    expectedPeak = weights + cache + activations
  }

  /// With the process's own high-water mark.
  func measured() -> MemoryUse {
    var copy = self
    let mark = Int(PeakMemory.highWaterMark(of: "self"))
    copy.peak = mark > 0 ? mark : nil
    return copy
  }

  func text() -> String {
    "Memory: weights \(mebibytes(weights)), cache \(mebibytes(cache)), activations "
      + "\(mebibytes(activations)), \(mebibytes(expectedPeak)) expected; peak of the process "
      + (peak.map { mebibytes($0) } ?? "not available")
  }
}

func mebibytes(_ bytes: Int) -> String { "\((Double(bytes) / 1_048_576).fixed(1)) MiB" }
