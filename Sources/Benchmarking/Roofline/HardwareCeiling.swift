/// What a machine can do at most: the two roofs of the roofline model (Williams, Waterman & Patterson, CACM 52, 2009).
public struct HardwareCeiling: Codable, Sendable, Equatable {
  /// As `--hardware` spells it.
  public var name: String
  public var title: String
  /// Peak, 10^12 floating-point operations a second, in FP16 or BF16.
  public var peakTFLOPS: Double
  /// Of memory, 10^12 bytes a second.
  public var bandwidthTBs: Double
  /// 10^9 bytes.
  public var memoryGB: Double
  /// Whose figures these are.
  public var source: String

  enum CodingKeys: String, CodingKey {
    case name, title, source
    case peakTFLOPS = "peak_tflops"
    case bandwidthTBs = "bandwidth_tb_s"
    case memoryGB = "memory_gb"
  }

  public init(
    name: String, title: String, peakTFLOPS: Double, bandwidthTBs: Double, memoryGB: Double,
    source: String
  ) {
    self.name = name
    self.title = title
    self.peakTFLOPS = peakTFLOPS
    self.bandwidthTBs = bandwidthTBs
    self.memoryGB = memoryGB
    self.source = source
  }

  public var peak: Double { peakTFLOPS * 1e12 }
  public var bandwidth: Double { bandwidthTBs * 1e12 }

  /// Operations a byte at which the roofs meet: below it memory is the bound, above it arithmetic.
  public var ridgePoint: Double { peakTFLOPS / bandwidthTBs }

  /// Operations a second that a work of this intensity (operations a byte) can reach.
  public func attainable(intensity: Double) -> Double { min(peak, intensity * bandwidth) }

  /// Dense FP16 figures as the source document gives them, which are the makers'.
  public static let published: [HardwareCeiling] = [
    published("a100_80gb", "A100 80GB", 312, 2.0, 80),
    published("h100_sxm", "H100 SXM", 990, 3.35, 80),
    published("l40s", "L40S", 366, 0.864, 48),
    published("rtx_4090", "RTX 4090", 165, 1.008, 24),
    published("rtx_3060", "RTX 3060 12GB", 12.7, 0.360, 12),
    published("rtx_3090", "RTX 3090", 35.6, 0.936, 24),
  ]

  private static func published(
    _ name: String, _ title: String, _ peak: Double, _ bandwidth: Double, _ memory: Double
  ) -> HardwareCeiling {
    HardwareCeiling(
      name: name, title: title, peakTFLOPS: peak, bandwidthTBs: bandwidth, memoryGB: memory,
      source: "published")
  }
}
