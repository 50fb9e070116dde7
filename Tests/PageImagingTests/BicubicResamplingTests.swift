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
}
