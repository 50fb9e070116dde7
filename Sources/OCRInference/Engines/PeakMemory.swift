import Foundation
import Synchronization

/// The most memory any engine's program has held, in bytes of resident set.
///
/// Sampled from the kernel's own high-water mark (VmHWM) while the program runs. getrusage(2) would
/// need no sampling, but counts the moment between fork and exec too, when the child still holds
/// its parent's pages: it never reports less than medbench itself.
public enum PeakMemory {
  private static let highest = Mutex<UInt64>(0)

  /// Of the programs run so far, each by itself; 0 where none ran or the kernel does not say.
  public static var ofLargestChild: UInt64 { highest.withLock { $0 } }

  /// Watches a process until the task is cancelled: often at first, so that a short-lived one is
  /// seen, then ten times a second.
  static func watch(_ process: pid_t) async {
    var pause = Duration.milliseconds(5)
    while !Task.isCancelled {
      let bytes = highWaterMark(of: "\(process)")
      highest.withLock { $0 = max($0, bytes) }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(100))
    }
  }

  /// Sets this process's high-water mark to what it holds now (proc(5), `clear_refs`).
  /// - Returns: false where that is not permitted: the mark then tells of earlier work too.
  public static func reset() -> Bool {
    let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return write(file, "5", 1) == 1
  }

  /// VmHWM of `/proc/{process}`, in bytes; `self` is this process.
  public static func highWaterMark(of process: String) -> UInt64 {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
    else { return 0 }
    return (UInt64(kibibytes) ?? 0) * 1024
  }
}
