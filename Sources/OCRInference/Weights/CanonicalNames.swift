/// The names that transformers 4 published, whichever a checkpoint has: `model.layers.0.…`,
/// `visual.blocks.0.…`, `lm_head.weight`, `gpt_neox.layers.0.…`.
struct CanonicalNames {
  /// What a bare backbone, saved without its head, left out.
  private let missingPrefix: String?

  init(stored names: some Sequence<String>) {
    var isNeoX = false
    var isBare = false
    for name in names {
      if name == "embed_in.weight" { isNeoX = true }
      if name == "embed_tokens.weight" { isBare = true }
    }
    missingPrefix = isNeoX ? "gpt_neox." : isBare ? "model." : nil
  }

  func canonical(_ stored: String) -> String {
    for (prefix, replacement) in Self.replacements where stored.hasPrefix(prefix) {
      return replacement + stored.dropFirst(prefix.count)
    }
    if let missingPrefix, Self.backbone.contains(where: stored.hasPrefix) {
      return missingPrefix + stored
    }
    return stored
  }

  /// The first that fits: transformers 5, its bare model, and the layout of LLaVA's kin.
  private static let replacements = [
    ("model.language_model.", "model."),
    ("model.visual.", "visual."),
    ("language_model.model.", "model."),
    ("language_model.lm_head.", "lm_head."),
    ("language_model.", "model."),
  ]

  private static let backbone = [
    "embed_tokens.", "layers.", "norm.", "embed_in.", "final_layer_norm.",
  ]
}
