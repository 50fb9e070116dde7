/// How a prompt is cut: into chunks of `batch` tokens, each computed in passes of at most `microBatch` rows.
public struct PrefillSettings: Codable, Sendable, Equatable {
  public var promptTokens: Int
  /// `n_ctx`: slots of the cache.
  public var context: Int
  /// `n_batch`
  public var batch: Int
  /// `n_ubatch`
  public var microBatch: Int
  /// A last chunk that is not full joins the one before it.
  public var mergesSmallTail: Bool

  enum CodingKeys: String, CodingKey {
    case promptTokens = "prompt_tokens"
    case context = "n_ctx"
    case batch = "n_batch"
    case microBatch = "n_ubatch"
    case mergesSmallTail = "merge_small_tail"
  }

  public init(
    promptTokens: Int, context: Int, batch: Int, microBatch: Int, mergesSmallTail: Bool
  ) {
    precondition(promptTokens > 0 && promptTokens <= context && batch > 0 && microBatch > 0)
    self.promptTokens = promptTokens
    self.context = context
    self.batch = batch
    self.microBatch = microBatch
    self.mergesSmallTail = mergesSmallTail
  }

  /// Token ranges in their order; none is empty.
  public var chunks: [Range<Int>] {
    var chunks = stride(from: 0, to: promptTokens, by: batch).map {
      $0..<min($0 + batch, promptTokens)
    }
    if mergesSmallTail, chunks.count > 1, chunks.last!.count < batch {
      let tail = chunks.removeLast()
      chunks[chunks.count - 1] = chunks.last!.lowerBound..<tail.upperBound
    }
    return chunks
  }

  /// The forward passes of a chunk: equal but for the last.
  func passes(of chunk: Range<Int>) -> [Range<Int>] {
    stride(from: chunk.lowerBound, to: chunk.upperBound, by: microBatch).map {
      $0..<min($0 + microBatch, chunk.upperBound)
    }
  }
}
