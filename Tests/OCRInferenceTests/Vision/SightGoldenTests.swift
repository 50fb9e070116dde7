import Boundary
import Foundation
import OCRInference
import Testing

/// Whole models that see against transformers, from the page to the logits.
@Suite struct SightGoldenTests {
  static let qwen25 = ["qwen2.5-vl-tiny", "qwen2.5-vl-tiny-transformers5"]
  static let models = qwen25 + ["qwen2-vl-tiny"]
  static let cases: [(model: String, item: String)] =
    qwen25.flatMap { model in
      ["text", "square", "tall", "tiny", "two", "chat"].map { (model, $0) }
    } + [("qwen2-vl-tiny", "square"), ("qwen2-vl-tiny", "tall")]

  /// The sharded checkpoint holds the same values under other names.
  private func golden(_ model: String) throws -> GoldenTensors {
    try GoldenTensors(model == "qwen2.5-vl-tiny-transformers5" ? "qwen2.5-vl-tiny" : model)
  }

  /// Built from one image token a page.
  private func prompt(
    _ item: String, model: VisionLanguageModel, golden: GoldenTensors
  ) throws -> EmbeddedPrompt {
    let ids = try golden.ids("\(item).prompt.ids")
    let pages = try MultimodalPositionsTests.pages[item]!.map(SightModel.page)
    let prompt = try model.prompt(ids: model.collapsed(ids), pages: pages)
    #expect(prompt.ids == ids)
    return prompt
  }

  @Test("In f32 greedy tokens and all logits are the reference's", arguments: cases)
  func exact(model name: String, item: String) throws {
    let golden = try golden(name)
    let model = try SightModel.named(name, as: [.f32])
    let (ids, logits) = try model.greedy(prompt(item, model: model, golden: golden), steps: 17)
    #expect(try ids == golden.ids("\(item).greedy.ids"))
    #expect(try relativeError(logits, golden.floats("\(item).greedy.logits")) < 1e-5)
  }

  @Test(
    "In bf16 and f16 the greedy tokens are the reference's",
    arguments: [
      ("qwen2.5-vl-tiny", .bf16), ("qwen2.5-vl-tiny-transformers5", .f16),
    ] as [(String, WeightType)])
  func narrow(model name: String, type: WeightType) throws {
    let golden = try golden(name)
    let model = try SightModel.named(name, as: [type])
    let (ids, logits) = try model.greedy(
      prompt("square", model: model, golden: golden), steps: 17, cacheType: type)
    let prefix = "square.\(type.rawValue).greedy"
    #expect(try ids == golden.ids("\(prefix).ids"))
    let error = try relativeError(logits, golden.floats("\(prefix).logits"))
    #expect(error < (type == .bf16 ? 0.05 : 0.005))
  }

  /// As for the decoders alone: our activations are rounded to int8 in blocks of 32, the reference's are not.
  @Test(
    "Quantised at load, logits are near the de-quantised reference's",
    arguments: [WeightType.q8, .q4], ["all", "layers", "decoder"])
  func quantized(_ type: WeightType, scope: String) throws {
    let name = "qwen2.5-vl-tiny"
    let golden = try golden(name)
    let fed = try golden.ids("square.\(type.rawValue).\(scope).greedy.ids")
    let expected = try golden.floats("square.\(type.rawValue).\(scope).greedy.logits")
    let names = try Checkpoint(ModelDirectory("\(TinyModel.directory)/\(name)")).names
    let wide = names.filter {
      switch scope {
      case "all": false
      case "layers": !$0.contains(".layers.") && !$0.hasPrefix("visual.")
      default: !$0.contains(".layers.")
      }
    }
    func logits(as types: [WeightType]) throws -> [Float] {
      let model = try SightModel.named(
        name, policy: .quantized(type, keepWide: Set(wide)), as: types)
      return try model.greedy(
        prompt("square", model: model, golden: golden), steps: 17, feeding: fed
      ).logits
    }
    let packed = try relativeError(logits(as: []), expected)
    #expect(packed < 0.06)
    #expect(packed > 1e-4, "activations were not rounded")
    // The same packed weights, read back and met by float32 activations, are the reference.
    let widened = try relativeError(logits(as: [.f32]), expected)
    #expect(widened < 1e-5)
  }

  @Test("The chat template and the tokenizer write the reference's prompt", arguments: qwen25)
  func chat(model name: String) throws {
    let metadata = try golden(name).metadata
    let directory = "\(TinyModel.directory)/\(name)"
    let text = try ChatTemplate.load(directory: directory).render(
      [
        ChatMessage(
          role: "user", content: [.image, .text(try #require(metadata["chat_user_text"]))])
      ],
      addGenerationPrompt: true, variables: [:])
    #expect(text == metadata["chat_text"])
    let ids = try Tokenizer(file: "\(directory)/tokenizer.json").encode(text)
    let model = try SightModel.named(name)
    let expected = try model.collapsed(golden(name).ids("chat.prompt.ids"))
    #expect(ids == expected)
  }

  @Test("Places and images must be as many")
  func places() throws {
    let model = try SightModel.named("qwen2.5-vl-tiny")
    let page = try SightModel.page("tiny")
    let (pixels, features) = try model.encode([page])
    for (ids, places) in [([5, 6], 0), ([273, 5, 273], 2)] as [([Int32], Int)] {
      #expect(throws: PromptError.imagePlaces(inPrompt: places, images: 1)) {
        try model.prompt(ids: ids, images: pixels, features: features)
      }
    }
  }

  @Test("Content keys follow the page and the salt, so that prompts share only what is the same")
  func keys() throws {
    let model = try SightModel.named("qwen2.5-vl-tiny")
    func keys(_ page: String, salt: UInt64 = 0) throws -> [UInt64] {
      let (pixels, features) = try model.encode([SightModel.page(page)])
      return try model.prompt(ids: [5, 273, 6], images: pixels, features: features, salt: salt)
        .contentKeys
    }
    let tall = try keys("tall")
    #expect(try tall == keys("tall"))
    #expect(Set(tall).count == tall.count)
    for other in [try keys("tall", salt: 1), try keys("square")] {
      #expect(other.first == tall.first && other.last == tall.last)
      #expect(Set(other).intersection(tall).count == 2)
    }
  }
}
