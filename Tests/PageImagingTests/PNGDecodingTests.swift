import Foundation
import PageImaging
import Testing

struct PNGDecodingTests {
  struct Suite: Decodable {
    struct Page: Decodable {
      let channels: Int
      let dpi: Double?
      let samples: String
    }
    let width: Int
    let height: Int
    let pages: [String: Page]
  }

  @Test func everyColourTypeDepthAndInterlaceIsReadAsPillowReadsIt() throws {
    let suite = try golden("png/expected.json", as: Suite.self)
    #expect(suite.pages.count == 40)
    for (name, expected) in suite.pages {
      let page = try PageImage(pngFile: goldenFolder.appending(path: "png/\(name).png").path())
      #expect(page.width == suite.width && page.height == suite.height, "\(name)")
      #expect(page.channels == expected.channels, "\(name)")
      #expect(page.dpi == expected.dpi, "\(name)")
      #expect(page.samples == bytes(hex: expected.samples), "\(name)")
    }
  }
}
