import OCRInference

/// Times the tower of a model that sees on a page of noise: 756 x 1,064 pixels, 1,026 image tokens.
struct VisionTiming {
  let tower: any VisionTower
  let shape: VisionShape
  let config: ConfigFile
  let options: Options

  func run(pool: ThreadPool) throws {
    let size = try ImageTokens(width: 756, height: 1064)
    let patches = FloatMatrix(
      rows: size.grid.h * size.grid.w,
      columns: 3 * shape.temporalPatchSize * shape.patchSize * shape.patchSize)
    for index in 0..<patches.rows * patches.columns {
      patches.pointer[index] = Float.random(in: -2...2)
    }
    let page = PixelValues(patches: patches, size: size)
    let cost = try cost(of: size)
    for repetition in -1..<options.repetitions {
      var failure: (any Error)?
      let seconds = DecoderTiming.seconds {
        do { _ = try tower.encode([page], pool: pool) } catch { failure = error }
      }
      if let failure { throw failure }
      guard repetition >= 0 else { continue }
      Sample(options, test: SpeedTest.vision.name)
        .adding("tokens_per_second", Double(size.count) / seconds)
        .adding("operations_per_token", cost.weightOperations)
        .adding("attention_operations_per_token", cost.attentionOperations)
        .print()
    }
  }

  private func cost(of size: ImageTokens) throws -> VisionCost {
    guard let vision = try config.object("vision_config") else {
      throw config.error("vision_config", "is missing")
    }
    let window = try vision.int("window_size", in: 1...100_000, missing: 112)
    let full = try vision.ints("fullatt_block_indexes", in: 0...1000, missing: [])
    return VisionCost(
      shape: shape, size: size, windowTokens: window / shape.mergeSize / shape.patchSize,
      fullLayers: full.count)
  }
}
