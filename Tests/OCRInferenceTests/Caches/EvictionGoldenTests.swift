import OCRInference
import Testing

/// Caches that drop rows against a reference that does literally what the papers say: Golden/kv, written by
/// tools/reference/kv.
@Suite struct EvictionGoldenTests {
  static let policies: [(String, CachePolicy)] = [
    ("streaming.4.8", .streamingLLM(sinks: 4, recent: 8)),
    ("streaming.1.5", .streamingLLM(sinks: 1, recent: 5)),
    ("recent.12", .recentOnly(size: 12)),
    ("l2.12.skip.0", .fixSizeL2(size: 12, skippedLayers: [0])),
    ("l2.6", .fixSizeL2(size: 6, skippedLayers: [])),
  ]

  @Test(
    "Token by token, the last logits are the reference's",
    arguments: ["llama-tiny", "gpt-neox-tiny"], policies)
  func logits(model: String, policy: (name: String, cache: CachePolicy)) throws {
    let golden = try Self.golden(model)
    let decoder = try TinyModel.decoder(model, as: [.f32])
    let rows = try run(golden.ids("ids"), through: decoder, policy: policy.cache)
    let expected = try golden.floats(policy.name)
    #expect(relativeError(Array(rows.suffix(expected.count)), expected) < 1e-4)
  }

  /// The vectors of one policy are not those of another: a test that cannot tell them apart would show nothing.
  @Test("The reference's policies differ", arguments: ["llama-tiny", "gpt-neox-tiny"])
  func differ(model: String) throws {
    let golden = try Self.golden(model)
    for (index, one) in Self.policies.enumerated() {
      for other in Self.policies[(index + 1)...] {
        #expect(try relativeError(golden.floats(one.0), golden.floats(other.0)) > 0.05)
      }
    }
  }

  private static func golden(_ model: String) throws -> GoldenTensors {
    try GoldenTensors(path: TinyModel.directory + "/../kv/\(model).golden.safetensors")
  }

  /// Logits [n, vocabulary], each token fed alone.
  private func run(
    _ ids: [Int32], through decoder: any TextDecoder, policy: CachePolicy
  ) throws -> [Float] {
    let cache = try policy.makeCache(type: .f32, decoder: decoder, rows: ids.count, passRows: 1)
    let hidden = FloatMatrix(rows: 1, columns: decoder.shape.hidden)
    let logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    let workspace = decoder.makeWorkspace(rows: 1)
    return ids.indices.flatMap { row in
      decoder.embed([ids[row]], into: hidden, at: 0)
      decoder.forward(
        hidden, rows: 1, positions: [RotaryPosition(Int32(row))],
        segments: [ForwardSegment(cache: cache, rows: 0..<1)], outputs: [0], workspace: workspace)
      decoder.logits(hidden, row: 0, rows: 1, into: logits)
      return logits.values(row: 0)
    }
  }
}
