import Foundation
import OCRInference

/// The tables of `medbench roofline`, as text and as JSON.
public struct RooflineReport: BenchReport {
  public static let benchmark = "roofline"
  public static let schemaVersion = 1
  public static let prefillTokens = [128, 512, 1024, 2048, 4096]
  public static let batches = [1, 4, 8, 16, 32, 64]
  public static let storages: [(name: String, bytes: Double)] = [
    ("FP16", 2), ("INT8", 1), ("INT4", 0.5),
  ]

  /// A speed that was measured, as a share of what the roofs allow.
  public struct Measured: Codable, Sendable, Equatable {
    public var name: String
    public var point: Roofline.Point
    public var tokensPerSecond: Double
    /// Of the speed that the roofs allow.
    public var share: Double

    public init(name: String, point: Roofline.Point, tokensPerSecond: Double) {
      self.name = name
      self.point = point
      self.tokensPerSecond = tokensPerSecond
      share = tokensPerSecond / point.tokensPerSecond
    }

    enum CodingKeys: String, CodingKey {
      case name, point, share
      case tokensPerSecond = "tokens_per_sec"
    }
  }

  public struct Storage: Codable, Sendable, Equatable {
    public var name: String
    public var point: Roofline.Point
  }

  public var schema: Int
  public var benchmark: String
  public var hardware: HardwareCeiling
  public var model: ModelTraffic
  public var trafficFactor: Double
  public var cachedPositions: Double
  public var ridgePoint: Double
  public var prefill: [Roofline.Point]
  public var decode: [Roofline.Point]
  /// Decode of 32 sequences by how the weights are stored.
  public var storages: [Storage]
  public var measured: [Measured]
  /// Names of the models that were measured.
  public var measuredModels: [String]
  /// What was measured comes from a benchmark that was stopped before its end.
  public var isPartial: Bool

  enum CodingKeys: String, CodingKey {
    case benchmark, hardware, model, prefill, decode, storages, measured
    case trafficFactor = "traffic_factor"
    case cachedPositions = "cached_positions"
    case ridgePoint = "ridge_point"
    case schema = "schema_version"
    case measuredModels = "measured_models"
    case isPartial = "partial"
  }

  public init(_ roofline: Roofline, results: MeasuredResults) {
    self.init(roofline, measured: results.points)
    measuredModels = results.models.sorted()
    isPartial = results.isPartial
  }

  public init(_ roofline: Roofline, measured: [Measured] = []) {
    schema = Self.schemaVersion
    benchmark = Self.benchmark
    hardware = roofline.hardware
    model = roofline.model
    trafficFactor = roofline.trafficFactor
    cachedPositions = roofline.cachedPositions
    ridgePoint = roofline.hardware.ridgePoint
    prefill = Self.prefillTokens.map { roofline.prefill(tokens: $0) }
    decode = Self.batches.map { roofline.decode(batch: $0) }
    storages = Self.storages.map {
      Storage(name: $0.name, point: roofline.decode(batch: 32, bytesPerParameter: $0.bytes))
    }
    self.measured = measured
    measuredModels = []
    isPartial = false
  }

  public var roofline: Roofline {
    Roofline(
      hardware: hardware, model: model, trafficFactor: trafficFactor,
      cachedPositions: cachedPositions)
  }
}

extension RooflineReport {
  public func text() -> String {
    var lines = [
      "Roofline: \(model.name) on \(hardware.title)", "",
      "Peak         \(hardware.peakTFLOPS.figure(3)) TFLOPS   (\(hardware.source))",
      "Bandwidth    \(hardware.bandwidthTBs.figure(3)) TB/s",
      "Ridge point  \(ridgePoint.fixed(1)) FLOP/byte",
      "Memory       \(hardware.memoryGB.figure(3)) GB",
      "Model        \(model.parametersB.figure(4)) B parameters, "
        + "\(model.bytesPerParameter.figure(3)) bytes each: \((model.byteCount / 1e9).figure(3)) GB"
        + (roofline.fits(batch: 1) ? "" : "  DOES NOT FIT"),
      "Traffic      the weights are counted as read \(timesRead) a pass" + cacheNote,
    ]
    lines += table("Prefill, a prompt alone", "tokens", prefill)
    lines += table("Decode", "batch", decode)
    lines += ["", "Decode of 32 together, by storage of the weights"]
    lines += storages.map { storage in
      "  \(storage.name.padding(toLength: 6, withPad: " ", startingAt: 0))"
        + padded(storage.point.tokensPerSecond.fixed(0), 10) + " tokens/s"
    }
    if !measured.isEmpty {
      lines += measuredLines()
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func measuredLines() -> [String] {
    var lines = [
      "",
      "Measured" + (measuredModels.isEmpty ? "" : " on ")
        + measuredModels.joined(separator: ", ") + ", as a share of what the roofs allow it",
    ]
    lines += measured.map {
      "  \($0.name): \($0.tokensPerSecond.figure(4)) tokens/s, "
        + "\(($0.share * 100).fixed(0)) % of \($0.point.tokensPerSecond.figure(4)) "
        + "(\($0.point.bound.rawValue))"
    }
    let others = measuredModels.filter {
      $0 != model.name && $0 != ModelPreset.prefix + model.name
    }
    if !others.isEmpty {
      lines.append("  The roofs are those of \(model.name): compare the same model.")
    }
    if isPartial { lines.append("  From a benchmark that was stopped early: partial.") }
    return lines
  }

  private var timesRead: String {
    trafficFactor == 1
      ? "once (N·b bytes)" : "\(trafficFactor.figure(3)) times (the source document counts 2·N·b)"
  }

  private var cacheNote: String {
    guard cachedPositions > 0, let bytes = model.cacheBytesPerPosition else {
      return "; no KV cache"
    }
    return "; and of each sequence \(Int(cachedPositions)) positions of "
      + "\((bytes / 1000).figure(3)) kB of KV cache"
  }

  private func table(_ title: String, _ rows: String, _ points: [Roofline.Point]) -> [String] {
    ["", title, "  " + padded(rows, 8) + "  FLOP/byte   bound     pass ms    tokens/s"]
      + points.map { point in
        "  " + padded("\(point.rows)", 8) + padded(point.intensity.fixed(1), 11)
          + padded(point.bound.rawValue, 10) + padded(point.milliseconds.figure(4), 10)
          + padded(point.tokensPerSecond.fixed(0), 12)
      }
  }
}
