import Foundation
import PageImaging
import Testing

struct BicubicResamplingTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let source: [Int]
      let target: [Int]
      let channels: Int
      let seed: UInt32
      let blackAndWhite: Bool
      let samples: Data
    }
    let cases: [Case]
  }

  /// The generator of tools/reference/imaging/bicubic.py.
  private func noise(_ count: Int, seed: UInt32, blackAndWhite: Bool) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      let level = UInt8(state >> 24)
      return blackAndWhite ? (level >= 128 ? 255 : 0) : level
    }
  }

  @Test func agreesWithPillowLevelForLevel() throws {
    let golden = try golden("bicubic.json", as: Golden.self)
    #expect(golden.cases.count == 44)
    for test in golden.cases {
      let page = PageImage(
        width: test.source[0], height: test.source[1],
        color: test.channels == 1 ? .grey : .rgb,
        samples: noise(
          test.source[0] * test.source[1] * test.channels, seed: test.seed,
          blackAndWhite: test.blackAndWhite))
      let resized = try page.resampled(width: test.target[0], height: test.target[1])
      #expect(
        resized.samples == Array(test.samples), "\(test.source) to \(test.target), \(test.seed)")
    }
  }

  @Test func flatPageStaysFlatAtAnySize() throws {
    for level: UInt8 in [0, 1, 127, 254, 255] {
      let page = PageImage(width: 53, height: 41, color: .rgb, filledWith: level)
      for (width, height) in [(1, 1), (17, 90), (160, 41), (52, 40)] {
        let resized = try page.resampled(width: width, height: height)
        #expect(resized.samples.allSatisfy { $0 == level })
      }
    }
  }

  @Test func sizeAtADPIIsRoundedAndNeverZero() throws {
    func size(_ width: Int, _ height: Int, _ source: Double, _ dpi: Int) throws -> [Int] {
      let page = PageImage(
        width: width, height: height, color: .grey, filledWith: 0, dpi: source)
      let resampled = try page.resampled(toDPI: dpi)
      #expect(resampled.dpi == Double(dpi))
      return [resampled.width, resampled.height]
    }
    #expect(try size(2480, 3508, 300, 72) == [595, 842])
    #expect(try size(3, 1, 1200, 10) == [1, 1])
    #expect(try size(10, 11, 200, 100) == [5, 6])
    #expect(try size(100, 10, 300, 300) == [100, 10])
  }

  @Test func sizesAndDPIsBeyondTheLimitsAreTypedErrors() throws {
    let page = PageImage(width: 100, height: 1000, color: .grey, filledWith: 0, dpi: 10)
    func error(_ body: @autoclosure () throws -> PageImage) -> String? {
      #expect(throws: ResamplingError.self) { try body() }?.description
    }
    #expect(
      error(try page.resampled(width: 0, height: 5))
        == "a page of 0x5 pixels cannot be made; give sides of at least 1")
    #expect(
      error(try page.resampled(width: 100_000_000, height: 1))
        == "100000000x1 pixels are more than the limit of 100 megapixels; set a lower DPI")
    // The pass along rows would be too large although the result is not.
    #expect(error(try page.resampled(width: 100_000, height: 1001)) != nil)
    #expect(error(try page.resampled(toDPI: 1200)) != nil)
    #expect(
      error(try page.resampled(toDPI: 9))
        == "9 DPI is outside 10...1200; set a DPI within it")
    var unknown = page
    unknown.dpi = nil
    #expect(
      error(try unknown.resampled(toDPI: 100))
        == "the page names no DPI (PNG chunk pHYs); give it with --source-dpi")
  }
}
