import Glibc

/// Writing a file so that a reader finds the old bytes or all of the new, never a part: a temporary
/// file in the same directory, synced to disk, then renamed.
public enum AtomicFile {
  /// - Parameters:
  ///   - path: a new file, or a regular file to replace; a symbolic link is followed.
  ///   - permissions: as for open(2), lessened by the umask.
  public static func write(
    _ bytes: some Sequence<UInt8>, to path: String, permissions: UInt16 = 0o644
  ) throws(FileWriteError) {
    let target = try destination(path)
    let (file, temporary) = try createTemporary(beside: target, path, permissions)
    var failure: Int32?
    // An array when the sequence has no storage of its own to lend.
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
      failure = writeAll(UnsafeRawBufferPointer($0), to: file)
    }
    if isContiguous == nil {
      failure = Array(bytes).withUnsafeBytes { writeAll($0, to: file) }
    }
    if failure == nil, fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == nil { failure = errno }
    if failure == nil, rename(temporary, target) != 0 { failure = errno }
    if let failure {
      unlink(temporary)
      throw FileWriteError(path: path, code: failure)
    }
    syncDirectory(of: target)
  }

  /// Whether `write` could begin: to be asked before an hour's work whose result is to be written. Leaves nothing behind.
  public static func check(_ path: String) throws(FileWriteError) {
    let (file, temporary) = try createTemporary(beside: try destination(path), path, 0o600)
    close(file)
    unlink(temporary)
  }

  /// Follows a symbolic link, and refuses what a rename would replace wrongly: a directory, a
  /// device, a pipe.
  static func destination(_ path: String) throws(FileWriteError) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return path }
      throw FileWriteError(path: path, code: errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard let resolved = realpath(path, nil) else {
        throw FileWriteError(path: path, code: errno)
      }
      defer { free(resolved) }
      return String(cString: resolved)
    case S_IFDIR: throw FileWriteError(path: path, code: EISDIR)
    default: throw FileWriteError(path: path, code: EEXIST)
    }
  }

  static func createTemporary(
    beside target: String, _ path: String, _ permissions: UInt16
  ) throws(FileWriteError) -> (file: Int32, path: String) {
    // O_EXCL, and a name of this process's own: two writers cannot share one.
    for attempt in 0..<10_000 {
      let temporary = directory(of: target) + ".medbench-\(getpid())-\(attempt).tmp"
      let file = open(
        temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(permissions))
      if file >= 0 { return (file, temporary) }
      guard errno == EEXIST || errno == EINTR else { throw FileWriteError(path: path, code: errno) }
    }
    throw FileWriteError(path: path, code: EEXIST)
  }

  /// So that the rename outlives a power cut. Some file systems cannot; the file is whole anyway.
  static func syncDirectory(of path: String) {
    let directory = directory(of: path)
    let file = open(directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }

  /// Up to and with the last slash.
  private static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[...slash])
  }
}

/// A file that could not be written; nothing was left behind.
public struct FileWriteError: Error, Equatable, Sendable, CustomStringConvertible {
  public let path: String
  /// The system's error number (errno).
  public let code: Int32

  public init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  public var description: String {
    "\(path.onOneLine): cannot be written (\(systemError(code))); \(mend)"
  }

  private var mend: String {
    switch code {
    case ENOSPC, EDQUOT: "free some space on its disk"
    case ENOENT, ENOTDIR: "make its directory first"
    case EACCES, EPERM, EROFS: "choose a place you may write to"
    case EISDIR: "give the path of a file, not of a directory"
    case EEXIST: "give the path of a regular file"
    default: "check its disk, or choose another place"
    }
  }
}
