import Foundation
import OCRInference

/// This process's resident memory, as the kernel counts it.
enum MemoryMark {
  /// Bytes at most since `PeakMemory.reset`; of the whole process where that is not permitted.
  static var peak: Int { Int(PeakMemory.highWaterMark(of: "self")) }

  /// Bytes now; nil where the kernel does not say.
  static var resident: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
