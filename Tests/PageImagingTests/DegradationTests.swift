import Foundation
import PageImaging
import Testing

struct DegradationTests {
  /// A form at 100 DPI: rules, and strokes as dense as print.
  private func form(_ color: PageImage.ColorModel = .grey) -> PageImage {
    var page = PageImage(width: 260, height: 330, color: color, filledWith: 255, dpi: 100)
    func draw(_ rows: Range<Int>, _ columns: Range<Int>) {
      for row in rows {
        for column in columns {
          for channel in 0..<page.channels {
            page.samples[(row * page.width + column) * page.channels + channel] = 0
          }
        }
      }
    }
    for line in 0..<12 {
      let top = 30 + 24 * line
      draw(top..<top + 2, 20..<240)
      for letter in 0..<18 { draw(top + 6..<top + 16, 24 + 12 * letter..<27 + 12 * letter) }
    }
    return page
  }

  private func error(_ a: PageImage, _ b: PageImage) -> Double {
    let squares = zip(a.samples, b.samples).map { pair in
      let difference = Double(pair.0) - Double(pair.1)
      return difference * difference
    }
    return squares.reduce(0, +) / Double(squares.count)
  }

  /// FNV-1a: any changed sample changes it.
  private func hash(_ page: PageImage) -> String {
    let value = page.samples.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { hash, sample in
      (hash ^ UInt64(sample)) &* 0x100_0000_01b3
    }
    return String(value, radix: 16)
  }

  @Test(
    arguments: [
      (Degradation.clean, 100, "5aa7653be13994fd"), (.scan, 100, "e12f69a057681b7e"),
      (.fax, 100, "a0cf4c0e83f1dddc"), (.photo, 100, "ba7e0169ab996611"),
      (.scan, 400, "d3cfb44c6271aefd"), (.fax, 400, "f47efb5994c740b7"),
      (.photo, 400, "614fae0eaa82ba7d"),
    ])
  func bytesAreTheSameOnEveryMachine(_ degradation: Degradation, _ dpi: Int, _ expected: String)
    throws
  {
    let page = try form().resampled(toDPI: dpi)
    let degraded = degradation.applied(to: page, dpi: dpi, seed: 42, pageID: "fictional-1")
    #expect(hash(degraded) == expected)
    #expect(degraded.dpi == Double(dpi))
  }

  @Test func seedPageAndKindDecideWhatIsDrawn() {
    let page = form()
    func scan(_ seed: UInt64, _ id: String) -> PageImage {
      Degradation.scan.applied(to: page, dpi: 100, seed: seed, pageID: id)
    }
    #expect(scan(1, "a") == scan(1, "a"))
    #expect(scan(1, "a") != scan(2, "a"))
    #expect(scan(1, "a") != scan(1, "b"))
  }

  @Test func cleanChangesNothingAndTheOthersKeepTheSize() {
    for color in [PageImage.ColorModel.grey, .rgb] {
      let page = form(color)
      for degradation in Degradation.allCases {
        let degraded = degradation.applied(to: page, dpi: 100, seed: 3, pageID: "p")
        #expect(degraded.width == page.width && degraded.height == page.height)
        switch degradation {
        case .clean: #expect(degraded == page)
        case .scan: #expect(degraded.color == color)
        case .fax: #expect(degraded.color == .grey)
        case .photo: #expect(degraded.color == .rgb)
        }
      }
    }
  }

  @Test func harmGrowsFromCleanToScanToPhotoAndFax() {
    // A ramp of greys, so that harm is what happens to levels and not where the page lies.
    func ramp(_ color: PageImage.ColorModel) -> PageImage {
      let levels = (0..<300).flatMap { row in
        [UInt8](repeating: UInt8(40 + row * 2 / 3), count: 200 * color.rawValue)
      }
      return PageImage(width: 200, height: 300, color: color, samples: levels)
    }
    var harm: [Degradation: Double] = [:]
    for seed in 0..<12 as Range<UInt64> {
      for degradation in Degradation.allCases {
        let degraded = degradation.applied(to: ramp(.grey), dpi: 100, seed: seed, pageID: "p")
        harm[degradation, default: 0] += error(degraded, ramp(degraded.color)) / 12
      }
    }
    #expect(harm[.clean] == 0)
    #expect(harm[.scan]! > 20)
    #expect(harm[.photo]! > 2 * harm[.scan]!)
    #expect(harm[.fax]! > 2 * harm[.photo]!)
  }

  @Test func faxIsBlackAndWhiteAtItsOwnResolutionAndAbove() throws {
    let page = try form().resampled(toDPI: 300)
    let fax = Degradation.fax.applied(to: page, dpi: 300, seed: 1, pageID: "p")
    #expect(fax.samples.allSatisfy { $0 == 0 || $0 == 255 })
  }

  @Test func skewIsTheSameAtEveryDPI() throws {
    // The page at twice the DPI, halved, lies where the page at once the DPI lies: no farther
    // off than another page's skew puts it.
    let page = form()
    let degraded = Degradation.scan.applied(to: page, dpi: 100, seed: 9, pageID: "p")
    let twice = try Degradation.scan.applied(
      to: page.resampled(toDPI: 200), dpi: 200, seed: 9, pageID: "p")
    let other = Degradation.scan.applied(to: page, dpi: 100, seed: 10, pageID: "p")
    let halved = try twice.resampled(width: page.width, height: page.height)
    #expect(error(degraded, halved) < 150)
    #expect(error(degraded, other) > 2 * error(degraded, halved))
  }

  @Test func anyPageAtAnyDPIIsDegradedWithoutATrap() {
    // Enough seeds that each mark is drawn, on pages smaller than the mark too.
    for (width, height) in [(1, 1), (1, 60), (60, 1), (7, 9), (8, 8), (17, 16)] {
      for color in [PageImage.ColorModel.grey, .rgb] {
        let page = PageImage(width: width, height: height, color: color, filledWith: 180)
        for dpi in [10, 72, 300, 301, 1200] {
          for seed in 0..<12 as Range<UInt64> {
            for degradation in Degradation.allCases {
              let degraded = degradation.applied(to: page, dpi: dpi, seed: seed, pageID: "tiny")
              #expect(degraded.width == width && degraded.height == height)
            }
          }
        }
      }
    }
  }

  @Test func blockCompressionLosesLittleAtFullQualityAndMoreBelow() {
    var random = SeededRandom(seed: 11)
    // Not a multiple of 8 on either side.
    let page = PageImage(
      width: 61, height: 43, color: .grey,
      samples: (0..<61 * 43).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    #expect(largestDifference(page.compressed(quality: 100).samples, page.samples) <= 2)
    let high = error(page.compressed(quality: 90), page)
    let low = error(page.compressed(quality: 30), page)
    #expect(high > 5 && low > 4 * high)
    let flat = PageImage(width: 20, height: 20, color: .rgb, filledWith: 77)
    #expect(largestDifference(flat.compressed(quality: 75).samples, flat.samples) <= 1)
  }

  @Test func blurHasTheVarianceAskedFor() {
    for sigma in [0.5, 1.0, 2.5] {
      var page = PageImage(width: 61, height: 1, color: .grey, filledWith: 0)
      page.samples[30] = 255
      let row = page.blurred(sigma: sigma).samples.map(Double.init)
      let total = row.reduce(0, +)
      let variance = row.enumerated().reduce(0) { sum, sample in
        let distance = Double(sample.offset) - 30
        return sum + sample.element * distance * distance
      }
      #expect(abs(total - 255) <= 5)
      #expect(abs(variance / total - sigma * sigma) < 0.12 * sigma * sigma + 0.03)
    }
  }
}
