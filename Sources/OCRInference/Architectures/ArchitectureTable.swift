import Boundary

/// The decoders, by the `model_type` of their config.json. One file each beside this one.
public enum ArchitectureTable {
  public typealias Constructor =
    @Sendable (ConfigFile, any WeightSource, ThreadPool) throws -> any TextDecoder

  public static let decoders: [String: Constructor] = [
    "qwen2": { try Qwen2(config: $0, weights: $1, pool: $2) },
    "qwen2_vl": { try Qwen2(config: $0, weights: $1, pool: $2) },
    "qwen2_5_vl": { try Qwen2(config: $0, weights: $1, pool: $2) },
    "llama": { try Llama(config: $0, weights: $1, pool: $2) },
    "gpt_neox": { try GPTNeoX(config: $0, weights: $1, pool: $2) },
  ]

  /// The decoder that a config describes; of a model that sees, the decoder alone.
  /// - Throws: `ConfigError`, and what `weights` throws.
  public static func decoder(
    config: ConfigFile, weights: any WeightSource, pool: ThreadPool
  ) throws -> any TextDecoder {
    let type = try config.string("model_type")
    guard let constructor = decoders[type] else {
      let near = decoders.keys.sorted().nearest(to: type).map { "; did you mean \"\($0)\"?" } ?? ""
      throw config.error(
        "model_type",
        "\"\(type.excerptOnOneLine)\" is none of "
          + decoders.keys.sorted().joined(separator: ", ") + near)
    }
    return try constructor(config, weights, pool)
  }
}
