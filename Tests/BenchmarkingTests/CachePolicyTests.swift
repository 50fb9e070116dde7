import OCRInference
import Testing

/// With one layer a row's keys and values depend on its token and place alone, so a cache that dropped rows must give
/// what a fresh one gives that was only ever shown the rows that stay.
@Suite struct CachePolicyTests {
  private func decoder(_ type: String = "qwen2", kvHeads: Int = 2) throws -> any TextDecoder {
    let json = """
      {"model_type": "\(type)", "hidden_size": 64, "num_hidden_layers": 1, \
      "num_attention_heads": 2, "num_key_value_heads": \(kvHeads), "intermediate_size": 96, \
      "vocab_size": 128, "max_position_embeddings": 512, "tie_word_embeddings": true}
      """
    let pool = ThreadPool(threads: 1)
    return try ArchitectureTable.decoder(
      config: ConfigFile(bytes: Array(json.utf8), path: "config.json"),
      weights: RandomWeights(type: .f32, seed: 9, pool: pool), pool: pool)
  }

  private struct Row {
    var token: Int32
    var position: Int32
  }

  private let tokens: [Int32] = [5, 17, 99, 3, 64, 41, 22, 8, 120, 77, 31, 12]

  /// Logits after the last of `rows`, fed one by one.
  private func feed(
    _ rows: [Row], into cache: any KVCache, of decoder: any TextDecoder
  ) -> [Float] {
    let hidden = FloatMatrix(rows: 1, columns: decoder.shape.hidden)
    let logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    let workspace = decoder.makeWorkspace(rows: 1)
    for row in rows {
      decoder.embed([row.token], into: hidden, at: 0)
      decoder.forward(
        hidden, rows: 1, positions: [RotaryPosition(row.position)],
        segments: [ForwardSegment(cache: cache, rows: 0..<1)], outputs: [0], workspace: workspace)
    }
    decoder.logits(hidden, row: 0, rows: 1, into: logits)
    return logits.values(row: 0)
  }

  private var story: [Row] {
    tokens.enumerated().map { Row(token: $1, position: Int32($0)) }
  }

  private func cache(_ policy: CachePolicy, _ decoder: any TextDecoder) throws -> any KVCache {
    try policy.makeCache(type: .f32, decoder: decoder, rows: 64, passRows: 4)
  }

  private func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).map { abs($0 - $1) }.max()!
  }

  @Test(arguments: [
    CachePolicy.recentOnly(size: 12), .streamingLLM(sinks: 4, recent: 8),
    .fixSizeL2(size: 12, skippedLayers: []), .fixSizeL2(size: 2, skippedLayers: [0]),
  ])
  func `While all rows fit, or in skipped layers, nothing changes`(policy: CachePolicy) throws {
    let decoder = try decoder()
    let full = feed(story, into: try cache(.full, decoder), of: decoder)
    #expect(feed(story, into: try cache(policy, decoder), of: decoder) == full)
  }

  @Test func `A window sees its last rows at their true distances`() throws {
    let decoder = try decoder()
    let window = try cache(.recentOnly(size: 5), decoder)
    let seen = feed(story, into: window, of: decoder)
    #expect(window.length == 5)
    let alone = feed(story.suffix(5), into: try cache(.full, decoder), of: decoder)
    #expect(seen == alone)
  }

  @Test func `StreamingLLM counts positions inside the cache`() throws {
    let decoder = try decoder()
    let streaming = try cache(.streamingLLM(sinks: 2, recent: 4), decoder)
    let seen = feed(story, into: streaming, of: decoder)
    #expect(streaming.length == 6)
    let kept = Array(tokens.prefix(2) + tokens.suffix(4))
    let inside = kept.enumerated().map { Row(token: $1, position: Int32($0)) }
    let counted = feed(inside, into: try cache(.full, decoder), of: decoder)
    #expect(distance(seen, counted) < 2e-4)
    // At their true distances the sinks would give something else.
    let apart = zip(kept, [0, 1, 8, 9, 10, 11]).map { Row(token: $0, position: $1) }
    #expect(distance(feed(apart, into: try cache(.full, decoder), of: decoder), counted) > 2e-3)
  }

  @Test func `Keys of lowest norm stay, each head its own`() throws {
    let decoder = try decoder(kvHeads: 1)
    let all = try #require(try cache(.full, decoder) as? ContiguousCache)
    _ = feed(story, into: all, of: decoder)
    let norms = all.keyNorms(layer: 0, head: 0)
    // Greedy, as rows come: before each row the kept ones are cut to three.
    var kept: [Int] = []
    for row in story.indices {
      kept = Array(kept.sorted { (norms[$0], $0) < (norms[$1], $1) }.prefix(3)).sorted() + [row]
    }
    let small = try cache(.fixSizeL2(size: 4, skippedLayers: []), decoder)
    let seen = feed(story, into: small, of: decoder)
    #expect(small.length == 4)
    let alone = feed(kept.map { story[$0] }, into: try cache(.full, decoder), of: decoder)
    #expect(seen == alone)
    #expect(kept != Array(story.indices.suffix(4)))
  }

  @Test func `A pass of several rows leaves the window full, and the next single row trims it`()
    throws
  {
    let decoder = try decoder()
    let cache = try cache(.streamingLLM(sinks: 1, recent: 4), decoder)
    _ = feed(Array(story.prefix(9)), into: cache, of: decoder)
    #expect(cache.length == 5)
    var positions = (9..<12).map { RotaryPosition(Int32($0)) }
    cache.admit(rows: 0..<3, positions: &positions)
    #expect(cache.length == 5 && positions.map(\.t) == [9, 10, 11])
  }
}
