import Glibc

/// Writes every byte to an open file, however many calls it takes.
/// - Returns: the system's error number (errno), or nil.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int32? {
  var done = 0
  while done < bytes.count {
    let count = write(file, bytes.baseAddress! + done, bytes.count - done)
    if count >= 0 {
      done += count
    } else if errno != EINTR {
      return errno
    }
  }
  return nil
}
