/// A page as pixels: 8-bit sRGB, grey or colour, rows from the top, no padding.
public struct PageImage: Sendable, Equatable {
  public enum ColorModel: Int, Sendable {
    case grey = 1
    case rgb = 3
  }

  public let width: Int
  public let height: Int
  public let color: ColorModel
  /// `[height, width, channels]`, one byte a sample.
  public var samples: [UInt8]
  /// Dots per inch, as the file says or the caller does; nil where nobody does.
  public var dpi: Double?

  public var channels: Int { color.rawValue }

  public init(width: Int, height: Int, color: ColorModel, samples: [UInt8], dpi: Double? = nil) {
    precondition(width > 0 && height > 0 && samples.count == width * height * color.rawValue)
    self.width = width
    self.height = height
    self.color = color
    self.samples = samples
    self.dpi = dpi
  }

  /// A page of one grey level or colour.
  public init(
    width: Int, height: Int, color: ColorModel, filledWith level: UInt8, dpi: Double? = nil
  ) {
    self.init(
      width: width, height: height, color: color,
      samples: [UInt8](repeating: level, count: width * height * color.rawValue), dpi: dpi)
  }
}
