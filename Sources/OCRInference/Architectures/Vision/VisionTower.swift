/// What turns pages into image tokens of a decoder.
public protocol VisionTower: Sendable {
  /// Width of a feature: the decoder's hidden size.
  var outputSize: Int { get }

  /// Bytes of activations that encoding so many patches needs beside the weights.
  func workingBytes(patches: Int) -> Int

  /// Features [Σ tokens, outputSize] of all images, one image after the other, tokens in raster order.
  /// - Throws: `CancellationError` between two layers where the task is cancelled.
  func encode(_ images: [PixelValues], pool: ThreadPool) throws -> FloatMatrix
}

/// `vision_config`: what the towers of Qwen2-VL and Qwen2.5-VL share.
public struct VisionShape: Sendable, Equatable {
  public var depth: Int
  /// Width inside the tower (`embed_dim` in Qwen2-VL, `hidden_size` in Qwen2.5-VL).
  public var hidden: Int
  public var heads: Int
  public var intermediate: Int
  public var patchSize: Int
  public var temporalPatchSize: Int
  public var mergeSize: Int
  public var outputSize: Int

  public var headDimension: Int { hidden / heads }
  /// Patches a token.
  var unit: Int { mergeSize * mergeSize }
  /// Numbers a patch, three channels.
  var patchValues: Int { 3 * temporalPatchSize * patchSize * patchSize }
}

/// `attn`: queries, keys and values by one projection, attention inside segments.
struct VisionAttention: Sendable {
  let qkv: Linear
  let projection: Linear
  let shape: VisionShape

  init(weights: any WeightSource, prefix: String, shape: VisionShape) throws {
    let hidden = shape.hidden
    qkv = try weights.linear("\(prefix).qkv", rows: 3 * hidden, columns: hidden, bias: true)
    projection = try weights.linear("\(prefix).proj", rows: hidden, columns: hidden, bias: true)
    self.shape = shape
  }

  /// x += proj(attention(qkv(normed)))
  func add(
    to x: FloatMatrix, normed: FloatMatrix, rotary: VisionRotary, bounds: [Int32],
    workspace: VisionWorkspace, pool: ThreadPool
  ) {
    let n = x.rows
    pool.linear(qkv, normed, rows: n, into: workspace.qkv, order: .any)
    pool.rotateQueriesAndKeys(
      workspace.qkv, rows: n, heads: shape.heads, headDimension: shape.headDimension, by: rotary)
    pool.attendSegments(
      workspace.qkv, bounds: bounds, heads: shape.heads, headDimension: shape.headDimension,
      precision: qkv.weight.type, into: workspace.attended)
    pool.linear(projection, workspace.attended, rows: n, into: x, accumulating: true, order: .any)
  }
}

/// `merger`: the patches of a token side by side, through two layers to the decoder's width.
struct PatchMerger: Sendable {
  let first: Linear
  let second: Linear
  let unit: Int

  init(weights: any WeightSource, prefix: String, shape: VisionShape) throws {
    let merged = shape.hidden * shape.unit
    first = try weights.linear("\(prefix).mlp.0", rows: merged, columns: merged, bias: true)
    second = try weights.linear(
      "\(prefix).mlp.2", rows: shape.outputSize, columns: merged, bias: true)
    unit = shape.unit
  }

  /// normed [patches, hidden] to [tokens, outputSize].
  func callAsFunction(_ normed: FloatMatrix, pool: ThreadPool) -> FloatMatrix {
    let tokens = normed.reshaped(columns: normed.columns * unit)
    let inner = FloatMatrix(rows: tokens.rows, columns: first.weight.rows)
    let features = FloatMatrix(rows: tokens.rows, columns: second.weight.rows)
    pool.linear(first, tokens, rows: tokens.rows, into: inner, order: .any)
    pool.activate(.gelu, inner, rows: inner.rows)
    pool.linear(second, inner, rows: inner.rows, into: features, order: .any)
    return features
  }
}

/// Buffers of a tower's forward pass over `rows` patches.
final class VisionWorkspace {
  /// Rows that the feed-forward takes at a time, so that its wide activations stay in cache and memory stays
  /// bounded.
  static let feedForwardRows = 512

  let normed: FloatMatrix
  let qkv: FloatMatrix
  let attended: FloatMatrix
  let gate: FloatMatrix
  let up: FloatMatrix

  init(rows: Int, shape: VisionShape, gated: Bool) {
    let block = min(rows, Self.feedForwardRows)
    normed = FloatMatrix(rows: rows, columns: shape.hidden)
    qkv = FloatMatrix(rows: rows, columns: 3 * shape.hidden)
    attended = FloatMatrix(rows: rows, columns: shape.hidden)
    gate = FloatMatrix(rows: block, columns: shape.intermediate)
    up = FloatMatrix(rows: gated ? block : 0, columns: shape.intermediate)
  }

  /// Ranges of at most `feedForwardRows` rows.
  static func blocks(of rows: Int) -> [Range<Int>] {
    stride(from: 0, to: rows, by: feedForwardRows).map { $0..<min($0 + feedForwardRows, rows) }
  }
}

extension VisionShape {
  /// Bytes of the workspace, of x twice (patches embedded, then in window order) and of the merger.
  func workingBytes(patches: Int) -> Int {
    let row = 7 * hidden + patchValues + 2 * hidden + outputSize / unit
    return 4 * (patches * row + 2 * VisionWorkspace.feedForwardRows * intermediate)
  }
}
