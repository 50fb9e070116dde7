import Boundary

/// The published shape of a model, to run with `RandomWeights` where the checkpoint is not: `preset:qwen2.5-1.5b`.
public struct ModelPreset: Sendable, Equatable {
  public let name: String
  /// The published repository whose config.json this is, without what no decoder reads.
  public let repository: String
  let json: String

  public static let prefix = "preset:"

  /// The preset that `preset:NAME` names; nil for a text without the prefix.
  public init?(argument: String) throws(ModelPresetError) {
    guard argument.hasPrefix(Self.prefix) else { return nil }
    let name = String(argument.dropFirst(Self.prefix.count))
    guard let preset = Self.all.first(where: { $0.name == name }) else {
      throw ModelPresetError(name: name)
    }
    self = preset
  }

  private init(_ name: String, _ repository: String, _ json: String) {
    self.name = name
    self.repository = repository
    self.json = json
  }

  /// - Throws: never for the presets here; a test builds each.
  public func config() throws -> ConfigFile {
    try ConfigFile(bytes: Array(json.utf8), path: Self.prefix + name)
  }

  public static let all: [ModelPreset] = [
    ModelPreset(
      "qwen2.5-0.5b", "Qwen/Qwen2.5-0.5B-Instruct",
      gated("qwen2", 896, 24, 14, 2, 4864, 151936, 32768, 1e6, tied: true)),
    ModelPreset(
      "qwen2.5-1.5b", "Qwen/Qwen2.5-1.5B-Instruct",
      gated("qwen2", 1536, 28, 12, 2, 8960, 151936, 32768, 1e6, tied: true)),
    ModelPreset(
      "qwen2.5-7b", "Qwen/Qwen2.5-7B-Instruct",
      gated("qwen2", 3584, 28, 28, 4, 18944, 152064, 32768, 1e6, tied: false)),
    ModelPreset(
      "llama-2-7b", "meta-llama/Llama-2-7b-hf",
      gated("llama", 4096, 32, 32, 32, 11008, 32000, 4096, 1e4, tied: false)),
    ModelPreset(
      "tinyllama-1.1b", "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
      gated("llama", 2048, 22, 32, 4, 5632, 32000, 2048, 1e4, tied: false)),
    ModelPreset("pythia-160m", "EleutherAI/pythia-160m", neoX(768, 12, 12, 3072, 50304)),
    ModelPreset("pythia-2.8b", "EleutherAI/pythia-2.8b", neoX(2560, 32, 32, 10240, 50304)),
  ]

  private static func gated(
    _ type: String, _ hidden: Int, _ layers: Int, _ heads: Int, _ kvHeads: Int, _ inner: Int,
    _ vocabulary: Int, _ context: Int, _ theta: Double, tied: Bool
  ) -> String {
    """
    {"model_type": "\(type)", "hidden_size": \(hidden), "num_hidden_layers": \(layers), \
    "num_attention_heads": \(heads), "num_key_value_heads": \(kvHeads), \
    "intermediate_size": \(inner), "vocab_size": \(vocabulary), \
    "max_position_embeddings": \(context), "rope_theta": \(theta), \
    "rms_norm_eps": \(type == "llama" ? 1e-5 : 1e-6), "hidden_act": "silu", \
    "tie_word_embeddings": \(tied)}
    """
  }

  private static func neoX(
    _ hidden: Int, _ layers: Int, _ heads: Int, _ inner: Int, _ vocabulary: Int
  ) -> String {
    """
    {"model_type": "gpt_neox", "hidden_size": \(hidden), "num_hidden_layers": \(layers), \
    "num_attention_heads": \(heads), "intermediate_size": \(inner), "vocab_size": \(vocabulary), \
    "max_position_embeddings": 2048, "rotary_pct": 0.25, "rotary_emb_base": 10000, \
    "layer_norm_eps": 1e-5, "hidden_act": "gelu", "use_parallel_residual": true, \
    "tie_word_embeddings": false}
    """
  }
}

public struct ModelPresetError: Error, Equatable, CustomStringConvertible {
  public let name: String

  public var description: String {
    let names = ModelPreset.all.map(\.name)
    let near = names.nearest(to: name).map { "; did you mean preset:\($0)?" } ?? ""
    return
      "no preset \"\(name.excerptOnOneLine)\": there are \(names.joined(separator: ", "))\(near)"
  }
}
