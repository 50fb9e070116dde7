/// What a page costs a Qwen2-VL decoder: the size it is resized to, its patches, its tokens.
public struct ImageTokens: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// Patches in time, down and across: `image_grid_thw`. A still page has one step in time.
  public let grid: Grid
  /// Patches are merged `mergeSize` x `mergeSize` to a token.
  public let count: Int

  public struct Grid: Sendable, Equatable {
    public let t: Int
    public let h: Int
    public let w: Int

    public init(t: Int, h: Int, w: Int) {
      (self.t, self.h, self.w) = (t, h, w)
    }
  }

  /// - Parameters: sides of the page in pixels, at least 1.
  public init(
    width: Int, height: Int, config: PreprocessorConfig = .qwen2VL
  ) throws(ImageTokenError) {
    let size = try SmartResize.size(width: width, height: height, config: config)
    self.width = size.width
    self.height = size.height
    grid = Grid(t: 1, h: size.height / config.patchSize, w: size.width / config.patchSize)
    count = grid.t * grid.h * grid.w / (config.mergeSize * config.mergeSize)
  }
}
