import Foundation

extension RunEnvironment {
  /// The machine this runs on.
  public static func current() -> RunEnvironment {
    RunEnvironment(
      operatingSystem: operatingSystemName(), architecture: architectureName,
      processor: processorName(), cores: ProcessInfo.processInfo.activeProcessorCount,
      memoryBytes: ProcessInfo.processInfo.physicalMemory)
  }

  private static func operatingSystemName() -> String {
    let release = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    let name = release.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
    return name.map { $0.dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: ["\""]) }
      ?? ProcessInfo.processInfo.operatingSystemVersionString
  }

  private static func processorName() -> String {
    let cpus = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = cpus.split(separator: "\n").first { $0.hasPrefix("model name") }
    return model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
      ?? "unknown"
  }

  #if arch(x86_64)
    private static let architectureName = "x86_64"
  #elseif arch(arm64)
    private static let architectureName = "arm64"
  #else
    private static let architectureName = "unknown"
  #endif
}
