import OCRInference

/// What a model moves and computes for a token, as far as the roofline model asks.
public struct ModelTraffic: Codable, Sendable, Equatable {
  public var name: String
  /// 10^9.
  public var parametersB: Double
  /// 2 is FP16 or BF16, 1 INT8, 0.5 INT4.
  public var bytesPerParameter: Double
  /// Bytes of keys and values of one position, all layers; nil where the shape is not known.
  public var cacheBytesPerPosition: Double?
  /// As what these are kept.
  public var cacheType: WeightType

  enum CodingKeys: String, CodingKey {
    case name
    case parametersB = "params_b"
    case bytesPerParameter = "bytes_per_param"
    case cacheBytesPerPosition = "kv_bytes_per_position"
    case cacheType = "kv_type"
  }

  public init(
    name: String, parametersB: Double, bytesPerParameter: Double,
    cacheBytesPerPosition: Double? = nil, cacheType: WeightType = .f16
  ) {
    self.name = name
    self.parametersB = parametersB
    self.bytesPerParameter = bytesPerParameter
    self.cacheBytesPerPosition = cacheBytesPerPosition
    self.cacheType = cacheType
  }

  public var parameters: Double { parametersB * 1e9 }
  /// Of all weights.
  public var byteCount: Double { parameters * bytesPerParameter }

  public func stored(at bytesPerParameter: Double) -> ModelTraffic {
    var copy = self
    copy.bytesPerParameter = bytesPerParameter
    return copy
  }

  /// With keys and values of another type.
  public func keeping(_ type: WeightType) -> ModelTraffic {
    var copy = self
    copy.cacheBytesPerPosition = cacheBytesPerPosition.map {
      $0 / cacheType.bytesPerNumber * type.bytesPerNumber
    }
    copy.cacheType = type
    return copy
  }
}
