import Boundary
import DocProfiles
import Foundation
import GRDB
import Scoring

extension HistoryStore {
  /// Adds a finished run. The same results a second time change nothing but their directory.
  ///
  /// - Returns: the run's name, numbered where other results have the same.
  @discardableResult
  public func add(_ run: RecordedRun) throws(HistoryError) -> String {
    let directory = relative(run.directory)
    return try write { db in
      if let known = try String.fetchOne(
        db, sql: "SELECT name FROM run WHERE results_sha256 = ?", arguments: [run.resultsHash])
      {
        try db.execute(
          sql: "UPDATE run SET directory = ? WHERE name = ?", arguments: [directory, known])
        return known
      }
      let taken = Set(try String.fetchAll(db, sql: "SELECT name FROM run"))
      var name = run.name
      var number = 2
      while taken.contains(name) {
        name = "\(run.name)-\(number)"
        number += 1
      }
      try Self.insert(run, as: name, directory: directory, into: db)
      return name
    }
  }

  /// Oldest first.
  public func runs() throws(HistoryError) -> [RecordedRun] {
    try read { db in
      var figures: [String: [RecordedFigure]] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT * FROM figure ORDER BY run, place") {
        figures[try row.decode(forColumn: "run"), default: []].append(try RecordedFigure(row))
      }
      return try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY started_at, name").map { row in
        var run = try RecordedRun(row)
        run.figures = figures[run.name] ?? []
        return run
      }
    }
  }

  // MARK: Baselines

  /// Points a baseline to a run, given by its name or its results directory.
  public func setBaseline(_ name: String, to run: String) throws(HistoryError) {
    guard (1...60).contains(name.count),
      name.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) })
    else { throw .badBaselineName(name) }
    let wanted = run.split(separator: "/").last.map(String.init) ?? run
    try write { db in
      let names = try String.fetchAll(db, sql: "SELECT name FROM run")
      guard names.contains(wanted) else {
        throw HistoryError.noRun(run, nearest: names.nearest(to: wanted))
      }
      try db.execute(
        sql: """
          INSERT INTO baseline (name, run) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET run = excluded.run
          """, arguments: [name, wanted])
    }
  }

  /// The names of runs by the names of baselines.
  public func baselines() throws(HistoryError) -> [String: String] {
    try read { db in
      var baselines: [String: String] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT name, run FROM baseline") {
        baselines[try row.decode(forColumn: "name")] = try row.decode(String.self, forColumn: "run")
      }
      return baselines
    }
  }

  public func baseline(_ name: String) throws(HistoryError) -> RecordedRun {
    let baselines = try baselines()
    guard let run = baselines[name] else {
      throw .noBaseline(name, nearest: baselines.keys.sorted().nearest(to: name))
    }
    guard let found = try runs().first(where: { $0.name == run }) else {
      throw .noRun(run, nearest: nil)
    }
    return found
  }

  // MARK: Directories

  /// Where a run's results lie.
  public func directory(of run: RecordedRun) -> String {
    run.directory.hasPrefix("/") ? run.directory : folder + "/" + run.directory
  }

  /// Relative where it lies beside or beneath the history, so that both can move together.
  private func relative(_ directory: String) -> String {
    let path = URL(filePath: directory).standardizedFileURL.path
    return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
  }

  private static func insert(
    _ run: RecordedRun, as name: String, directory: String, into db: Database
  ) throws {
    try db.execute(
      sql: "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        name, directory, run.resultsHash, run.startedAt, run.finishedAt, run.engine, run.model,
        run.engineVersion, run.medbenchVersion, run.scorerVersion, run.datasetHash,
        run.degradation, run.confidence, run.outcome.rawValue,
      ])
    let statement = try db.makeStatement(
      sql: "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (place, figure) in run.figures.enumerated() {
      try statement.execute(arguments: [
        name, place, figure.type.rawValue, figure.dpi, figure.name, figure.documents,
        figure.value, figure.lower, figure.upper, figure.limit, figure.outcome?.rawValue,
      ])
    }
  }
}

extension RecordedRun {
  fileprivate init(_ row: Row) throws {
    func text(_ column: String) throws -> String { try row.decode(forColumn: column) }
    name = try text("name")
    directory = try text("directory")
    resultsHash = try text("results_sha256")
    startedAt = try text("started_at")
    finishedAt = try text("finished_at")
    engine = try text("engine")
    model = try text("model")
    engineVersion = try text("engine_version")
    medbenchVersion = try text("medbench_version")
    scorerVersion = try text("scorer_version")
    datasetHash = try text("dataset_sha256")
    degradation = try text("degradation")
    confidence = try row.decode(forColumn: "confidence")
    outcome = try Outcome(stored: text("outcome"))
    figures = []
  }
}

extension RecordedFigure {
  fileprivate init(_ row: Row) throws {
    type = DocumentType(rawValue: try row.decode(forColumn: "type"))
    dpi = try row.decode(forColumn: "dpi")
    name = try row.decode(forColumn: "name")
    documents = try row.decode(forColumn: "documents")
    value = try row.decode(forColumn: "value")
    lower = try row.decode(forColumn: "lower")
    upper = try row.decode(forColumn: "upper")
    limit = try row.decode(forColumn: "bound")
    outcome = try row.decode(String?.self, forColumn: "outcome").map(Outcome.init(stored:))
  }
}

extension Outcome {
  fileprivate init(stored: String) throws {
    guard let outcome = Outcome(rawValue: stored) else {
      throw DatabaseError(message: "an unknown outcome")
    }
    self = outcome
  }
}
