import Foundation

/// Files that only their owner may read: results hold page text.
enum PrivateFile {
  /// Puts `data` at `path`, mode 0600, whole or not at all: a temporary file beside it is written,
  /// flushed to the disk and renamed.
  static func write(_ data: Data, to path: String) throws(ResultsError) {
    let temporary = path + ".\(getpid()).tmp"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    var isWritten = writeAll(data, to: descriptor) && fsync(descriptor) == 0
    let firstError = errno
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten, rename(temporary, path) == 0 else {
      let error = isWritten ? errno : firstError
      unlink(temporary)
      throw failure(path, error)
    }
  }

  /// Makes a directory of mode 0700 and those above it; one that is there already stays as it is.
  static func makeDirectory(_ path: String) throws(ResultsError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw failure(path)
    }
  }

  private static func writeAll(_ data: Data, to descriptor: Int32) -> Bool {
    data.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
  }

  private static func failure(_ path: String, _ code: Int32 = errno) -> ResultsError {
    .unwritable(path: path, reason: String(cString: strerror(code)))
  }
}
