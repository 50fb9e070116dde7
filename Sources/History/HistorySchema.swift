import GRDB

/// The tables of a history, by version. A history holds ids and figures and no page text.
enum HistorySchema {
  /// `MBHi`: what tells a history from other databases (SQLite's application_id).
  static let applicationID = 0x4D42_4869

  static var version: Int { migrations.count }

  /// A database's `user_version` says how many of these it has had. Applied ones never change.
  private static let migrations: [@Sendable (Database) throws -> Void] = [
    { db in
      try db.execute(
        sql: """
          CREATE TABLE run (
            name TEXT NOT NULL PRIMARY KEY,
            directory TEXT NOT NULL,
            results_sha256 TEXT NOT NULL UNIQUE,
            started_at TEXT NOT NULL,
            finished_at TEXT NOT NULL,
            engine TEXT NOT NULL,
            model TEXT NOT NULL,
            engine_version TEXT NOT NULL,
            medbench_version TEXT NOT NULL,
            scorer_version TEXT NOT NULL,
            dataset_sha256 TEXT NOT NULL,
            degradation TEXT NOT NULL,
            confidence REAL,
            outcome TEXT NOT NULL
          ) STRICT;
          CREATE INDEX run_by_start ON run (started_at, name);
          CREATE TABLE figure (
            run TEXT NOT NULL REFERENCES run (name) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            type TEXT NOT NULL,
            dpi INTEGER NOT NULL,
            name TEXT NOT NULL,
            documents INTEGER NOT NULL,
            value REAL,
            lower REAL,
            upper REAL,
            bound REAL,
            outcome TEXT,
            PRIMARY KEY (run, place)
          ) STRICT;
          CREATE TABLE baseline (
            name TEXT NOT NULL PRIMARY KEY,
            run TEXT NOT NULL REFERENCES run (name)
          ) STRICT;
          """)
    },
    { db in
      try db.execute(
        sql: """
          CREATE TABLE prefill (
            id INTEGER PRIMARY KEY,
            label TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            medbench_version TEXT NOT NULL,
            model TEXT NOT NULL,
            weight_type TEXT NOT NULL,
            cache_type TEXT NOT NULL,
            instruction_set TEXT NOT NULL,
            threads INTEGER NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            n_ctx INTEGER NOT NULL,
            n_batch INTEGER NOT NULL,
            n_ubatch INTEGER NOT NULL,
            merge_small_tail INTEGER NOT NULL,
            repeats INTEGER NOT NULL,
            ms_per_token REAL NOT NULL CHECK (ms_per_token > 0)
          ) STRICT;
          """)
    },
  ]

  /// In one transaction that no other process can share: two that begin a history together make one.
  static func bringUpToDate(_ db: Database, path: String) throws {
    guard try isOlder(db, path: path) else { return }
    try db.inTransaction(.immediate) {
      // Another process may have been first.
      guard try isOlder(db, path: path) else { return .commit }
      let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      for migrate in migrations[found...] { try migrate(db) }
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(version)")
      return .commit
    }
  }

  /// - Throws: `HistoryError` where the database is no history, or one of a newer medbench.
  private static func isOlder(_ db: Database, path: String) throws -> Bool {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    let isEmpty = application == 0 && found == 0 && objects == 0
    guard isEmpty || (application == applicationID && found > 0) else {
      throw HistoryError.foreign(path)
    }
    guard found <= version else { throw HistoryError.newer(path, found: found) }
    return found < version
  }
}
