import Boundary
import Foundation
import GRDB

/// The runs of many months in one SQLite file, which several processes may write.
public struct HistoryStore: Sendable {
  public let path: String
  private let queue: DatabaseQueue

  /// Seconds that a write of another process is waited for.
  private static let patience = 20.0

  /// Opens a history, or begins one, readable by its owner alone.
  ///
  /// - Parameter creating: whether one may be begun; else a missing file is an error.
  public init(_ path: String, creating: Bool) throws(HistoryError) {
    self.path = path
    try Self.checkFile(path, creating: creating)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience)
    configuration.prepareDatabase { db in
      // What a foreign file defines must not run.
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    queue = try Self.attempt(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try HistorySchema.bringUpToDate($0, path: path) }
      return queue
    }
  }

  /// A transaction: all of it is in the file, or nothing. No other process writes meanwhile.
  func write<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    try Self.attempt(path) {
      try queue.writeWithoutTransaction { db in
        var value: Value?
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
        return value!
      }
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(HistoryError) -> Value {
    try Self.attempt(path) { try queue.read(body) }
  }

  /// The folder that relative directories of runs begin at.
  var folder: String {
    URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path
  }

  // MARK: The file

  private static func checkFile(_ path: String, creating: Bool) throws(HistoryError) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
      return
    }
    guard errno == ENOENT else { throw .unwritable(path, reason: systemError(errno)) }
    guard creating else { throw .missing(path) }
    let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .unwritable(path, reason: systemError(errno)) }
    close(file)
  }

  /// SQLite's errors in words of ours.
  private static func attempt<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(HistoryError) -> Value {
    do {
      return try body()
    } catch let error as HistoryError {
      throw error
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB: throw .foreign(path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw .busy(path)
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR:
        throw .unwritable(path, reason: error.message ?? "\(error.resultCode)")
      default: throw .corrupt(path, reason: (error.message ?? "\(error.resultCode)").onOneLine)
      }
    } catch {
      // A value of another type than the tables allow.
      throw .corrupt(path, reason: "a value of the wrong type")
    }
  }
}
