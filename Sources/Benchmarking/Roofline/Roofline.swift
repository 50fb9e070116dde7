/// Least time and greatest speed of a model's two phases on a machine.
///
/// A pass over n rows takes 2·N·n operations and reads every weight once, N·b bytes, whatever n is. The source document
/// counts 2·N·b bytes; `trafficFactor` 2 does as it does.
public struct Roofline: Sendable {
  public var hardware: HardwareCeiling
  public var model: ModelTraffic
  /// Times that the weights are counted as read, a pass.
  public var trafficFactor: Double
  /// Positions already in the cache of each sequence; their keys and values are read too. 0 leaves them out.
  public var cachedPositions: Double

  public init(
    hardware: HardwareCeiling, model: ModelTraffic, trafficFactor: Double = 1,
    cachedPositions: Double = 0
  ) {
    precondition(trafficFactor > 0 && cachedPositions >= 0)
    self.hardware = hardware
    self.model = model
    self.trafficFactor = trafficFactor
    self.cachedPositions = cachedPositions
  }

  public enum Bound: String, Codable, Sendable {
    case memory, compute
  }

  /// One row of the prefill or the decode table.
  public struct Point: Codable, Sendable, Equatable {
    /// Tokens of the prompt, or sequences decoded together.
    public var rows: Int
    /// Operations a byte.
    public var intensity: Double
    public var bound: Bound
    /// Of the pass.
    public var milliseconds: Double
    public var tokensPerSecond: Double
    /// Operations a second, reached at these.
    public var flops: Double

    enum CodingKeys: String, CodingKey {
      case rows, intensity, bound, flops
      case milliseconds = "ms"
      case tokensPerSecond = "tokens_per_sec"
    }
  }

  public func prefill(tokens: Int) -> Point {
    // A prompt's own keys and values are written once: little beside the weights, and left out.
    point(rows: tokens, cacheBytes: 0)
  }

  public func decode(batch: Int) -> Point {
    let cache = (model.cacheBytesPerPosition ?? 0) * cachedPositions * Double(batch)
    return point(rows: batch, cacheBytes: cache)
  }

  /// Decode where the weights are stored in so many bytes each.
  public func decode(batch: Int, bytesPerParameter: Double) -> Point {
    var other = self
    other.model = model.stored(at: bytesPerParameter)
    return other.decode(batch: batch)
  }

  private func point(rows: Int, cacheBytes: Double) -> Point {
    let operations = 2 * model.parameters * Double(rows)
    let bytes = trafficFactor * model.byteCount + cacheBytes
    let intensity = operations / bytes
    let flops = hardware.attainable(intensity: intensity)
    let seconds = operations / flops
    return Point(
      rows: rows, intensity: intensity,
      bound: intensity < hardware.ridgePoint ? .memory : .compute, milliseconds: seconds * 1000,
      tokensPerSecond: Double(rows) / seconds, flops: flops)
  }

  /// Whether weights and the cache of `batch` sequences fit into the machine's memory.
  public func fits(batch: Int) -> Bool {
    let cache = (model.cacheBytesPerPosition ?? 0) * cachedPositions * Double(batch)
    return model.byteCount + cache <= hardware.memoryGB * 1e9
  }
}
