import OCRInference
import Testing

/// M-RoPE positions against transformers' get_rope_index.
@Suite struct MultimodalPositionsTests {
  static let pages: [String: [String]] = [
    "text": [], "square": ["square"], "tall": ["tall"], "tiny": ["tiny"],
    "two": ["tiny", "tall"], "chat": ["tall"],
  ]

  @Test(
    "position_ids and rope_delta",
    arguments: SightGoldenTests.cases.filter {
      $0.item != "text" && !$0.model.hasSuffix("transformers5")
    })
  func positions(model name: String, item: String) throws {
    let golden = try GoldenTensors(name)
    let pages = try GoldenTensors("pages")
    let ids = try golden.ids("\(item).prompt.ids")
    let grids = try Self.pages[item]!.map { page in
      let grid = try pages.ids("\(page).image_grid_thw").map(Int.init)
      return ImageTokens.Grid(t: grid[0], h: grid[1], w: grid[2])
    }
    let found = try MultimodalPositions(ids: ids, imageToken: 273, images: grids, mergeSize: 2)
    let axes = try golden.ids("\(item).position_ids")
    #expect(found.positions.map(\.t) + found.positions.map(\.h) + found.positions.map(\.w) == axes)
    #expect(try [found.next - Int32(ids.count)] == golden.ids("\(item).rope_delta"))
  }

  @Test("Text alone counts up")
  func text() throws {
    let found = try MultimodalPositions(ids: [5, 6, 7], imageToken: 9, images: [], mergeSize: 2)
    #expect(found.positions == (0..<3).map { RotaryPosition($0) })
    #expect(found.next == 3)
  }

  @Test("Images that touch are told apart by their sizes")
  func adjacent() throws {
    let found = try MultimodalPositions(
      ids: [9, 9, 9, 9], imageToken: 9,
      images: [grid(4, 2), grid(2, 4)], mergeSize: 2)
    #expect(found.positions.map(\.t) == [0, 0, 2, 2])
    #expect(found.positions.map(\.h) == [0, 1, 2, 2])
    #expect(found.positions.map(\.w) == [0, 0, 2, 3])
    #expect(found.next == 4)
  }

  @Test(
    "Image tokens and images that differ in number are refused",
    arguments: [
      ([9, 9, 9], 1, 3, 2), ([9, 1, 9], 1, 2, 2), ([9], 1, 1, 2), ([1], 1, 0, 2),
      ([9, 9], 0, 2, 0),
      ([9, 9], 2, 2, 4), ([9, 9, 1, 9], 2, 3, 4),
    ] as [([Int32], Int, Int, Int)])
  func refused(ids: [Int32], images: Int, inPrompt: Int, ofImages: Int) {
    #expect(throws: PromptError.imageTokens(inPrompt: inPrompt, ofImages: ofImages)) {
      try MultimodalPositions(
        ids: ids, imageToken: 9, images: Array(repeating: grid(2, 4), count: images), mergeSize: 2)
    }
  }

  private func grid(_ h: Int, _ w: Int) -> ImageTokens.Grid { ImageTokens.Grid(t: 1, h: h, w: w) }
}
