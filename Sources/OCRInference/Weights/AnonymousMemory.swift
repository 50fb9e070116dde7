import Glibc

/// Memory of this process alone, zero until it is written, from whole pages (so 64-byte aligned).
final class AnonymousMemory: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    let size = max(1, byteCount)
    guard
      let start = mmap(
        nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      start != MAP_FAILED
    else { fatalError("no memory for \(size) bytes of weights") }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: size)
  }

  deinit { munmap(bytes.baseAddress!, bytes.count) }
}
