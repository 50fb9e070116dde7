/// The size Qwen2-VL resizes a page to: `smart_resize` of the published processor
/// (transformers, `image_processing_qwen2_vl.py`).
public enum SmartResize {
  /// Both sides become multiples of `config.factor` (rounded half to even), the pixels come within
  /// `config.minPixels...config.maxPixels`, and the shape is kept as nearly as that allows.
  ///
  /// A side that would round to 0 (at most half a factor) becomes one factor first, as in Qwen's
  /// own qwen-vl-utils; transformers goes on with 0 and lands on another size for such slivers.
  /// Where one side cannot shrink below a factor the pixels can stay above the maximum, as there.
  ///
  /// - Parameters: sides in pixels, at least 1.
  /// - Throws: `.tooNarrow` where the longer side is more than 200 times the shorter.
  public static func size(
    width: Int, height: Int, config: PreprocessorConfig = .qwen2VL
  ) throws(ImageTokenError) -> (width: Int, height: Int) {
    precondition(width > 0 && height > 0)
    guard Double(max(width, height)) / Double(min(width, height)) <= 200 else {
      throw .tooNarrow(width: width, height: height)
    }
    let factor = Double(config.factor)
    let sides = (width: Double(width), height: Double(height))
    func rounded(_ side: Double) -> Double {
      max(factor, (side / factor).rounded(.toNearestOrEven) * factor)
    }

    var resized = (width: rounded(sides.width), height: rounded(sides.height))
    let pixels = resized.width * resized.height
    if pixels > Double(config.maxPixels) {
      let beta = (sides.height * sides.width / Double(config.maxPixels)).squareRoot()
      func shrunk(_ side: Double) -> Double {
        max(factor, (side / beta / factor).rounded(.down) * factor)
      }
      resized = (shrunk(sides.width), shrunk(sides.height))
    } else if pixels < Double(config.minPixels) {
      let beta = (Double(config.minPixels) / (sides.height * sides.width)).squareRoot()
      func grown(_ side: Double) -> Double { (side * beta / factor).rounded(.up) * factor }
      resized = (grown(sides.width), grown(sides.height))
    }
    return (Int(resized.width), Int(resized.height))
  }
}

/// A page that no image tokens can be made of.
public enum ImageTokenError: Error, Equatable, Sendable, CustomStringConvertible {
  case tooNarrow(width: Int, height: Int)
  case notDivisible(width: Int, height: Int, factor: Int)

  public var description: String {
    switch self {
    case .tooNarrow(let width, let height):
      "\(width)x\(height) pixels: one side is more than 200 times the other; crop the page"
    case .notDivisible(let width, let height, let factor):
      "\(width)x\(height) pixels: the model resizes nothing and takes sides that divide by \(factor)"
    }
  }
}
