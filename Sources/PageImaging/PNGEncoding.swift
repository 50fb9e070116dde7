import CPNG

/// How much time to spend on a smaller file. The pixels are the same.
public enum PNGCompression: Sendable {
  case small
  case fast
}

extension PageImage {
  /// The page as an 8-bit grey or RGB PNG, with pHYs where `dpi` is set. Same page, same bytes.
  public func pngData(compression: PNGCompression = .small) throws(PNGError) -> [UInt8] {
    try encodePNG(
      width: width, height: height,
      format: color == .rgb ? UInt32(PNG_FORMAT_FLAG_COLOR) : 0, pixels: samples, palette: [],
      dpi: dpi, compression: compression)
  }
}

/// A page of few colours, as an index into a palette for each pixel: a small file.
public struct IndexedPageImage: Sendable {
  public typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  public let width: Int
  public let height: Int
  /// `[height, width]`, each below `palette.count`.
  public let indices: [UInt8]
  /// 1 to 256 colours; up to 16 make 4 bits a pixel, up to 4 two, up to 2 one.
  public let palette: [Color]
  public let dpi: Double?

  public init(width: Int, height: Int, indices: [UInt8], palette: [Color], dpi: Double? = nil) {
    precondition(width > 0 && height > 0 && indices.count == width * height)
    precondition((1...256).contains(palette.count))
    precondition(indices.allSatisfy { $0 < palette.count })
    self.width = width
    self.height = height
    self.indices = indices
    self.palette = palette
    self.dpi = dpi
  }

  /// The page as a palette PNG, with pHYs where `dpi` is set. Same page, same bytes.
  public func pngData(compression: PNGCompression = .small) throws(PNGError) -> [UInt8] {
    if compression == .small { return try highlyCompressedPNG() }
    return try encodePNG(
      width: width, height: height,
      format: UInt32(PNG_FORMAT_FLAG_COLORMAP | PNG_FORMAT_FLAG_COLOR), pixels: indices,
      palette: palette.flatMap { [$0.red, $0.green, $0.blue] }, dpi: dpi, compression: compression)
  }
}

private func encodePNG(
  width: Int, height: Int, format: UInt32, pixels: [UInt8], palette: [UInt8], dpi: Double?,
  compression: PNGCompression
) throws(PNGError) -> [UInt8] {
  var image = png_image()
  image.version = UInt32(PNG_IMAGE_VERSION)
  image.width = UInt32(width)
  image.height = UInt32(height)
  image.format = format
  image.colormap_entries = UInt32(palette.count / 3)
  if compression == .fast { image.flags |= UInt32(PNG_IMAGE_FLAG_FAST) }
  defer { png_image_free(&image) }

  let raw = pixels.count + height
  // PNG_IMAGE_PNG_SIZE_MAX, which Swift does not import: zlib's worst case and the other chunks.
  let capacity = raw + (raw + 7) >> 3 + (raw + 63) >> 6 + palette.count + 1024
  var isWritten = false
  var bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    var size = capacity
    isWritten =
      png_image_write_to_memory(&image, buffer.baseAddress, &size, 0, pixels, 0, palette) != 0
    count = isWritten ? size : 0
  }
  guard isWritten else {
    throw PNGError(name: "\(width)x\(height) page", reason: .unwritable(image.text))
  }
  if let dpi {
    let endOfHeader = PNGChunks.signature.count + 25
    bytes.insert(contentsOf: PhysicalDensity.chunk(dpi: dpi), at: endOfHeader)
  }
  return bytes
}
