/// Reads `vision_config`.
extension VisionShape {
  /// - Parameters:
  ///   - vision: the object `vision_config`.
  ///   - hidden: the key of the tower's own width; `intermediate` what the feed-forward has.
  fileprivate init(
    _ vision: ConfigFile, hidden key: String, output: Int, intermediate: Int
  ) throws(ConfigError) {
    hidden = try vision.int(key, in: 4...65_536)
    heads = try vision.int("num_heads", in: 1...1024)
    // Two axes of rotary pairs.
    guard hidden % heads == 0, hidden / heads % 4 == 0 else {
      throw vision.error("num_heads", "\(heads) heads do not divide \(hidden) into multiples of 4")
    }
    guard try vision.int("in_channels", in: 1...16, missing: 3) == 3 else {
      throw vision.error("in_channels", "is not 3")
    }
    depth = try vision.int("depth", in: 1...1000)
    patchSize = try vision.int("patch_size", in: 1...256)
    temporalPatchSize = try vision.int("temporal_patch_size", in: 1...8, missing: 2)
    mergeSize = try vision.int("spatial_merge_size", in: 1...16, missing: 2)
    outputSize = output
    self.intermediate = intermediate
  }
}

extension Qwen25VisionConfiguration {
  public init(_ vision: ConfigFile) throws(ConfigError) {
    shape = try VisionShape(
      vision, hidden: "hidden_size", output: try vision.int("out_hidden_size", in: 1...65_536),
      intermediate: try vision.int("intermediate_size", in: 1...1_000_000))
    windowSize = try vision.int("window_size", in: 1...65_536, missing: 112)
    guard windowSize / shape.mergeSize / shape.patchSize > 0 else {
      throw vision.error("window_size", "\(windowSize) is less than one token")
    }
    fullAttentionLayers = Set(
      try vision.ints("fullatt_block_indexes", in: 0...999, missing: [7, 15, 23, 31]))
    let activation = try vision.string("hidden_act", missing: "silu")
    guard activation == "silu" else {
      throw vision.error("hidden_act", "is not \"silu\"")
    }
  }
}

extension Qwen2VisionTower {
  /// The shape of a Qwen2-VL tower; its `hidden_size` is the decoder's.
  static func shape(_ vision: ConfigFile) throws(ConfigError) -> VisionShape {
    let width = try vision.int("embed_dim", in: 4...65_536)
    let ratio = try vision.number("mlp_ratio", in: 0.1...64, missing: 4)
    let activation = try vision.string("hidden_act", missing: "quick_gelu")
    guard activation == "quick_gelu" else {
      throw vision.error("hidden_act", "is not \"quick_gelu\"")
    }
    return try VisionShape(
      vision, hidden: "embed_dim", output: try vision.int("hidden_size", in: 1...65_536),
      intermediate: Int(Double(width) * ratio))
  }
}

/// The vision towers, by the `model_type` of their config.json.
public enum VisionTable {
  /// The tower of a model that sees, with its shape; nil for a model of text.
  /// - Throws: `ConfigError`, and what `weights` throws.
  public static func tower(
    config: ConfigFile, weights: any WeightSource
  ) throws -> (tower: any VisionTower, shape: VisionShape)? {
    switch try config.string("model_type") {
    case "qwen2_5_vl":
      let configuration = try Qwen25VisionConfiguration(try vision(of: config))
      return (
        try Qwen25VisionTower(configuration: configuration, weights: weights), configuration.shape
      )
    case "qwen2_vl":
      let shape = try Qwen2VisionTower.shape(try vision(of: config))
      return (try Qwen2VisionTower(shape: shape, weights: weights), shape)
    default:
      return nil
    }
  }

  private static func vision(of config: ConfigFile) throws(ConfigError) -> ConfigFile {
    guard let vision = try config.object("vision_config") else {
      throw config.error("vision_config", "is missing")
    }
    return vision
  }
}
