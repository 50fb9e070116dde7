import PageImaging

/// A page as a Qwen2-VL vision tower takes it: `pixel_values` and `image_grid_thw` of transformers'
/// `Qwen2VLImageProcessor`.
public struct PixelValues: Sendable {
  /// [patches, channels * temporalPatchSize * patchSize * patchSize], values channel first. Patches go by
  /// merged tokens: the `mergeSize` x `mergeSize` patches of one token stand together.
  public let patches: FloatMatrix
  public let grid: ImageTokens.Grid
  /// Image tokens, once the tower has merged the patches.
  public let tokens: Int

  /// Patches that were cut before: [size.grid.h * size.grid.w, values of a patch].
  public init(patches: FloatMatrix, size: ImageTokens) {
    precondition(patches.rows == size.grid.t * size.grid.h * size.grid.w)
    self.patches = patches
    grid = size.grid
    tokens = size.count
  }

  /// Resizes (`smart_resize`, Pillow's bicubic), rescales, normalises and cuts a page.
  ///
  /// - Throws: `ImageTokenError` for a page too narrow for tokens, or one that does not divide into patches
  ///   where the model resizes nothing; `ResamplingError` for one that would be too large.
  public init(_ page: PageImage, processor: ImageProcessor) throws {
    let image = try processor.resized(page)
    let config = processor.tokens
    let (rows, columns) = (image.height / config.patchSize, image.width / config.patchSize)
    grid = ImageTokens.Grid(t: 1, h: rows, w: columns)
    tokens = rows * columns / (config.mergeSize * config.mergeSize)
    patches = FloatMatrix(
      rows: rows * columns,
      columns: 3 * processor.temporalPatchSize * config.patchSize * config.patchSize)
    var cutting = PatchCutting(
      image: image, patchSize: config.patchSize, frames: processor.temporalPatchSize,
      levels: processor.levels, destination: patches.pointer)
    let merge = config.mergeSize
    for row in stride(from: 0, to: rows, by: merge) {
      for column in stride(from: 0, to: columns, by: merge) {
        for patch in 0..<merge * merge {
          cutting.append(row: row + patch / merge, column: column + patch % merge)
        }
      }
    }
  }
}

/// Writes patches one after another; a still page repeats its one frame.
private struct PatchCutting {
  let image: PageImage
  let patchSize: Int
  let frames: Int
  /// For each of three channels what each 8-bit level becomes.
  let levels: [[Float]]
  var destination: UnsafeMutablePointer<Float>

  mutating func append(row: Int, column: Int) {
    let area = patchSize * patchSize
    for channel in 0..<3 {
      copyPlane(row: row, column: column, channel: channel)
      for frame in 1..<max(1, frames) {
        (destination + frame * area).update(from: destination, count: area)
      }
      destination += frames * area
    }
  }

  private func copyPlane(row: Int, column: Int, channel: Int) {
    let step = image.channels
    let offset = step == 1 ? 0 : channel
    image.samples.withUnsafeBufferPointer { samples in
      levels[channel].withUnsafeBufferPointer { levels in
        for y in 0..<patchSize {
          let start = ((row * patchSize + y) * image.width + column * patchSize) * step + offset
          for x in 0..<patchSize {
            destination[y * patchSize + x] = levels[Int(samples[start + x * step])]
          }
        }
      }
    }
  }
}
