import Datasets
import PageImaging

/// A picture for a report: fifteen greys and one red, which frames what it is about. Enough of a
/// scan for a reader, in a fifth of the bytes.
struct FramedPicture {
  private let picture: IndexedPageImage

  private static let greys = 15
  private static let red = (red: UInt8(0xD0), green: UInt8(0x21), blue: UInt8(0x2B))

  /// - Parameters:
  ///   - frames: in the image's pixels; they may reach beyond it.
  ///   - width: of the picture. A small image is enlarged, at most fourfold.
  init(_ image: PageImage, frames: [PixelBox], width: Int) throws {
    let scale = min(Double(width) / Double(image.width), 4)
    let resampled = try image.resampled(
      width: max(1, Int((Double(image.width) * scale).rounded())),
      height: max(1, Int((Double(image.height) * scale).rounded())))
    var indices = resampled.greyIndices(of: Self.greys)
    for frame in frames {
      Self.draw(
        frame.scaled(scale), on: &indices, width: resampled.width, height: resampled.height)
    }
    let levels = (0..<Self.greys).map { UInt8($0 * 255 / (Self.greys - 1)) }
    picture = IndexedPageImage(
      width: resampled.width, height: resampled.height, indices: indices,
      palette: levels.map { (red: $0, green: $0, blue: $0) } + [Self.red])
  }

  func pngData() throws -> [UInt8] { try picture.pngData() }

  private static let thickness = 3

  private static func draw(_ frame: PixelBox, on indices: inout [UInt8], width: Int, height: Int) {
    let (left, right) = (frame.x, frame.x + frame.width)
    let (top, bottom) = (frame.y, frame.y + frame.height)
    func fill(_ columns: Range<Int>, _ rows: Range<Int>) {
      for y in rows.clamped(to: 0..<height) {
        for x in columns.clamped(to: 0..<width) { indices[y * width + x] = UInt8(greys) }
      }
    }
    let outer = left - thickness..<right + thickness
    fill(outer, top - thickness..<top)
    fill(outer, bottom..<bottom + thickness)
    fill(left - thickness..<left, top..<bottom)
    fill(right..<right + thickness, top..<bottom)
  }
}

extension PixelBox {
  fileprivate func scaled(_ scale: Double) -> PixelBox {
    func at(_ place: Int) -> Int { Int((Double(place) * scale).rounded()) }
    return PixelBox(
      x: at(x), y: at(y), width: at(x + width) - at(x), height: at(y + height) - at(y))
  }
}

extension PageImage {
  /// Each pixel's grey, of so many from black to white.
  fileprivate func greyIndices(of levels: Int) -> [UInt8] {
    (0..<width * height).map { pixel in
      let luma: Int
      if color == .grey {
        luma = Int(samples[pixel])
      } else {
        // ITU-R BT.601, in parts of 256.
        luma =
          (77 * Int(samples[3 * pixel]) + 150 * Int(samples[3 * pixel + 1])
            + 29 * Int(samples[3 * pixel + 2])) >> 8
      }
      return UInt8((luma * (levels - 1) + 127) / 255)
    }
  }
}
