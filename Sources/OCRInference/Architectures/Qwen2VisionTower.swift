/// The vision tower of Qwen2-VL (arXiv 2409.12191, section 2.1; `modeling_qwen2_vl.py`): LayerNorm blocks with a
/// quick-GELU feed-forward, attention over the whole image, and a merger of 2 x 2 patches.
public struct Qwen2VisionTower: VisionTower {
  let shape: VisionShape
  let patchEmbedding: Linear
  let blocks: [Block]
  let mergerNorm: LayerNorm
  let merger: PatchMerger
  /// Called after the patch embedding (nil) and after each block; for tests.
  package var observeBlock: (@Sendable (Int?, FloatMatrix) -> Void)?

  public init(shape: VisionShape, weights: any WeightSource) throws {
    self.shape = shape
    patchEmbedding = Linear(
      weight: try weights.matrix(
        "visual.patch_embed.proj.weight",
        shape: [shape.hidden, 3, shape.temporalPatchSize, shape.patchSize, shape.patchSize]))
    blocks = try (0..<shape.depth).map {
      try Block(weights: weights, prefix: "visual.blocks.\($0)", shape: shape)
    }
    mergerNorm = try LayerNorm(weights: weights, prefix: "visual.merger.ln_q", count: shape.hidden)
    merger = try PatchMerger(weights: weights, prefix: "visual.merger", shape: shape)
  }

  public var outputSize: Int { shape.outputSize }

  public func workingBytes(patches: Int) -> Int { shape.workingBytes(patches: patches) }

  public func encode(_ images: [PixelValues], pool: ThreadPool) throws -> FloatMatrix {
    let layout = RasterLayout(images: images.map(\.grid), mergeSize: shape.mergeSize)
    let x = FloatMatrix(rows: layout.patches.count, columns: shape.hidden)
    for (image, rows) in zip(images, layout.ranges) {
      pool.withTurn {
        pool.linear(
          patchEmbedding, image.patches, rows: rows.count, into: x.slice(rows), order: .any)
      }
    }
    let rotary = VisionRotary(patches: layout.patches, headDimension: shape.headDimension)
    let workspace = VisionWorkspace(rows: x.rows, shape: shape, gated: false)
    observeBlock?(nil, x)
    for (index, block) in blocks.enumerated() {
      try Task.checkCancellation()
      pool.withTurn {
        block(x, rotary: rotary, bounds: layout.bounds, workspace: workspace, pool: pool)
      }
      observeBlock?(index, x)
    }
    return pool.withTurn {
      pool.layerNorm(x, rows: x.rows, by: mergerNorm, into: workspace.normed)
      return merger(workspace.normed, pool: pool)
    }
  }

  // MARK: Block

  /// x + attention(norm(x)), then x + fc2(quickGELU(fc1(norm(x)))).
  struct Block: Sendable {
    let norm1: LayerNorm
    let attention: VisionAttention
    let norm2: LayerNorm
    let fc1: Linear
    let fc2: Linear

    init(weights: any WeightSource, prefix: String, shape: VisionShape) throws {
      let (hidden, inner) = (shape.hidden, shape.intermediate)
      norm1 = try LayerNorm(weights: weights, prefix: "\(prefix).norm1", count: hidden)
      attention = try VisionAttention(weights: weights, prefix: "\(prefix).attn", shape: shape)
      norm2 = try LayerNorm(weights: weights, prefix: "\(prefix).norm2", count: hidden)
      fc1 = try weights.linear("\(prefix).mlp.fc1", rows: inner, columns: hidden, bias: true)
      fc2 = try weights.linear("\(prefix).mlp.fc2", rows: hidden, columns: inner, bias: true)
    }

    func callAsFunction(
      _ x: FloatMatrix, rotary: VisionRotary, bounds: [Int32], workspace: VisionWorkspace,
      pool: ThreadPool
    ) {
      pool.layerNorm(x, rows: x.rows, by: norm1, into: workspace.normed)
      attention.add(
        to: x, normed: workspace.normed, rotary: rotary, bounds: bounds, workspace: workspace,
        pool: pool)
      pool.layerNorm(x, rows: x.rows, by: norm2, into: workspace.normed)
      for rows in VisionWorkspace.blocks(of: x.rows) {
        let normed = workspace.normed.slice(rows)
        pool.linear(fc1, normed, rows: rows.count, into: workspace.gate, order: .any)
        pool.activate(.quickGELU, workspace.gate, rows: rows.count)
        pool.linear(
          fc2, workspace.gate, rows: rows.count, into: x.slice(rows), accumulating: true,
          order: .any)
      }
    }
  }
}

/// LayerNorm with its bias, epsilon 1e-6 as both towers have it.
struct LayerNorm: Sendable {
  let weight: [Float]
  let bias: [Float]
  let epsilon: Float = 1e-6

  init(weights: any WeightSource, prefix: String, count: Int) throws {
    weight = try weights.vector("\(prefix).weight", count: count)
    bias = try weights.vector("\(prefix).bias", count: count)
  }
}

/// Where patches of several images stand: image after image, a token's patches together.
struct RasterLayout {
  let patches: [(row: Int, column: Int)]
  /// Rows of each image, and the same as segment bounds.
  let ranges: [Range<Int>]
  var bounds: [Int32] { [0] + ranges.map { Int32($0.upperBound) } }

  init(images: [ImageTokens.Grid], mergeSize: Int) {
    var patches: [(row: Int, column: Int)] = []
    var ranges: [Range<Int>] = []
    for grid in images {
      let first = patches.count
      let width = grid.w / mergeSize
      for token in 0..<(grid.h / mergeSize) * width {
        for patch in 0..<mergeSize * mergeSize {
          patches.append(
            (
              token / width * mergeSize + patch / mergeSize,
              token % width * mergeSize + patch % mergeSize
            ))
        }
      }
      ranges.append(first..<patches.count)
    }
    (self.patches, self.ranges) = (patches, ranges)
  }
}
