/// How many pixels a metre holds (PNG's pHYs chunk), as dots per inch.
public struct PhysicalDensity: Sendable, Equatable {
  /// Dots per inch across and down.
  public let x: Double
  public let y: Double

  /// Square pixels: across and down differ by less than 1 %.
  public var isEven: Bool { (x - y).magnitude < 0.01 * max(x, y) }

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// nil where the chunk names no unit (an aspect ratio only) or no density.
  init?(_ bytes: [UInt8], _ chunk: PNGChunks.Chunk, name: String) throws(PNGError) {
    let start = chunk.data.lowerBound
    // A wrong density would silently judge the page at the wrong DPI, so damage here is an error
    // although the chunk is ancillary.
    func damaged(_ problem: String) -> PNGError {
      PNGError(
        name: name, reason: .damaged(chunk: "pHYs", offset: chunk.offset, problem: problem))
    }
    guard chunk.data.count == 9 else { throw damaged("has \(chunk.data.count) bytes, not 9") }
    guard
      PNGChecksum.crc32(bytes[start - 4..<chunk.data.upperBound])
        == bytes.bigEndian(at: chunk.data.upperBound)
    else { throw damaged("the checksum does not match") }
    let across = bytes.bigEndian(at: start)
    let down = bytes.bigEndian(at: start + 4)
    guard bytes[start + 8] == 1, across > 0, down > 0 else { return nil }
    self.init(
      x: PhysicalDensity.dpi(pixelsPerMetre: across), y: PhysicalDensity.dpi(pixelsPerMetre: down))
  }

  /// Whole pixels a metre cannot hold 300 DPI (11811.02); a density within one of what a whole DPI
  /// gives is that DPI.
  static func dpi(pixelsPerMetre: UInt32) -> Double {
    let dpi = Double(pixelsPerMetre) * 0.0254
    let whole = dpi.rounded()
    return (whole / 0.0254 - Double(pixelsPerMetre)).magnitude <= 1 ? whole : dpi
  }

  /// The chunk for square pixels, ready to stand after IHDR.
  static func chunk(dpi: Double) -> [UInt8] {
    let pixelsPerMetre = UInt32(min(max((dpi / 0.0254).rounded(), 1), 0x7fff_ffff))
    var chunk: [UInt8] = [0, 0, 0, 9]
    chunk.append(bigEndian: PNGChunks.phys)
    chunk.append(bigEndian: pixelsPerMetre)
    chunk.append(bigEndian: pixelsPerMetre)
    chunk.append(1)
    chunk.append(bigEndian: PNGChecksum.crc32(chunk[4...]))
    return chunk
  }
}
