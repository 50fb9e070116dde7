extension Checkpoint {
  /// The type in which most bytes of the tensors are stored.
  public var storedType: WeightType {
    var bytes: [WeightType: Int] = [:]
    for place in weights.places.values {
      guard let type = place.tensor.type.weightType else { continue }
      bytes[type, default: 0] += place.tensor.bytes.count
    }
    return bytes.max { $0.value < $1.value }?.key ?? .f32
  }
}
