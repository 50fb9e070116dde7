import OCRInference

/// Whether sequences fit into the model's context and the machine's memory, from sizes alone.
public struct ContextFit: Sendable {
  public let shape: DecoderShape
  public let cacheType: WeightType
  /// Bytes that can still be had: the weights are in memory already.
  public let availableBytes: Int

  public init(model: BenchModel, cacheType: WeightType) {
    self.init(
      shape: model.decoder.shape, cacheType: cacheType, availableBytes: MachineMemory.available)
  }

  public init(shape: DecoderShape, cacheType: WeightType, availableBytes: Int) {
    self.shape = shape
    self.cacheType = cacheType
    self.availableBytes = availableBytes
  }

  /// Keys and values: 2 · layers · KV heads · head dimension · tokens · bytes.
  public func cacheBytes(tokens: Int) -> Int {
    let numbers = 2 * shape.layers * shape.kvHeads * shape.headDimension * tokens
    return Int(Double(numbers) * cacheType.bytesPerNumber)
  }

  /// - Parameter tokens: of prompt and text together.
  public func obstacle(tokens: Int, concurrency: Int) -> String? {
    if tokens > shape.contextLength {
      return
        "does not fit: needs \(tokens) of \(shape.contextLength) positions of the model's context"
    }
    let needed = concurrency * cacheBytes(tokens: tokens)
    guard needed > availableBytes else { return nil }
    return
      "does not fit: needs \(needed.gibibytes) of \(availableBytes.gibibytes) GiB that are free "
      + "beside the weights"
  }
}

extension Int {
  /// Bytes in GiB, with two digits.
  var gibibytes: String { (Double(self) / Double(1 << 30)).fixed(2) }
}
