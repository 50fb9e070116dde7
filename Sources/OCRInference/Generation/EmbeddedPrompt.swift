/// A prompt ready for the decoder: token ids, the image features that replace some of them, and where each row
/// stands.
public struct EmbeddedPrompt: Sendable {
  /// Rows of an image: features [n, hidden] stand at prompt rows `start ..< start + n` instead of the embeddings of
  /// the ids there.
  public struct ImageRows: Sendable {
    public let start: Int
    public let features: FloatMatrix

    public init(start: Int, features: FloatMatrix) {
      self.start = start
      self.features = features
    }
  }

  public let ids: [Int32]
  /// Ascending, without overlap.
  public let images: [ImageRows]
  /// One a row.
  public let positions: [RotaryPosition]
  /// Of the first generated token; each further one is one more (M-RoPE: one past the greatest so far).
  public let nextPosition: Int32
  /// One a row; equal keys mean equal input to the decoder: the id in text, a strong hash of the page's pixels, grid and row
  /// in an image. Prompts share the computation of what their keys and positions share from the start.
  public let contentKeys: [UInt64]
  /// What was spent before the decoder.
  public var imagePreparation: Duration
  public var visionEncoding: Duration

  public init(
    ids: [Int32], images: [ImageRows] = [], positions: [RotaryPosition], nextPosition: Int32,
    contentKeys: [UInt64], imagePreparation: Duration = .zero, visionEncoding: Duration = .zero
  ) {
    precondition(positions.count == ids.count && contentKeys.count == ids.count)
    var end = 0
    for image in images {
      precondition(image.start >= end)
      end = image.start + image.features.rows
    }
    precondition(end <= ids.count)
    self.ids = ids
    self.images = images
    self.positions = positions
    self.nextPosition = nextPosition
    self.contentKeys = contentKeys
    self.imagePreparation = imagePreparation
    self.visionEncoding = visionEncoding
  }

  /// Text alone.
  public init(text ids: [Int32]) {
    self.init(
      ids: ids, positions: (0..<Int32(ids.count)).map { RotaryPosition($0) },
      nextPosition: Int32(ids.count), contentKeys: ids.map { UInt64(UInt32(bitPattern: $0)) })
  }

  public var count: Int { ids.count }

  /// Writes the decoder's input of some rows to rows `row...` of hidden.
  func embed(
    _ rows: Range<Int>, with decoder: any TextDecoder, into hidden: FloatMatrix, at row: Int
  ) {
    decoder.embed(ids[rows], into: hidden, at: row)
    for image in images {
      let shared = rows.clamped(to: image.start..<image.start + image.features.rows)
      guard !shared.isEmpty else { continue }
      hidden.row(row + shared.lowerBound - rows.lowerBound).update(
        from: image.features.row(shared.lowerBound - image.start),
        count: shared.count * hidden.columns)
    }
  }
}
