import Dispatch

/// Shares a page's rows (or columns) out among threads.
enum RowBands {
  /// Calls `work` with as many bands as threads, all at once; every row is in one.
  ///
  /// - Parameter fewest: a band of fewer is done before a thread wakes.
  static func each(
    of count: Int, threads: Int, fewest: Int = 64, _ work: (Range<Int>) -> Void
  ) {
    let bands = max(1, min(threads, count / fewest))
    guard bands > 1 else { return work(0..<count) }
    withoutActuallyEscaping(work) { work in
      // Each call has rows of its own, and all have returned before this one does.
      nonisolated(unsafe) let work = work
      DispatchQueue.concurrentPerform(iterations: bands) { band in
        work(count * band / bands..<count * (band + 1) / bands)
      }
    }
  }
}

extension [UInt8] {
  /// `count` bytes, all of which `work` writes; bands write to parts of their own.
  static func filled(count: Int, _ work: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress { work(base) }
      initialized = count
    }
  }
}
