import Foundation

/// The processors' own energy counters (Running Average Power Limit), as Linux shows them: packages, and memory where it
/// has a counter. Most systems let root alone read them.
public struct RAPLEnergy: Sendable {
  private struct Zone: Sendable {
    var path: String
    /// Where the counter begins anew, microjoules.
    var range: UInt64
  }

  /// Microjoules of each zone.
  public typealias Reading = [UInt64]

  private let zones: [Zone]

  /// nil where there is no counter, or none that may be read.
  /// - Parameter root: for tests.
  public init?(root: String = "/sys/class/powercap") {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    zones = names.sorted().filter { $0.hasPrefix("intel-rapl:") }.compactMap { name in
      let path = root + "/" + name
      // The platform's own zone (psys) holds the packages once more, a package its cores.
      let kind = Self.text(path + "/name") ?? ""
      guard kind.hasPrefix("package") || kind == "dram",
        let range = Self.text(path + "/max_energy_range_uj").flatMap({ UInt64($0) }),
        Self.text(path + "/energy_uj").flatMap({ UInt64($0) }) != nil
      else { return nil }
      return Zone(path: path, range: range)
    }
    if zones.isEmpty { return nil }
  }

  public func reading() -> Reading? {
    let all = zones.compactMap { Self.text($0.path + "/energy_uj").flatMap { UInt64($0) } }
    return all.count == zones.count ? all : nil
  }

  /// A counter that ran over its range counts on from 0; one that did so twice cannot be told from one that did not.
  public func joules(from first: Reading, to last: Reading) -> Double {
    zip(zones, zip(first, last)).reduce(0) { sum, next in
      let (zone, (before, after)) = next
      let spent = after >= before ? after - before : zone.range - before + after
      return sum + Double(spent) / 1e6
    }
  }

  private static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
