/// The sizes that callers of a decoder need.
public struct DecoderShape: Sendable, Equatable {
  public var layers: Int
  public var hidden: Int
  public var heads: Int
  public var kvHeads: Int
  public var headDimension: Int
  public var vocabulary: Int
  /// `max_position_embeddings`.
  public var contextLength: Int

  public init(
    layers: Int, hidden: Int, heads: Int, kvHeads: Int, headDimension: Int, vocabulary: Int,
    contextLength: Int
  ) {
    self.layers = layers
    self.hidden = hidden
    self.heads = heads
    self.kvHeads = kvHeads
    self.headDimension = headDimension
    self.vocabulary = vocabulary
    self.contextLength = contextLength
  }
}

/// The rows of a batch that belong to one sequence, in its order: they follow what its cache holds.
public struct ForwardSegment: Sendable {
  public let cache: any KVCache
  public let rows: Range<Int>

  public init(cache: any KVCache, rows: Range<Int>) {
    self.cache = cache
    self.rows = rows
  }
}

/// A causal language model on embedded rows. One forward pass at a time.
///
/// A row's result has the same bits whatever else is in the batch, however its prompt was cut into chunks and for any
/// number of threads: every sum runs in a fixed order (`MB_ORDER_FIXED`).
public protocol TextDecoder: Sendable {
  var shape: DecoderShape { get }
  var rotary: RotaryEmbedding { get }
  var pool: ThreadPool { get }

  /// Buffers for passes of at most `rows` rows: made once, used for every pass.
  func makeWorkspace(rows: Int) -> DecoderWorkspace

  /// Writes the embeddings of `ids` (each below `shape.vocabulary`) to rows `row...` of hidden.
  func embed(_ ids: some Sequence<Int32>, into hidden: FloatMatrix, at row: Int)

  /// - Parameters:
  ///   - hidden: [rows, hidden]; in: embeddings; out: row i holds `outputs[i]` after the final norm, the others are
  ///     spent.
  ///   - positions: one a row.
  ///   - segments: cover `0..<rows` without overlap. Every segment's keys and values go to its cache.
  ///   - outputs: ascending rows whose result is wanted. The last layer computes no others.
  func forward(
    _ hidden: FloatMatrix, rows: Int, positions: [RotaryPosition], segments: [ForwardSegment],
    outputs: [Int], workspace: DecoderWorkspace)

  /// Logits [rows, vocabulary] of rows `row ..< row + rows` of hidden, which are after the final norm.
  func logits(_ hidden: FloatMatrix, row: Int, rows: Int, into logits: FloatMatrix)
}
