import Foundation

/// One thread at a time inside pango, cairo and FreeType.
///
/// Each is said to be safe with contexts of one's own, but cairo 1.16 opens font faces in one
/// FreeType library without holding its lock: two threads that met a new font at once crashed.
/// Setting a page takes a tenth of the time of encoding it, so little waits here.
private let drawingLock = NSRecursiveLock()

func exclusively<R>(_ body: () throws -> R) rethrows -> R {
  drawingLock.lock()
  defer { drawingLock.unlock() }
  return try body()
}
