import Foundation

/// One thread at a time inside pango, cairo and FreeType.
///
/// Each is said to be safe with contexts of one's own, yet two threads that drew pages at once
/// crashed now and then; the cause was not traced (a font face opened by both is the suspect).
/// Most of a page's time is encoding, so little waits here.
private let drawingLock = NSRecursiveLock()

func exclusively<R>(_ body: () throws -> R) rethrows -> R {
  drawingLock.lock()
  defer { drawingLock.unlock() }
  return try body()
}
