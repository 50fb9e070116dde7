import Glibc

/// A file written piece by piece under a temporary name, which takes its own in `finish`: a reader finds the old
/// bytes or all of the new. Whoever lets go of it unfinished leaves nothing behind.
public struct AtomicFileStream: ~Copyable {
  private let path: String
  private let target: String
  private let temporary: String
  private var file: Int32
  /// Pieces are small and calls are not.
  private var pending: [UInt8] = []
  private static let pendingLimit = 1 << 20

  /// - Parameters: as of `AtomicFile.write`.
  public init(path: String, permissions: UInt16 = 0o644) throws(FileWriteError) {
    let target = try AtomicFile.destination(path)
    let (file, temporary) = try AtomicFile.createTemporary(beside: target, path, permissions)
    (self.path, self.target, self.file, self.temporary) = (path, target, file, temporary)
  }

  deinit {
    guard file >= 0 else { return }
    close(file)
    unlink(temporary)
  }

  public mutating func write(_ bytes: [UInt8]) throws(FileWriteError) {
    pending += bytes
    if pending.count >= Self.pendingLimit { try flush() }
  }

  private mutating func flush() throws(FileWriteError) {
    let failure = pending.withUnsafeBytes { writeAll($0, to: file) }
    pending.removeAll(keepingCapacity: true)
    if let failure { throw FileWriteError(path: path, code: failure) }
  }

  /// On the disk and under its name, or an error and nothing left.
  public consuming func finish() throws(FileWriteError) {
    try flush()
    var failure: Int32?
    if fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == nil { failure = errno }
    file = -1
    if failure == nil, rename(temporary, target) != 0 { failure = errno }
    if let failure {
      unlink(temporary)
      throw FileWriteError(path: path, code: failure)
    }
    AtomicFile.syncDirectory(of: target)
  }
}
