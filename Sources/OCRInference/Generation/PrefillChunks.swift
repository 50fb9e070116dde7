/// How a prompt is cut so that sequences that decode do not wait for all of it.
enum PrefillChunks {
  /// A rest smaller than a quarter of a chunk joins the chunk before it: a pass reads all weights, however few its
  /// rows are.
  static func limit(chunk: Int) -> Int { chunk + chunk / 4 }

  /// Rows of the next pass for a prompt of which `remaining` rows are left.
  static func next(remaining: Int, chunk: Int) -> Int {
    remaining < limit(chunk: chunk) ? remaining : chunk
  }
}
