import Foundation
import PageImaging
import Testing

/// Files that lie. Each must end in a typed error of one line, without its pixels' memory.
struct HostilePNGTests {
  private let small = goldenFolder.appending(path: "png/rgba8-interlaced.png")

  private func error(_ bytes: [UInt8], limits: PNGLimits = .default) -> PNGError? {
    #expect(throws: PNGError.self) {
      try PageImage(png: bytes, name: "page.png", limits: limits)
    }
  }

  @Test func pixelBombIsRefusedBeforeItsMemoryIsTaken() {
    var bytes = signature
    bytes += chunk("IHDR", bigEndian(60000) + bigEndian(60000) + [8, 2, 0, 0, 0])
    bytes += chunk("IDAT", [0x78, 0x9c]) + chunk("IEND", [])
    #expect(
      error(bytes)?.description
        == "page.png: IHDR: 60000x60000 pixels are more than the limit of 100 megapixels; "
        + "save the page at a lower DPI")
  }

  @Test func headerOfImpossibleSizeIsRefused() {
    for (width, height) in [(0, 5), (5, 0), (0xffff_ffff, 1), (1, 0x8000_0000)] {
      var bytes = signature
      bytes += chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0])
      bytes += chunk("IDAT", []) + chunk("IEND", [])
      #expect(error(bytes)?.description.contains("are not a page") == true)
    }
    var long = signature
    long += chunk("IHDR", bigEndian(200_000) + bigEndian(1) + [8, 0, 0, 0, 0])
    #expect(
      error(long)?.reason == .sideTooLong(width: 200_000, height: 1, limit: 100_000))
  }

  @Test func depthThatDoesNotGoWithItsColourTypeIsRefused() {
    for (depth, type) in [(3, 0), (16, 3), (4, 2), (1, 6), (8, 1), (8, 7), (0, 0), (32, 2)] {
      var bytes = signature
      bytes += chunk("IHDR", bigEndian(4) + bigEndian(4) + [UInt8(depth), UInt8(type), 0, 0, 0])
      bytes += chunk("IDAT", []) + chunk("IEND", [])
      #expect(error(bytes)?.description.contains("chunk IHDR") == true)
    }
  }

  @Test func fileCutOffAnywhereIsAnError() throws {
    let whole = try Array(Data(contentsOf: small))
    for length in 0..<whole.count {
      let reason = error(Array(whole[..<length]))?.reason
      if length == 0 { #expect(reason == .empty) }
    }
    #expect(
      error(Array(whole.dropLast(5)))?.description
        == "page.png: byte \(whole.count - 12), chunk IEND: the file ends early, after "
        + "\(whole.count - 5) bytes; copy or export the page again")
  }

  @Test func anyFlippedBitsGiveAPageOrATypedError() throws {
    var random = SeededRandom(seed: 7)
    let names = ["grey16-interlaced", "palette4-transparent", "rgb8", "grey1", "grey8-300dpi"]
    var errors = 0
    for name in names {
      let whole = try Array(Data(contentsOf: goldenFolder.appending(path: "png/\(name).png")))
      for _ in 0..<500 {
        var bytes = whole
        for _ in 0...random.next() % 3 {
          bytes[Int(random.next() % UInt64(bytes.count))] ^= 1 << UInt8(random.next() % 8)
        }
        do throws(PNGError) {
          let page = try PageImage(png: bytes, name: name)
          #expect(page.width * page.height < 1_000_000)
        } catch {
          errors += 1
          #expect(!error.description.contains("\n"))
        }
      }
    }
    // Most of a PNG is covered by checksums.
    #expect(errors > 1500)
  }

  @Test func brokenChecksumIsNamedWithItsPlace() throws {
    var bytes = try Array(Data(contentsOf: goldenFolder.appending(path: "png/grey8.png")))
    let pixels = 8 + 25
    bytes[pixels + 12] ^= 0x40
    #expect(
      error(bytes)?.description
        == "page.png: byte 33, chunk IDAT: the checksum does not match; "
        + "copy or export the page again")
  }

  @Test func unknownCriticalChunkIsRefusedAndAncillaryOnesNeverInflated() throws {
    let page = try Array(Data(contentsOf: goldenFolder.appending(path: "png/grey8.png")))
    func with(_ extra: [UInt8]) -> [UInt8] { Array(page[..<33]) + extra + Array(page[33...]) }
    #expect(
      error(with(chunk("ABCD", [1])))?.description
        == "page.png: byte 33, chunk ABCD: is not a chunk that PNG defines; "
        + "copy or export the page again")
    // A text bomb, a profile that is none, a thousand of them: all passed over.
    let text = chunk("zTXt", Array("k\0\0".utf8) + [UInt8](repeating: 0x78, count: 5000))
    let profile = chunk("iCCP", Array("p\0\0".utf8) + [UInt8](repeating: 0xff, count: 5000))
    let bombs = Array(repeatElement(text + profile, count: 1000).joined())
    let read = try PageImage(png: with(bombs), name: "page.png")
    #expect(try read == PageImage(png: page, name: "page.png"))
  }

  @Test func paletteIndexBeyondThePaletteIsNoCrash() throws {
    // One colour, and pixels that name others.
    var bytes = signature
    bytes += chunk("IHDR", bigEndian(2) + bigEndian(1) + [8, 3, 0, 0, 0])
    bytes += chunk("PLTE", [10, 20, 30])
    // zlib, stored: filter 0, indices 0 and 200.
    bytes += chunk("IDAT", [0x78, 0x01, 1, 3, 0, 0xfc, 0xff, 0, 0, 200, 0x01, 0x92, 0x00, 0xca])
    bytes += chunk("IEND", [])
    _ = try? PageImage(png: bytes, name: "page.png")
  }

  @Test func whatIsNoFileOrNoPNGSaysSo() throws {
    try withTemporaryFolder { folder in
      func description(_ name: String, limits: PNGLimits = .default) -> String? {
        let path = folder.path() + name
        let error = #expect(throws: PNGError.self) {
          try PageImage(pngFile: path, limits: limits)
        }
        return error?.description.replacing(folder.path(), with: "")
      }
      #expect(description("gone.png") == "gone.png: no such file; check the path")
      #expect(description("") == ": is not a regular file; give the path of a file")
      let pipe = folder.path() + "pipe.png"
      #expect(mkfifo(pipe, 0o600) == 0)
      #expect(
        description("pipe.png") == "pipe.png: is not a regular file; give the path of a file")
      try Data().write(to: folder.appending(path: "empty.png"))
      #expect(description("empty.png") == "empty.png: is empty; copy or export the page again")
      try Data("GIF89a, not PNG".utf8).write(to: folder.appending(path: "a\nb.png"))
      #expect(
        description("a\nb.png")
          == "a\\u{a}b.png: byte 0: is not a PNG; convert the page to PNG first")
      #expect(
        description("a\nb.png", limits: PNGLimits(fileBytes: 4))
          == "a\\u{a}b.png: has 15 bytes, more than the limit of 4; make it smaller")
    }
  }
}

let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

func bigEndian(_ value: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// A chunk with its checksum, computed bit by bit.
func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
  let body = Array(type.utf8) + data
  var crc: UInt32 = 0xffff_ffff
  for byte in body {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? 0xedb8_8320 ^ (crc >> 1) : crc >> 1 }
  }
  return bigEndian(data.count) + body + bigEndian(Int(~crc))
}
