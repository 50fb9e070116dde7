/// What a PNG may ask for before it is refused, checked before any pixel memory is taken. Reading
/// holds at most 11 bytes a pixel (16-bit RGBA beside its 8-bit page) and the file twice.
public struct PNGLimits: Sendable, Equatable {
  /// Width x height. An A3 page at 600 DPI has 70 megapixels.
  public var pixels: Int
  /// The longer side in pixels.
  public var side: Int
  public var fileBytes: Int

  public init(pixels: Int = 100_000_000, side: Int = 100_000, fileBytes: Int = 256 << 20) {
    self.pixels = pixels
    self.side = side
    self.fileBytes = fileBytes
  }

  /// 100 megapixels, 100,000 pixels a side, 256 MiB.
  public static let `default` = PNGLimits()
}
