import Boundary
import Foundation
import OCRInference
import Testing

/// Directories that are no model to read pages with: an error that says so before the first page.
@Suite struct LocalModelTests {
  private func error(
    of name: String = "qwen2.5-vl-tiny", quantize: WeightType? = nil,
    keys: [String: ChangedKeys] = [:], without: Set<String> = [],
    weights: ((inout [TestTensor]) -> Void)? = nil
  ) async throws -> (any Error)? {
    let original = try ModelDirectory("\(TinyModel.directory)/\(name)")
    return try await withChangedModel(original, keys: keys, without: without, weights: weights) {
      directory in
      do {
        _ = try LocalModel(
          directory: directory, name: name, quantize: quantize, pool: ThreadPool(threads: 1))
        return nil
      } catch {
        // One line, with a file.
        #expect(!"\(error)".contains("\n") && "\(error)".contains("medbench-model-"))
        return error
      }
    }
  }

  private func problem(
    quantize: WeightType? = nil, keys: [String: ChangedKeys] = [:],
    weights: ((inout [TestTensor]) -> Void)? = nil
  ) async throws -> WeightProblem? {
    (try await error(quantize: quantize, keys: keys, weights: weights) as? WeightError)?.problem
  }

  @Test("The directories as they are can be opened")
  func sound() async throws {
    for name in SightGoldenTests.models { #expect(try await error(of: name) == nil) }
    #expect(try await error(weights: { _ in }) == nil)
    #expect(try await error(quantize: .q4) == nil)
  }

  @Test("A changed weight or setting is another model, a copy is the same")
  func fingerprint() async throws {
    let original = try ModelDirectory("\(TinyModel.directory)/qwen2.5-vl-tiny")
    let open: @Sendable (ModelDirectory) async throws -> String = { directory in
      try LocalModel(directory: directory, name: "m", pool: ThreadPool(threads: 1)).fingerprint
    }
    let own = try await open(original)
    let copy = try await withChangedModel(
      original, keys: [:], without: [], weights: nil, open)
    #expect(own.count == 8 && copy == own)
    let eps: ChangedKeys = { $0["rms_norm_eps"] = 0.001 }
    #expect(
      try await withChangedModel(
        original, keys: ["config.json": eps], without: [], weights: nil, open) != own)
  }

  @Test("A tensor that is missing, misshapen or unknown is named")
  func tensors() async throws {
    let name = "visual.blocks.2.attn.qkv.weight"
    #expect(
      try await problem(weights: { $0.removeAll { $0.name == name } })
        == .missing(tensor: name, shape: [96, 32], nearest: "visual.blocks.0.attn.qkv.weight"))
    #expect(
      try await problem(weights: { $0[name].shape = [32, 96] })
        == .misshapen(tensor: name, expected: [96, 32], found: [32, 96]))
    let extra = TestTensor("visual.blocks.4.norm1.weight", shape: [1], values: [1])
    #expect(
      try await problem(weights: { $0.append(extra) }) == .unused(tensors: [extra.name]))
    // A config with a layer fewer leaves the last one's tensors over.
    let fewer: ChangedKeys = { $0["num_hidden_layers"] = 1 }
    guard case .unused(let unused)? = try await problem(keys: ["config.json": fewer]) else {
      Issue.record("accepted")
      return
    }
    #expect(unused.allSatisfy { $0.hasPrefix("model.layers.1.") } && unused.count == 12)
  }

  @Test(
    "NaN and infinity are found before the first page, as stored and quantised",
    arguments: [nil, .q8, .q4] as [WeightType?],
    [
      "model.layers.1.mlp.down_proj.weight", "visual.patch_embed.proj.weight",
      "visual.blocks.3.mlp.up_proj.bias", "model.norm.weight",
    ])
  func notFinite(quantize: WeightType?, tensor: String) async throws {
    for bits in [[0xc0, 0x7f], [0x80, 0xff]] as [[UInt8]] {
      let found = try await problem(
        quantize: quantize, weights: { $0[tensor].data.replaceSubrange(10..<12, with: bits) })
      #expect(found == .notFinite(tensor: tensor))
    }
  }

  @Test("A config whose halves do not fit, or that is of another model, is named by its key")
  func configs() async throws {
    func key(
      _ change: @escaping ChangedKeys, file: String = "config.json",
      weights: ((inout [TestTensor]) -> Void)? = nil
    ) async throws -> String? {
      (try await error(keys: [file: change], weights: weights) as? ConfigError)?.key
    }
    let narrow: ChangedKeys = { $0.change("vision_config", "out_hidden_size", to: 32) }
    // Against the weights it is one of them that does not fit.
    #expect(
      try await problem(keys: ["config.json": narrow])
        == .misshapen(
          tensor: "visual.merger.mlp.2.weight", expected: [32, 128], found: [64, 128]))
    let halved: (inout [TestTensor]) -> Void = {
      $0["visual.merger.mlp.2.weight"].shape = [32, 128]
      $0["visual.merger.mlp.2.weight"].data.removeLast(32 * 128 * 2)
      $0["visual.merger.mlp.2.bias"].shape = [32]
      $0["visual.merger.mlp.2.bias"].data.removeLast(32 * 2)
    }
    #expect(try await key(narrow, weights: halved) == "vision_config.out_hidden_size")

    #expect(try await key({ $0["vision_config"] = nil }) == "vision_config")
    #expect(try await key({ $0["vision_config"] = [1] }) == "vision_config")
    #expect(try await key({ $0["image_token_id"] = nil }) == "image_token_id")
    #expect(try await key({ $0["image_token_id"] = 280 }) == "image_token_id")
    for (name, value) in [
      ("depth", -1), ("num_heads", 3), ("num_heads", 16), ("hidden_size", 1e300),
      ("window_size", 20),
      ("hidden_act", "relu"), ("fullatt_block_indexes", "1"), ("patch_size", 0), ("in_channels", 4),
      ("spatial_merge_size", 0),
    ] as [(String, any Sendable)] {
      let found = try await key({ $0.change("vision_config", name, to: value) })
      #expect(found == "vision_config.\(name)")
    }
    // The preprocessor cuts other patches than the tower takes.
    for (name, value) in [("patch_size", 16), ("merge_size", 1), ("temporal_patch_size", 1)] {
      let file = "preprocessor_config.json"
      #expect(try await key({ $0[name] = value }, file: file) == "vision_config.patch_size")
    }
    // `model_type` of text.
    let text = try await error(of: "qwen2-tiny") as? ConfigError
    #expect(text?.key == "model_type" && text?.defect.contains("a model of text") == true)
  }

  @Test("Files that are lacking or not what they should be")
  func files() async throws {
    #expect(try await error(without: ["config.json"]) is FileReadError)
    #expect(try await error(without: ["tokenizer.json"]) is TokenizerError)
    #expect(try await error(without: ["chat_template.json"]) is ChatTemplateError)
    #expect(
      (try await error(without: ["model.safetensors"]) as? WeightError)?.problem == .noWeights)
    let stops: ChangedKeys = { $0["eos_token_id"] = "end" }
    let stop = try await error(keys: ["generation_config.json": stops]) as? ConfigError
    #expect(stop?.key == "eos_token_id")
    let means: ChangedKeys = { $0["image_std"] = [0, 0, 0] }
    let processor = try await error(keys: ["preprocessor_config.json": means])
    #expect(processor is PreprocessorConfigError)
    let template: ChangedKeys = { $0["chat_template"] = "{% if %}" }
    #expect(try await error(keys: ["chat_template.json": template]) is ChatTemplateError)
  }
}

extension [String: Any] {
  /// Sets a key of the object under a key.
  fileprivate mutating func change(_ object: String, _ key: String, to value: Any) {
    var members = self[object] as? [String: Any] ?? [:]
    members[key] = value
    self[object] = members
  }
}
