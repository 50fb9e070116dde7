import OCRInference
import PageImaging
import Testing

/// Pages against transformers' slow processor, which resizes with Pillow.
@Suite struct PixelValuesTests {
  static let pages = ["square", "tall", "tiny"]

  private func processor() throws -> ImageProcessor {
    try ImageProcessor(
      file: "\(TinyModel.directory)/qwen2.5-vl-tiny/preprocessor_config.json")
  }

  @Test("A page is resized to Pillow's bytes", arguments: pages)
  func resized(_ name: String) throws {
    let resized = try processor().resized(SightModel.page(name))
    let expected = try SightModel.page("\(name).resized")
    #expect((resized.width, resized.height) == (expected.width, expected.height))
    #expect(resized.color == expected.color)
    #expect(resized.samples == expected.samples)
  }

  @Test("pixel_values and the grid are the reference's", arguments: pages)
  func values(_ name: String) throws {
    let golden = try GoldenTensors("pages")
    let pixels = try PixelValues(SightModel.page(name), processor: processor())
    let grid = pixels.grid
    #expect(
      try [grid.t, grid.h, grid.w].map(Int32.init) == golden.ids("\(name).image_grid_thw"))
    #expect(pixels.tokens == grid.h * grid.w / 4)

    let found = pixels.patches.allValues
    let sampled = stride(from: 0, to: found.count, by: 13).map { found[$0] }
    let expected = try golden.floats("\(name).pixel_values.every13")
    #expect(meanSquare(sampled, expected) < 1e-12)
    let rows = (0..<pixels.patches.rows).map { pixels.patches.values(row: $0) }
    let sums = rows.map { $0.reduce(0) { $0 + Double($1) } }.map(Float.init)
    let squares = rows.map { $0.reduce(0) { $0 + Double($1) * Double($1) } }.map(Float.init)
    #expect(try relativeError(sums, golden.floats("\(name).pixel_values.row_sums")) < 1e-6)
    #expect(
      try relativeError(squares, golden.floats("\(name).pixel_values.row_square_sums")) < 1e-6)
  }

  @Test("Grey stands in all three channels")
  func grey() throws {
    let levels = (0..<56 * 56).map { UInt8($0 % 251) }
    let grey = PageImage(width: 56, height: 56, color: .grey, samples: levels)
    let colored = PageImage(
      width: 56, height: 56, color: .rgb, samples: levels.flatMap { [$0, $0, $0] })
    let processor = ImageProcessor.qwen2VL
    #expect(
      try PixelValues(grey, processor: processor).patches.allValues
        == PixelValues(colored, processor: processor).patches.allValues)
  }

  @Test("A model that resizes nothing takes only sides that divide")
  func sides() throws {
    let processor = try ImageProcessor(file: "\(LineReader.directory)/preprocessor_config.json")
    let page = PageImage(width: 60, height: 32, color: .grey, filledWith: 255)
    #expect(throws: ImageTokenError.notDivisible(width: 60, height: 32, factor: 32)) {
      try PixelValues(page, processor: processor)
    }
    let sliver = PageImage(width: 201, height: 1, color: .grey, filledWith: 255)
    #expect(throws: ImageTokenError.tooNarrow(width: 201, height: 1)) {
      try PixelValues(sliver, processor: .qwen2VL)
    }
  }

  private func meanSquare(_ found: [Float], _ expected: [Float]) -> Double {
    guard found.count == expected.count else { return .infinity }
    let sum = zip(found, expected).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    return sum / Double(found.count)
  }
}
