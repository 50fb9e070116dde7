import OCRInference

extension ModelTraffic {
  /// What the decoder of a config reads a pass: all its matrices, without an embedding table that is no head (one row of
  /// it is read a token).
  /// - Parameter cacheType: how keys and values are kept.
  public init(
    name: String, config: ConfigFile, bytesPerParameter: Double, cacheType: WeightType
  ) throws {
    let weights = ShapeWeights()
    let decoder = try ArchitectureTable.decoder(
      config: config, weights: weights, pool: ThreadPool(threads: 1))
    let hasHead = ["lm_head.weight", "embed_out.weight"].contains { weights.parameters(of: $0) > 0 }
    let embedding = ["model.embed_tokens.weight", "gpt_neox.embed_in.weight"]
      .map(weights.parameters(of:)).max()!
    let read = weights.matrixParameters - (hasHead ? embedding : 0)
    let shape = decoder.shape
    let numbers = 2 * shape.layers * shape.kvHeads * shape.headDimension
    self.init(
      name: name, parametersB: Double(read) / 1e9, bytesPerParameter: bytesPerParameter,
      cacheBytesPerPosition: Double(numbers) * cacheType.bytesPerNumber, cacheType: cacheType)
  }
}
