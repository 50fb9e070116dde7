import Boundary
import Foundation

/// The journal's file, open for appending and locked: one process a run. Closed, and so unlocked,
/// with the last copy of the journal.
final class JournalFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// - Parameter flags: of open(2), beside those for appending.
  init(_ path: String, _ flags: Int32 = 0) throws(RunError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | flags, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? .stillRunning(path) : Self.failure(path)
    }
  }

  deinit { close(descriptor) }

  /// Returns when the bytes are on the disk.
  func append(_ bytes: Data) throws(RunError) {
    if let code = bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }) {
      throw Self.failure(path, code)
    }
    guard fsync(descriptor) == 0 else { throw Self.failure(path) }
  }

  func truncate(to length: Int) throws(RunError) {
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw Self.failure(path) }
  }

  func remove() throws(RunError) {
    guard unlink(path) == 0 else { throw Self.failure(path) }
  }

  private static func failure(_ path: String, _ code: Int32 = errno) -> RunError {
    .unwritable(path, reason: systemError(code))
  }
}
