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
}
