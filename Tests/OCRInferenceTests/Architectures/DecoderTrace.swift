import OCRInference

/// A decoder run by hand: prefill in one pass, then a token a pass.
struct DecoderTrace {
  let decoder: any TextDecoder
  let cache: ContiguousCache
  let workspace: DecoderWorkspace
  private let hidden: FloatMatrix

  init(_ decoder: any TextDecoder, cacheType: WeightType = .f32, rows: Int = 64) throws {
    self.decoder = decoder
    cache = try ContiguousCache(type: cacheType, shape: decoder.shape, capacity: rows)
    workspace = decoder.makeWorkspace(rows: rows)
    hidden = FloatMatrix(rows: rows, columns: decoder.shape.hidden)
  }

  /// Logits [outputs, vocabulary] after the ids, which follow what the cache holds.
  func logits(of ids: [Int32], outputs: [Int], positions: [RotaryPosition]? = nil) -> [Float] {
    decoder.embed(ids, into: hidden, at: 0)
    let first = Int32(cache.length)
    decoder.forward(
      hidden, rows: ids.count,
      positions: positions ?? (0..<Int32(ids.count)).map { RotaryPosition(first + $0) },
      segments: [ForwardSegment(cache: cache, rows: 0..<ids.count)], outputs: outputs,
      workspace: workspace)
    let logits = FloatMatrix(rows: outputs.count, columns: decoder.shape.vocabulary)
    decoder.logits(hidden, row: 0, rows: outputs.count, into: logits)
    return outputs.indices.flatMap { logits.values(row: $0) }
  }

  func hiddenRows(_ count: Int) -> [Float] { (0..<count).flatMap { hidden.values(row: $0) } }

  /// Greedy ids and their logits: the prompt's last row, then a row for each id fed back.
  func greedy(prompt: [Int32], steps: Int) -> (ids: [Int32], logits: [Float]) {
    var ids: [Int32] = []
    var all = logits(of: prompt, outputs: [prompt.count - 1])
    var last = all
    for step in 0..<steps {
      ids.append(Int32(last.indices.max { last[$0] < last[$1] }!))
      if step == steps - 1 { break }
      last = logits(of: [ids[step]], outputs: [0])
      all += last
    }
    return (ids, all)
  }
}
