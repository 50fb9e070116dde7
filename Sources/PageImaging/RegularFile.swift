import Glibc

/// Reading a file whole, with its size known to be bounded before memory is taken.
enum RegularFile {
  static func bytes(of path: String, limit: Int) throws(PNGError) -> [UInt8] {
    // O_NONBLOCK so that a pipe is refused below instead of waited for.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      throw PNGError(name: path, reason: errno == ENOENT ? .missing : .unreadable(systemError()))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw PNGError(name: path, reason: .unreadable(systemError()))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw PNGError(name: path, reason: .notAFile) }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw PNGError(name: path, reason: .tooManyBytes(size, limit: limit))
    }

    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(file, buffer.baseAddress! + count, size - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = systemError()
          break
        }
      }
    }
    if let failure { throw PNGError(name: path, reason: .unreadable(failure)) }
    return bytes
  }
}

/// What the system says of the last failed call.
func systemError(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }
