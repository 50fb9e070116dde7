import Boundary
import Foundation
import Synchronization

/// A file on its way: it grows at its end, survives a break, and one process at a time may add.
final class PartialFile: Sendable {
  private let path: String
  /// As the model names it, for errors.
  private let name: String
  private let size: Int
  private let file: Int32
  private let written: Mutex<Int>

  init(_ path: String, named name: String, size: Int) throws(ModelLocationError) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .notWritten(FileWriteError(path: path, code: errno)) }
    // Released with the descriptor, however the process ends.
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw .busy(file: name)
    }
    self.path = path
    self.name = name
    self.size = size
    self.file = file
    // What is too long was not ours.
    var end = Int(lseek(file, 0, SEEK_END))
    if end > size || end < 0 {
      ftruncate(file, 0)
      end = 0
    }
    written = Mutex(end)
  }

  deinit { close(file) }

  var count: Int { written.withLock { $0 } }

  func append(_ data: Data) throws(ModelLocationError) {
    let before = count
    guard data.count <= size - before else {
      throw .sizeDiffers(file: name, expected: size, found: before + data.count)
    }
    lseek(file, off_t(before), SEEK_SET)
    guard let code = data.withUnsafeBytes({ writeAll($0, to: file) }) else {
      return written.withLock { $0 = before + data.count }
    }
    throw .notWritten(FileWriteError(path: path, code: code))
  }

  func restart() throws(ModelLocationError) {
    guard ftruncate(file, 0) == 0 else {
      throw .notWritten(FileWriteError(path: path, code: errno))
    }
    written.withLock { $0 = 0 }
  }

  /// Renames the whole file where its bytes are right, and removes it where they are not.
  func finish(as final: String, checksum: FileChecksum) throws(ModelLocationError) {
    guard fsync(file) == 0 else { throw .notWritten(FileWriteError(path: path, code: errno)) }
    guard checksum.holds(for: size == 0 ? nil : try? MappedFile(path)) else {
      unlink(path)
      throw .checksumDiffers(file: name)
    }
    guard rename(path, final) == 0 else {
      throw .notWritten(FileWriteError(path: final, code: errno))
    }
  }
}
