import Foundation
import OCRInference

/// `profiler_stats.txt`: the operations beside what the machine can do, the costliest with what bounds each.
public struct ProfileReport {
  public var profile: Profile
  public var ceiling: HardwareCeiling
  public var memory: MemoryUse

  /// Of a benchmark that was stopped before its end.
  public var isPartial: Bool

  public init(
    _ profile: Profile, ceiling: HardwareCeiling, memory: MemoryUse, isPartial: Bool = false
  ) {
    self.profile = profile
    self.ceiling = ceiling
    self.memory = memory
    self.isPartial = isPartial
  }

  /// What keeps an operation from being faster.
  public func bound(of row: Profile.Row) -> String {
    let memory = row.gigabytesPerSecond / (ceiling.bandwidthTBs * 1000)
    let compute = row.gigaflopsPerSecond / (ceiling.peakTFLOPS * 1000)
    let share = max(memory, compute)
    if share < 0.1 {
      return
        "neither memory nor arithmetic: \((share * 100).fixed(0)) % of the nearer roof; small calls"
    }
    return memory >= compute
      ? "memory: \((memory * 100).fixed(0)) % of \((ceiling.bandwidthTBs * 1000).figure(3)) GB/s"
      : "arithmetic: \((compute * 100).fixed(0)) % of \((ceiling.peakTFLOPS * 1000).figure(3)) GFLOP/s"
  }

  public func text() -> String {
    var lines = [
      "Ceilings: \((ceiling.bandwidthTBs * 1000).figure(3)) GB/s, "
        + "\((ceiling.peakTFLOPS * 1000).figure(3)) GFLOP/s (\(ceiling.source))", "",
      column("operation", 18) + column("group", 16) + Self.workHeading,
    ]
    lines += profile.rows.map { column($0.name, 18) + column($0.group.rawValue, 16) + work($0) }
    lines += ["", "By group"]
    lines += profile.groups.map {
      column("  " + $0.group.rawValue, 24) + right(share($0.milliseconds), 8)
    }
    lines += ["", column("layer", 34) + Self.workHeading]
    lines += profile.layers.map { column("\($0.layer)", 34) + work($0) }
    lines += ["", "The three costliest"]
    lines += profile.rows.prefix(3).map { "  \($0.name) (\($0.group.rawValue)): \(bound(of: $0))" }
    lines += ["", memory.text()]
    if isPartial { lines.append("Stopped early: partial.") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let workHeading =
    right("calls", 9) + right("total ms", 11) + right("self ms", 11) + right("share", 9)
    + right("MB", 10) + right("GFLOP", 9) + right("GB/s", 8) + right("GFLOP/s", 9)

  private func work(_ work: some ProfiledWork) -> String {
    right("\(work.calls)", 9) + right(work.milliseconds.fixed(2), 11)
      + right(work.ownMilliseconds.fixed(2), 11) + right(share(work.milliseconds), 9)
      + right((work.bytes / 1e6).fixed(0), 10) + right((work.flops / 1e9).fixed(2), 9)
      + right(work.gigabytesPerSecond.fixed(1), 8) + right(work.gigaflopsPerSecond.fixed(0), 9)
  }

  private func share(_ milliseconds: Double) -> String {
    let total = profile.milliseconds
    return total > 0 ? "\((milliseconds / total * 100).fixed(1)) %" : "n/a"
  }

  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

/// The text at the end of a column of that width, with a blank before it always.
private func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(1, width - text.count)) + text
}
