/// The vision tower of Qwen2.5-VL (arXiv 2502.13923, section 2.1.1; `modeling_qwen2_5_vl.py`): patches in window
/// order, RMSNorm and SwiGLU blocks whose attention sees a window, in some layers the whole image, and a merger
/// of 2 x 2 patches.
public struct Qwen25VisionTower: VisionTower {
  package let configuration: Qwen25VisionConfiguration
  let patchEmbedding: Linear
  let blocks: [Block]
  let mergerNorm: [Float]
  let merger: PatchMerger
  /// Called after the patch embedding (nil) and after each block, in window order; for tests.
  package var observeBlock: (@Sendable (Int?, FloatMatrix) -> Void)?

  public init(configuration: Qwen25VisionConfiguration, weights: any WeightSource) throws {
    let shape = configuration.shape
    self.configuration = configuration
    // A convolution whose stride is its kernel: a matrix over the patch.
    patchEmbedding = Linear(
      weight: try weights.matrix(
        "visual.patch_embed.proj.weight",
        shape: [shape.hidden, 3, shape.temporalPatchSize, shape.patchSize, shape.patchSize]))
    blocks = try (0..<shape.depth).map {
      try Block(weights: weights, prefix: "visual.blocks.\($0)", shape: shape)
    }
    mergerNorm = try weights.vector("visual.merger.ln_q.weight", count: shape.hidden)
    merger = try PatchMerger(weights: weights, prefix: "visual.merger", shape: shape)
  }

  public var outputSize: Int { configuration.shape.outputSize }

  public func workingBytes(patches: Int) -> Int {
    configuration.shape.workingBytes(patches: patches)
  }

  public func encode(_ images: [PixelValues], pool: ThreadPool) throws -> FloatMatrix {
    let shape = configuration.shape
    let layout = PatchLayout(images: images.map(\.grid), configuration: configuration)
    let x = embed(images, layout: layout, pool: pool)
    let rotary = VisionRotary(patches: layout.patches, headDimension: shape.headDimension)
    let workspace = VisionWorkspace(rows: x.rows, shape: shape, gated: true)
    observeBlock?(nil, x)
    for (index, block) in blocks.enumerated() {
      try Task.checkCancellation()
      let whole = configuration.fullAttentionLayers.contains(index)
      pool.withTurn {
        block(
          x, rotary: rotary, bounds: whole ? layout.images : layout.windows,
          workspace: workspace, pool: pool)
      }
      observeBlock?(index, x)
    }
    let features = pool.withTurn {
      pool.rmsNorm(x, rows: x.rows, weight: mergerNorm, epsilon: 1e-6, into: workspace.normed)
      return merger(workspace.normed, pool: pool)
    }
    return layout.rasterOrder(of: features)
  }

  /// Patches embedded, then put in window order, a token's patches staying together.
  private func embed(_ images: [PixelValues], layout: PatchLayout, pool: ThreadPool)
    -> FloatMatrix
  {
    let rows = layout.patches.count
    let raster = FloatMatrix(rows: rows, columns: configuration.shape.hidden)
    var first = 0
    for image in images {
      let count = image.patches.rows
      pool.withTurn {
        pool.linear(
          patchEmbedding, image.patches, rows: count, into: raster.slice(first..<first + count),
          order: .any)
      }
      first += count
    }
    return layout.windowOrder(of: raster)
  }

  // MARK: Block

  /// x + attention(norm(x)), then x + SwiGLU(norm(x)).
  struct Block: Sendable {
    let norm1: [Float]
    let attention: VisionAttention
    let norm2: [Float]
    let gate: Linear
    let up: Linear
    let down: Linear

    init(weights: any WeightSource, prefix: String, shape: VisionShape) throws {
      let (hidden, inner) = (shape.hidden, shape.intermediate)
      norm1 = try weights.vector("\(prefix).norm1.weight", count: hidden)
      attention = try VisionAttention(weights: weights, prefix: "\(prefix).attn", shape: shape)
      norm2 = try weights.vector("\(prefix).norm2.weight", count: hidden)
      gate = try weights.linear(
        "\(prefix).mlp.gate_proj", rows: inner, columns: hidden, bias: true)
      up = try weights.linear("\(prefix).mlp.up_proj", rows: inner, columns: hidden, bias: true)
      down = try weights.linear(
        "\(prefix).mlp.down_proj", rows: hidden, columns: inner, bias: true)
    }

    func callAsFunction(
      _ x: FloatMatrix, rotary: VisionRotary, bounds: [Int32], workspace: VisionWorkspace,
      pool: ThreadPool
    ) {
      pool.rmsNorm(x, rows: x.rows, weight: norm1, epsilon: 1e-6, into: workspace.normed)
      attention.add(
        to: x, normed: workspace.normed, rotary: rotary, bounds: bounds, workspace: workspace,
        pool: pool)
      pool.rmsNorm(x, rows: x.rows, weight: norm2, epsilon: 1e-6, into: workspace.normed)
      for rows in VisionWorkspace.blocks(of: x.rows) {
        let normed = workspace.normed.slice(rows)
        pool.linear(
          [(gate, workspace.gate), (up, workspace.up)], normed, rows: rows.count, order: .any)
        pool.gate(.silu, workspace.gate, workspace.up, rows: rows.count)
        pool.linear(
          down, workspace.gate, rows: rows.count, into: x.slice(rows), accumulating: true,
          order: .any)
      }
    }
  }
}

// MARK: Configuration

/// `vision_config` of a Qwen2.5-VL checkpoint.
public struct Qwen25VisionConfiguration: Sendable, Equatable {
  public var shape: VisionShape
  /// `window_size`: side of an attention window in pixels.
  public var windowSize: Int
  /// `fullatt_block_indexes`: layers whose attention sees the whole image.
  public var fullAttentionLayers: Set<Int>

  /// Tokens a side of a window.
  package var window: Int { windowSize / shape.mergeSize / shape.patchSize }
}

// MARK: Places of patches

/// Where each patch of several images stands while the tower computes.
struct PatchLayout {
  /// `order[i]`: token, counted through all images in raster order, at place i.
  let order: [Int]
  let unit: Int
  /// Row and column of the patch at each place.
  let patches: [(row: Int, column: Int)]
  /// Segments of windows, and of images, in patches.
  let windows: [Int32]
  let images: [Int32]

  init(images grids: [ImageTokens.Grid], configuration: Qwen25VisionConfiguration) {
    let merge = configuration.shape.mergeSize
    unit = merge * merge
    var order: [Int] = []
    var patches: [(row: Int, column: Int)] = []
    var windows: [Int32] = [0]
    var images: [Int32] = [0]
    for grid in grids {
      let image = WindowOrder(
        grid: grid, mergeSize: merge, window: configuration.window, unit: unit)
      let firstToken = order.count
      let width = grid.w / merge
      windows += image.bounds.dropFirst().map { $0 + images.last! }
      for token in image.order {
        order.append(firstToken + token)
        for patch in 0..<unit {
          patches.append(
            (token / width * merge + patch / merge, token % width * merge + patch % merge))
        }
      }
      images.append(Int32(patches.count))
    }
    (self.order, self.patches, self.windows, self.images) = (order, patches, windows, images)
  }

  /// [patches, hidden] from raster to window order.
  func windowOrder(of raster: FloatMatrix) -> FloatMatrix {
    let ordered = FloatMatrix(rows: raster.rows, columns: raster.columns)
    let count = unit * raster.columns
    for (place, token) in order.enumerated() {
      (ordered.pointer + place * count).update(from: raster.pointer + token * count, count: count)
    }
    return ordered
  }

  /// [tokens, outputSize] from window to raster order.
  func rasterOrder(of ordered: FloatMatrix) -> FloatMatrix {
    let raster = FloatMatrix(rows: ordered.rows, columns: ordered.columns)
    for (place, token) in order.enumerated() {
      raster.row(token).update(from: ordered.row(place), count: ordered.columns)
    }
    return raster
  }
}
