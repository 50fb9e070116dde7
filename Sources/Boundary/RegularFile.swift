import Glibc

/// Reading a file whole, its size bounded before memory is taken.
public enum RegularFile {
  /// - Parameter limit: in bytes.
  public static func bytes(of path: String, limit: Int) throws(FileReadError) -> [UInt8] {
    // O_NONBLOCK so that a pipe is refused below instead of waited for.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw FileReadError(path: path, code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileReadError(path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileReadError(path: path, reason: .notAFile)
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw FileReadError(path: path, reason: .tooManyBytes(size, limit: limit))
    }

    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(file, buffer.baseAddress! + count, size - count)
        if got == 0 { break }
        if got > 0 {
          count += got
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    if let failure { throw FileReadError(path: path, code: failure) }
    return bytes
  }
}

/// A file that could not be read: one line with its path and the mend.
public struct FileReadError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Reason: Equatable, Sendable {
    case missing
    /// A directory, pipe or device.
    case notAFile
    case tooManyBytes(Int, limit: Int)
    /// The system's error number (errno).
    case failed(Int32)

    package var words: String {
      switch self {
      case .missing: "no such file"
      case .notAFile: "is not a regular file"
      case .tooManyBytes(let bytes, let limit):
        "has \(bytes) bytes, more than the limit of \(limit)"
      case .failed(let code): "cannot be read (\(systemError(code)))"
      }
    }

    fileprivate var mend: String {
      switch self {
      case .missing: "check the path"
      case .notAFile: "give the path of a file"
      case .tooManyBytes: "make it smaller"
      case .failed: "check its permissions and disk"
      }
    }
  }

  public let path: String
  public let reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  init(path: String, code: Int32) {
    self.init(path: path, reason: code == ENOENT ? .missing : .failed(code))
  }

  public var description: String { "\(path.onOneLine): \(reason.words); \(reason.mend)" }
}

/// What the system says of a failed call.
package func systemError(_ code: Int32) -> String { String(cString: strerror(code)) }
