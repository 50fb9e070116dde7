extension PageImage {
  /// The page at another size by antialiased bicubic interpolation, level for level as Pillow's
  /// `Image.resize(size, Image.BICUBIC)` gives it (`libImaging/Resample.c`, 8 bits a channel),
  /// rows before columns. `dpi` is kept as it is.
  ///
  /// - Throws: `ResamplingError.tooManyPixels` above `PNGLimits.default`, and `.noPixels` for a
  ///   side below 1.
  public func resampled(width newWidth: Int, height newHeight: Int) throws(ResamplingError)
    -> PageImage
  {
    guard newWidth > 0, newHeight > 0 else {
      throw .noPixels(width: newWidth, height: newHeight)
    }
    try Self.checkLimits(width: newWidth, height: newHeight, from: height)
    var samples = samples
    if newWidth != width {
      samples = FilterTaps.bicubic(from: width, to: newWidth)
        .appliedAcross(samples, width: width, height: height, channels: channels)
    }
    if newHeight != height {
      samples = FilterTaps.bicubic(from: height, to: newHeight)
        .appliedDown(samples, rowBytes: newWidth * channels)
    }
    return PageImage(width: newWidth, height: newHeight, color: color, samples: samples, dpi: dpi)
  }

  /// The page after the pass along rows must fit too, and weights are held a side at a time.
  private static func checkLimits(
    width: Int, height: Int, from oldHeight: Int
  ) throws(ResamplingError) {
    let limits = PNGLimits.default
    guard max(width, height) <= limits.side, width * max(height, oldHeight) <= limits.pixels
    else { throw .tooManyPixels(width: width, height: height, limit: limits.pixels) }
  }

  /// The page at a set DPI: each side is max(1, round(side * newDPI / dpi)), and `dpi` is `newDPI`.
  ///
  /// - Throws: `ResamplingError.unknownDPI` where `dpi` is nil, `.dpiOutOfRange` where either is
  ///   outside `ResamplingError.dpiRange`, `.tooManyPixels` where the page would be too large.
  public func resampled(toDPI newDPI: Int) throws(ResamplingError) -> PageImage {
    guard let dpi else { throw .unknownDPI }
    let size = try PageImage.size(width: width, height: height, from: dpi, to: newDPI)
    var page = try resampled(width: size.width, height: size.height)
    page.dpi = Double(newDPI)
    return page
  }

  /// The size of `resampled(toDPI:)`, without the pixels.
  public static func size(
    width: Int, height: Int, from dpi: Double, to newDPI: Int
  ) throws(ResamplingError) -> (width: Int, height: Int) {
    for value in [Double(newDPI), dpi] where !ResamplingError.dpiRange.contains(value) {
      throw .dpiOutOfRange(value)
    }
    let scale = Double(newDPI) / dpi
    func scaled(_ side: Int) -> Int { max(1, Int((Double(side) * scale).rounded())) }
    let size = (width: scaled(width), height: scaled(height))
    try checkLimits(width: size.width, height: size.height, from: height)
    return size
  }
}

/// A size or DPI that a page cannot be brought to.
public enum ResamplingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a page's DPI and a set DPI may be.
  public static let dpiRange: ClosedRange<Double> = 10...1200

  case noPixels(width: Int, height: Int)
  case tooManyPixels(width: Int, height: Int, limit: Int)
  case dpiOutOfRange(Double)
  case unknownDPI

  public var description: String {
    switch self {
    case .noPixels(let width, let height):
      "a page of \(width)x\(height) pixels cannot be made; give sides of at least 1"
    case .tooManyPixels(let width, let height, let limit):
      "\(width)x\(height) pixels are more than the limit of \(limit / 1_000_000) megapixels; "
        + "set a lower DPI"
    case .dpiOutOfRange(let dpi):
      "\(decimal(dpi)) DPI is outside \(decimal(Self.dpiRange.lowerBound))..."
        + "\(decimal(Self.dpiRange.upperBound)); set a DPI within it"
    case .unknownDPI:
      "the page names no DPI (PNG chunk pHYs); give it with --source-dpi"
    }
  }
}
