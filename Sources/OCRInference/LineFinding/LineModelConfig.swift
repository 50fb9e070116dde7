import Boundary

/// `medbench.json` of a checkpoint that reads text lines: how a page's lines become its images.
public struct LineModelConfig: Sendable, Equatable {
  public init() {}

  /// Height of every strip in pixels.
  public var stripHeight = 32
  /// What the ink of a line of usual height is scaled to, in pixels.
  public var inkHeight = 24
  /// Widest strip; a longer line is cut at a gap. Widths are multiples of the model's factor.
  public var maxWidth = 896
  /// Gaps wider than this share of the ink's height, between cells of a row, are narrowed to it.
  public var gap = 1.0
  /// Strips that are read at once.
  public var batch = 64
}
