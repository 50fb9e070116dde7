import Foundation
import OCRInference

/// This process's resident memory, as the kernel counts it.
enum MemoryMark {
  /// Begins the high-water mark (VmHWM) anew. Where the kernel refuses, the mark stays that of the whole process.
  static func reset() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  /// Bytes at most since `reset`.
  static var peak: Int { Int(PeakMemory.highWaterMark(of: "self")) }

  /// Bytes now; nil where the kernel does not say.
  static var resident: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
      let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
