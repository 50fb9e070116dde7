import Boundary
import Foundation
import PageImaging
import Testing

struct PageLoadingTests {
  private func withPage<Result>(dpi: Double?, _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "page.png").path()
      let page = PageImage(width: 60, height: 90, color: .grey, filledWith: 200, dpi: dpi)
      try AtomicFile.write(page.pngData(), to: path)
      return try body(path)
    }
  }

  @Test func pageComesAtTheSetDPI() throws {
    try withPage(dpi: 300) { path in
      let half = try LoadedPage(path: path, setDPI: 150, seed: 1, pageID: "p")
      #expect(half.image.width == 30 && half.image.height == 45)
      #expect(half.image.dpi == 150 && half.sourceDPI == 300 && !half.isUpsampled)
      let same = try LoadedPage(
        path: path, setDPI: 300, degradation: .clean, seed: 1, pageID: "p")
      #expect(same.image.samples.allSatisfy { $0 == 200 } && !same.isUpsampled)
      #expect(try LoadedPage(path: path, setDPI: 301, seed: 1, pageID: "p").isUpsampled)
    }
  }

  @Test func sourceDPIOfTheCallerGoesBeforeTheFiles() throws {
    try withPage(dpi: 300) { path in
      let page = try LoadedPage(path: path, setDPI: 150, sourceDPI: 150, seed: 1, pageID: "p")
      #expect(page.image.width == 60 && page.sourceDPI == 150)
    }
  }

  @Test func unknownOrImpossibleDPIIsATypedError() throws {
    func description(_ path: String, _ setDPI: Int, _ sourceDPI: Double?) -> String? {
      let error = #expect(throws: PageLoadingError.self) {
        try LoadedPage(path: path, setDPI: setDPI, sourceDPI: sourceDPI, seed: 1, pageID: "p")
      }
      return error?.description.components(separatedBy: "page.png: ").last
    }
    try withPage(dpi: nil) { path in
      #expect(
        description(path, 150, nil)
          == "the page names no DPI (PNG chunk pHYs); give it with --source-dpi")
      for (set, source, shown) in [
        (0, 300, "0"), (-5, 300, "-5"), (1201, 300, "1201"), (150, 2, "2"),
        (150, 1e9, "1000000000"),
      ] {
        #expect(
          description(path, set, source)
            == "\(shown) DPI is outside 10...1200; set a DPI within it")
      }
      #expect(description(path, 150, .nan) == "nan DPI is outside 10...1200; set a DPI within it")
    }
    try withTemporaryFolder { folder in
      #expect(description(folder.path() + "page.png", 0, 300)?.contains("no such file") == true)
    }
  }

  @Test func headerIsReadWithoutPixels() throws {
    try withPage(dpi: 72) { path in
      let header = try PNGHeader(pngFile: path)
      #expect(header.width == 60 && header.height == 90 && header.bitDepth == 8)
      #expect(header.colorType == .grey && !header.isInterlaced)
      #expect(try header.dpi(name: path) == 72 && header.dpi(given: 99, name: path) == 99)
    }
  }
}
