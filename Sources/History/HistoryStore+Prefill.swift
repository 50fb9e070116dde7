import GRDB

extension HistoryStore {
  /// Adds a labelled run of `medbench bench prefill`. A label may come again: it is then another run of it.
  public func add(_ run: RecordedPrefill) throws(HistoryError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO prefill (
            label, recorded_at, medbench_version, model, weight_type, cache_type, instruction_set, threads,
            prompt_tokens, n_ctx, n_batch, n_ubatch, merge_small_tail, repeats, ms_per_token
          ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.label, run.recordedAt, run.medbenchVersion, run.model, run.weightType, run.cacheType,
          run.instructionSet, run.threads, run.promptTokens, run.context, run.batch,
          run.microBatch, run.mergesSmallTail, run.repeats, run.millisecondsPerToken,
        ])
    }
  }

  /// In the order in which they were recorded.
  public func prefills() throws(HistoryError) -> [RecordedPrefill] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM prefill ORDER BY id").map(RecordedPrefill.init)
    }
  }
}

extension RecordedPrefill {
  fileprivate init(_ row: Row) throws {
    func text(_ column: String) throws -> String { try row.decode(forColumn: column) }
    func number(_ column: String) throws -> Int { try row.decode(forColumn: column) }
    self.init(
      label: try text("label"), recordedAt: try text("recorded_at"),
      medbenchVersion: try text("medbench_version"), model: try text("model"),
      weightType: try text("weight_type"), cacheType: try text("cache_type"),
      instructionSet: try text("instruction_set"), threads: try number("threads"),
      promptTokens: try number("prompt_tokens"), context: try number("n_ctx"),
      batch: try number("n_batch"), microBatch: try number("n_ubatch"),
      mergesSmallTail: try row.decode(forColumn: "merge_small_tail"),
      repeats: try number("repeats"),
      millisecondsPerToken: try row.decode(forColumn: "ms_per_token"))
  }
}
