import Foundation

/// High-water marks of resident memory, in bytes.
enum PeakMemory {
  /// This process, from the kernel's VmHWM; 0 where the kernel does not say.
  static func ofThisProcess() -> UInt64 {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({
        UInt64($0)
      })
    else { return 0 }
    return kibibytes * 1024
  }

  /// The largest child that has ended, by getrusage(2): an engine run as a program.
  static func ofLargestChild() -> UInt64 {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage) == 0 else { return 0 }
    return UInt64(max(usage.ru_maxrss, 0)) * 1024
  }
}
