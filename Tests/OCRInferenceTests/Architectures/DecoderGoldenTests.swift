import OCRInference
import Synchronization
import Testing

/// Decoders against transformers, on the tiny checkpoints of Golden/decoder.
@Suite struct DecoderGoldenTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let model: String
    var config = "config.json"
    let golden: String
    var testDescription: String { golden }
  }

  static let cases = [
    Case(model: "qwen2-tiny", golden: "qwen2-tiny"),
    Case(model: "llama-tiny", golden: "llama-tiny"),
    Case(model: "llama-tiny", config: "config.linear.json", golden: "llama-tiny.linear"),
    Case(model: "llama-tiny", config: "config.plain.json", golden: "llama-tiny.plain"),
    Case(model: "gpt-neox-tiny", golden: "gpt-neox-tiny"),
    Case(
      model: "gpt-neox-tiny", config: "config.sequential.json",
      golden: "gpt-neox-tiny.sequential"),
  ]

  @Test("In f32 every logit of prompt and 16 decode steps is the reference's", arguments: cases)
  func logits(_ item: Case) throws {
    let golden = try GoldenTensors(item.golden)
    let prompt = try golden.ids("prompt.ids")
    let decoder = try TinyModel.decoder(item.model, config: item.config, as: [.f32])
    let whole = try DecoderTrace(decoder).logits(of: prompt, outputs: Array(prompt.indices))
    #expect(try relativeError(whole, golden.floats("logits")) < 1e-4)

    let (ids, rows) = try DecoderTrace(decoder).greedy(prompt: prompt, steps: 17)
    #expect(try ids == golden.ids("greedy.ids"))
    #expect(try relativeError(rows, golden.floats("greedy.logits")) < 1e-4)
  }

  @Test(
    "The residual stream after every layer is the reference's",
    arguments: ["qwen2-tiny", "llama-tiny", "gpt-neox-tiny"])
  func layers(_ name: String) throws {
    let golden = try GoldenTensors(name)
    let prompt = try golden.ids("prompt.ids")
    let trace = try DecoderTrace(TinyModel.decoder(name, as: [.f32]))
    let seen = Mutex<[Int: [Float]]>([:])
    trace.workspace.observeLayer = { layer, hidden, rows in
      let values = (0..<rows).flatMap { hidden.values(row: $0) }
      seen.withLock { $0[layer] = values }
    }
    _ = trace.logits(of: prompt, outputs: Array(prompt.indices))
    for layer in 0..<trace.decoder.shape.layers {
      let expected = try golden.floats("hidden.layers.\(layer)")
      let found = seen.withLock { $0[layer] } ?? []
      #expect(relativeError(found, expected) < 1e-5, "layer \(layer)")
    }
    let normed = try golden.floats("hidden.norm")
    #expect(relativeError(trace.hiddenRows(prompt.count), normed) < 1e-5)
  }

  @Test(
    "As stored, in bf16 and f16, the greedy tokens are the reference's",
    arguments: [
      ("qwen2-tiny-bf16", "qwen2-tiny", "bf16."), ("qwen2-tiny-f16", "qwen2-tiny", "f16."),
      ("llama-tiny", "llama-tiny", ""), ("gpt-neox-tiny", "gpt-neox-tiny", ""),
    ])
  func narrow(model: String, golden name: String, prefix: String) throws {
    let golden = try GoldenTensors(name)
    let decoder = try TinyModel.decoder(model)
    let stored: WeightType = model.hasSuffix("f16") && !model.hasSuffix("bf16") ? .f16 : .bf16
    let cache = name == "gpt-neox-tiny" ? .f16 : stored
    let (ids, rows) = try DecoderTrace(decoder, cacheType: cache)
      .greedy(prompt: golden.ids("prompt.ids"), steps: 17)
    #expect(try ids == golden.ids("\(prefix)greedy.ids"))
    // The reference in bf16 is itself 0.020 away from float32; ours rounds elsewhere.
    let error = try relativeError(rows, golden.floats("\(prefix)greedy.logits"))
    #expect(error < (stored == .bf16 ? 0.05 : 0.005))
  }

  /// The reference runs the de-quantised weights on float32 activations; ours are rounded to int8 in blocks of 32 as well,
  /// at most 1/254 of a block's largest value, which a random model does not average out.
  @Test(
    "Quantised at load, logits are near the de-quantised reference's",
    arguments: [WeightType.q8, .q4])
  func quantized(_ type: WeightType) throws {
    let golden = try GoldenTensors("qwen2-tiny")
    let prompt = try golden.ids("prompt.ids")
    let trace = try DecoderTrace(TinyModel.decoder("qwen2-tiny", as: [type]))
    // Fed the reference's tokens, so that one near tie does not end the comparison.
    let fed = try golden.ids("\(type.rawValue).all.greedy.ids")
    let rows = trace.logits(
      of: prompt + fed.dropLast(), outputs: Array(prompt.count - 1..<prompt.count + 16))
    let expected = try golden.floats("\(type.rawValue).all.greedy.logits")
    #expect(relativeError(rows, expected) < 0.06)
    #expect(relativeError(rows, expected) > 1e-4, "activations were not rounded")

    // The same packed weights, read back and met by float32 activations, are the reference.
    let exact = try DecoderTrace(TinyModel.decoder("qwen2-tiny", as: [type, .f32])).logits(
      of: prompt + fed.dropLast(), outputs: Array(prompt.count - 1..<prompt.count + 16))
    #expect(relativeError(exact, expected) < 1e-4)
  }

  @Test("M-RoPE: text at text positions, an image's rows at time, height and width")
  func multimodalPositions() throws {
    let golden = try GoldenTensors("qwen2.5-vl-tiny")
    let flat = try TinyModel.decoder("qwen2.5-vl-tiny", as: [.f32])
    let nested = try TinyModel.decoder("qwen2.5-vl-tiny-transformers5", as: [.f32])
    let prompt = try golden.ids("text.prompt.ids")
    for decoder in [flat, nested] {
      let (ids, rows) = try DecoderTrace(decoder).greedy(prompt: prompt, steps: 17)
      #expect(try ids == golden.ids("text.greedy.ids"))
      #expect(try relativeError(rows, golden.floats("text.greedy.logits")) < 1e-4)
    }
    // With features in place: golden embeddings in, the last row's logits out.
    let hiddenIn = try golden.floats("square.hidden.embedding")
    let axes = try golden.ids("square.position_ids")
    let count = axes.count / 3
    let positions = (0..<count).map {
      RotaryPosition(t: axes[$0], h: axes[count + $0], w: axes[2 * count + $0])
    }
    let cache = try ContiguousCache(type: .f32, shape: flat.shape, capacity: count)
    let hidden = FloatMatrix(rows: count, columns: flat.shape.hidden)
    hidden.pointer.update(from: hiddenIn, count: hiddenIn.count)
    flat.forward(
      hidden, rows: count, positions: positions,
      segments: [ForwardSegment(cache: cache, rows: 0..<count)], outputs: [count - 1],
      workspace: flat.makeWorkspace(rows: count))
    let logits = FloatMatrix(rows: 1, columns: flat.shape.vocabulary)
    flat.logits(hidden, row: 0, rows: 1, into: logits)
    let expected = try golden.floats("square.greedy.logits").prefix(flat.shape.vocabulary)
    #expect(relativeError(logits.values(row: 0), Array(expected)) < 1e-4)
  }
}
