import Foundation
import PageImaging
import Testing

struct PNGEncodingTests {
  private func noise(_ width: Int, _ height: Int, _ color: PageImage.ColorModel) -> PageImage {
    var random = SeededRandom(seed: 5)
    return PageImage(
      width: width, height: height, color: color,
      samples: (0..<width * height * color.rawValue).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }, dpi: 300)
  }

  @Test(arguments: [PNGCompression.small, .fast])
  func pagesComeBackAsTheyWere(_ compression: PNGCompression) throws {
    for color in [PageImage.ColorModel.grey, .rgb] {
      for (width, height) in [(1, 1), (7, 3), (64, 129)] {
        let page = noise(width, height, color)
        let bytes = try page.pngData(compression: compression)
        #expect(try PageImage(png: bytes, name: "page") == page)
        #expect(try page.pngData(compression: compression) == bytes)
      }
    }
  }

  @Test func pageWithoutDPIHasNoDensityChunk() throws {
    var page = noise(4, 4, .grey)
    page.dpi = nil
    #expect(try PageImage(png: page.pngData(), name: "page").dpi == nil)
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (16, 4), (17, 8), (256, 8)])
  func paletteDecidesTheBitsAPixel(_ colors: Int, _ bits: UInt8) throws {
    let palette = (0..<colors).map { index -> IndexedPageImage.Color in
      (red: UInt8(index), green: UInt8(255 - index), blue: UInt8(index / 2))
    }
    let indices = (0..<297).map { index in UInt8(index * 7 % colors) }
    let page = IndexedPageImage(
      width: 33, height: 9, indices: indices, palette: palette, dpi: 300)
    let bytes = try page.pngData()
    #expect(bytes[24] == bits && bytes[25] == 3)  // IHDR's depth and colour type
    let read = try PageImage(png: bytes, name: "page")
    #expect(read.dpi == 300)
    let expected = indices.flatMap { index -> [UInt8] in
      let color = palette[Int(index)]
      return [color.red, color.green, color.blue]
    }
    #expect(read.samples == expected)
  }

  @Test func paletteOfGreysIsReadAsAGreyPage() throws {
    let page = IndexedPageImage(
      width: 2, height: 1, indices: [1, 0], palette: [(0, 0, 0), (200, 200, 200)])
    let read = try PageImage(png: page.pngData(), name: "page")
    #expect(read == PageImage(width: 2, height: 1, color: .grey, samples: [200, 0]))
  }

  @Test func everyWholeDPIComesBackExactly() throws {
    var page = PageImage(width: 1, height: 1, color: .grey, filledWith: 9)
    for dpi in 10...1200 {
      page.dpi = Double(dpi)
      #expect(try PageImage(png: page.pngData(compression: .fast), name: "page").dpi == page.dpi)
    }
  }

  @Test func densityThatDiffersAcrossAndDownIsRefusedUnlessTheCallerSays() throws {
    let page = try PageImage(width: 1, height: 1, color: .grey, filledWith: 9).pngData()
    // A standard fax: 204 x 98.
    let density = chunk("pHYs", bigEndian(8031) + bigEndian(3858) + [1])
    let fax = Array(page[..<33]) + density + Array(page[33...])
    let error = #expect(throws: PNGError.self) { try PageImage(png: fax, name: "fax.png") }
    #expect(
      error?.description
        == "fax.png: pHYs: 204 DPI across but 98 down; save the page with square pixels, "
        + "or give its DPI with --source-dpi")
    #expect(try PageImage(png: fax, name: "fax.png", sourceDPI: 200).dpi == 200)

    var broken = fax
    broken[41] ^= 1
    let damage = #expect(throws: PNGError.self) {
      try PageImage(png: broken, name: "fax.png")
    }
    #expect(damage?.description.contains("byte 33, chunk pHYs: the checksum") == true)
  }
}
