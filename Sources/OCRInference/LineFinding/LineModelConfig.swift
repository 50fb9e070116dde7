import Boundary

/// `medbench.json` of a checkpoint that reads text lines: how a page's lines become its images.
///
/// ```json
/// {"input": "line", "strip_height": 32, "ink_height": 24, "max_width": 896, "gap": 0.5, "batch": 64}
/// ```
public struct LineModelConfig: Sendable, Equatable {
  /// Height of every strip in pixels; a multiple of the model's factor.
  public var stripHeight = 32
  /// What the ink of a line of usual height is scaled to, in pixels.
  public var inkHeight = 24
  /// Widest strip; a longer line is cut at a gap. Widths are multiples of the model's factor.
  public var maxWidth = 896
  /// Gaps wider than this share of the ink's height, between cells of a row, are narrowed to it.
  public var gap = 0.5
  /// Strips that are read at once.
  public var batch = 64

  public init() {}

  /// Nil where the file says `"input": "page"` or does not say.
  public init?(config: ConfigFile, factor: Int) throws(ConfigError) {
    switch try config.string("input", missing: "page") {
    case "line": break
    case "page": return nil
    default: throw config.error("input", "is neither \"line\" nor \"page\"")
    }
    stripHeight = try config.int("strip_height", in: factor...1024, missing: 32)
    guard stripHeight % factor == 0 else {
      throw config.error("strip_height", "is no multiple of the model's factor, \(factor)")
    }
    inkHeight = try config.int("ink_height", in: 1...stripHeight, missing: stripHeight * 3 / 4)
    maxWidth = try config.int("max_width", in: 2 * factor...32_768, missing: 896)
    gap = try config.number("gap", in: 0...100, missing: 0.5)
    batch = try config.int("batch", in: 1...1024, missing: 64)
  }
}
