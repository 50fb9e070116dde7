import Foundation

/// What memory the machine has left.
package enum MachineMemory {
  /// Bytes that can be had without swapping (`MemAvailable`); all of the machine's where it does not say.
  package static var available: Int {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return Int(clamping: ProcessInfo.processInfo.physicalMemory) }
    return kibibytes << 10
  }

  /// Bytes that this process holds and no file backs (`RssAnon`); 0 where the system does not say.
  package static var heldByProcess: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({
        Int($0)
      })
    else { return 0 }
    return kibibytes << 10
  }
}
