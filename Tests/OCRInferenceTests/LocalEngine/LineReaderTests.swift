import Boundary
import OCRInference
import Testing

/// A model that truly reads against transformers: strips to ids, in every type.
@Suite struct LineReaderTests {
  struct Way: Sendable, CustomTestStringConvertible {
    let name: String
    var policy = WeightPolicy.asStored
    var types: [WeightType] = []
    let cacheType: WeightType
    var testDescription: String { name }
  }

  /// Named as in readings.json.
  static let ways = [
    Way(name: "f32", types: [.f32], cacheType: .f32),
    Way(name: "bf16", cacheType: .bf16),
    Way(name: "f16", types: [.f16], cacheType: .f16),
    Way(name: "q8_0.all", policy: .quantized(.q8), cacheType: .f16),
    Way(name: "q4_0.all", policy: .quantized(.q4), cacheType: .f16),
  ]

  /// Character errors over all strips, 479 characters: 1 (CER 0.0021) in f32, bf16, f16 and q8_0, 2 (0.0042) in q4_0, as the
  /// reference has it.
  @Test("All strips read as transformers reads them, in the same type", arguments: ways)
  func reads(_ way: Way) throws {
    let strips = try LineReader.strips()
    let reader = try LineReader(policy: way.policy, as: way.types)
    let ids = try reader.read(strips, cacheType: way.cacheType)

    let reference = try Readings(way.name)
    var (edits, characters) = (0, 0)
    for (strip, ids) in zip(strips, ids) {
      let text = reader.tokenizer.decode(ids)
      edits += editDistance(text, strip.truth)
      characters += strip.truth.unicodeScalars.count
      let expected = reference.otherIDs[strip.file] ?? strip.tokens
      #expect(ids == expected, "\(strip.file)")
      if reference.otherIDs[strip.file] == nil { #expect(text == strip.reading) }
    }
    #expect(strips.count == 24 && characters == 479)
    #expect(edits == reference.edits)
  }

  @Test(
    "Positions, features and logits of two strips are the reference's",
    arguments: ["clean-0", "degraded-2"])
  func golden(_ name: String) throws {
    let golden = try GoldenTensors(path: "\(LineReader.directory)/golden.safetensors")
    let strip = try #require(LineReader.strips().first { $0.file == "\(name).png" })
    let model = try LineReader(as: [.f32]).model
    let (pixels, features) = try model.encode([strip.image])
    let found = pixels[0].patches.allValues
    #expect(
      try relativeError(
        stride(from: 0, to: found.count, by: 13).map { found[$0] },
        golden.floats("\(name).pixel_values.every13")) < 1e-6)
    let grid = pixels[0].grid
    #expect(try [grid.t, grid.h, grid.w].map(Int32.init) == golden.ids("\(name).image_grid_thw"))
    #expect(try relativeError(features.allValues, golden.floats("\(name).features")) < 1e-5)

    let prompt = try model.prompt(ids: LineReader.prompt, images: pixels, features: features)
    #expect(try prompt.ids == golden.ids("\(name).prompt.ids"))
    let positions = prompt.positions
    #expect(
      try positions.map(\.t) + positions.map(\.h) + positions.map(\.w)
        == golden.ids("\(name).position_ids"))
    #expect(try [prompt.nextPosition - Int32(prompt.count)] == golden.ids("\(name).rope_delta"))
    let expected = try golden.ids("\(name).greedy.ids")
    let (ids, logits) = try model.greedy(prompt, steps: expected.count)
    #expect(ids == expected)
    #expect(ids == strip.tokens + [1])
    #expect(try relativeError(logits, golden.floats("\(name).greedy.logits")) < 1e-5)
  }

  @Test("A strip reads the same alone as in the batch, with one thread as with two")
  func alone() throws {
    let strips = try LineReader.strips().filter { $0.file.hasPrefix("degraded") }
    let one = try LineReader(threads: 1)
    let together = try LineReader().read(strips, cacheType: .bf16)
    #expect(try strips.map { try one.read([$0], cacheType: .bf16)[0] } == together)
  }

  /// readings.json: what transformers reads in one type.
  private struct Readings {
    let edits: Int
    /// By file, where they are not those of strips.json.
    let otherIDs: [String: [Int32]]

    init(_ name: String) throws {
      let json = try JSONValue(
        parsing: RegularFile.bytes(of: "\(LineReader.directory)/readings.json", limit: 1 << 20)[...]
      )
      let entry = try #require(json["dtypes"]?[name])
      edits = try #require(entry["edits"]?.integer)
      guard case .object(let others)? = entry["other_ids"] else {
        otherIDs = [:]
        return
      }
      otherIDs = others.reduce(into: [:]) { ids, member in
        guard case .array(let items) = member.value else { return }
        ids[member.key] = items.compactMap { $0.integer.map(Int32.init) }
      }
    }
  }
}
