import OCRInference

/// What a token costs at least: weights and cache read once each, every product made once.
struct DecoderCost {
  let shape: DecoderShape
  let intermediate: Int

  /// - Parameter config: of Qwen2 or Llama: three matrices in a gated MLP.
  init(shape: DecoderShape, config: ConfigFile) throws {
    self.shape = shape
    let text = try config.object("text_config") ?? config
    intermediate = try text.int("intermediate_size", in: 1...1_000_000)
  }

  private var layerWeights: Int {
    let queries = shape.heads * shape.headDimension
    let keys = shape.kvHeads * shape.headDimension
    return shape.hidden * (2 * queries + 2 * keys + 3 * intermediate)
  }
  private var headWeights: Int { shape.vocabulary * shape.hidden }

  /// Matrices, the tied head once.
  func weightBytes(_ type: WeightType) -> Int {
    Int(Double(shape.layers * layerWeights + headWeights) * type.bytesPerNumber)
  }

  func cacheBytes(_ type: WeightType, positions: Int) -> Int {
    let numbers = 2 * shape.layers * shape.kvHeads * shape.headDimension * positions
    return Int(Double(numbers) * type.bytesPerNumber)
  }

  /// Multiplications and additions by weights, a prompt token; the head counts once a prompt.
  func weightOperations(tokens: Int) -> Int {
    2 * (shape.layers * layerWeights + headWeights / tokens)
  }

  /// Of scores and sums over values, a prompt token: it sees half the prompt on average.
  func attentionOperations(tokens: Int) -> Int {
    2 * shape.layers * shape.heads * shape.headDimension * (tokens + 1)
  }
}

/// The same for a tower of Qwen2.5-VL, an image token.
struct VisionCost {
  let weightOperations: Int
  let attentionOperations: Int

  /// - Parameter size: a page whose sides are multiples of no window, so edges are counted as they are.
  init(shape: VisionShape, size: ImageTokens, windowTokens: Int, fullLayers: Int) {
    let unit = shape.mergeSize * shape.mergeSize
    let patchValues = 3 * shape.temporalPatchSize * shape.patchSize * shape.patchSize
    let block = shape.hidden * (4 * shape.hidden + 3 * shape.intermediate)
    let merged = shape.hidden * unit
    let weights =
      unit * (shape.hidden * patchValues + shape.depth * block)
      + merged * (merged + shape.outputSize)
    weightOperations = 2 * weights
    let (height, width) = (size.grid.h / shape.mergeSize, size.grid.w / shape.mergeSize)
    var inWindows = 0
    for top in stride(from: 0, to: height, by: windowTokens) {
      for left in stride(from: 0, to: width, by: windowTokens) {
        let tokens = min(windowTokens, height - top) * min(windowTokens, width - left)
        inWindows += tokens * unit * tokens * unit
      }
    }
    let patches = size.count * unit
    let pairs = (shape.depth - fullLayers) * inWindows + fullLayers * patches * patches
    attentionOperations = 4 * shape.hidden * pairs / size.count
  }
}
