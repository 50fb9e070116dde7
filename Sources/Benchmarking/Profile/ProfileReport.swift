import Foundation
import OCRInference

/// `profiler_stats.txt`: the operations beside what the machine can do, the costliest with what bounds each.
public struct ProfileReport {
  public struct Memory: Codable, Sendable, Equatable {
    public var weightBytes: Int
    public var cacheBytes: Int
    public var activationBytes: Int
    public var peakBytes: Int

    enum CodingKeys: String, CodingKey {
      case weightBytes = "weights"
      case cacheBytes = "cache"
      case activationBytes = "activations"
      case peakBytes = "peak"
    }

    public init(weightBytes: Int, cacheBytes: Int, activationBytes: Int, peakBytes: Int) {
      self.weightBytes = weightBytes
      self.cacheBytes = cacheBytes
      self.activationBytes = activationBytes
      self.peakBytes = peakBytes
    }
  }

  public var profile: Profile
  public var ceiling: HardwareCeiling
  public var memory: Memory

  public init(_ profile: Profile, ceiling: HardwareCeiling, memory: Memory) {
    self.profile = profile
    self.ceiling = ceiling
    self.memory = memory
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
    let total = profile.milliseconds
    func share(_ milliseconds: Double) -> String {
      total > 0 ? "\((milliseconds / total * 100).fixed(1)) %" : "n/a"
    }
    var lines = [
      "Ceilings: \((ceiling.bandwidthTBs * 1000).figure(3)) GB/s, "
        + "\((ceiling.peakTFLOPS * 1000).figure(3)) GFLOP/s (\(ceiling.source))", "",
      column("operation", 18) + column("group", 16) + right("calls", 9) + right("total ms", 11)
        + right("self ms", 11) + right("share", 9) + right("MB", 10) + right("GFLOP", 9)
        + right("GB/s", 8) + right("GFLOP/s", 9),
    ]
    lines += profile.rows.map { row in
      column(row.name, 18) + column(row.group.rawValue, 16) + right("\(row.calls)", 9)
        + right(row.milliseconds.fixed(2), 11) + right(row.ownMilliseconds.fixed(2), 11)
        + right(share(row.milliseconds), 9) + right((row.bytes / 1e6).fixed(0), 10)
        + right((row.flops / 1e9).fixed(2), 9) + right(row.gigabytesPerSecond.fixed(1), 8)
        + right(row.gigaflopsPerSecond.fixed(0), 9)
    }
    lines += ["", "By group"]
    lines += profile.groups.map {
      column("  " + $0.group.rawValue, 24) + right(share($0.milliseconds), 8)
    }
    lines += ["", "By layer, ms"]
    lines.append(
      "  "
        + profile.layers.map { "\($0.layer): \($0.milliseconds.fixed(1))" }.joined(separator: "  "))
    lines += ["", "The three costliest"]
    lines += profile.rows.prefix(3).map { "  \($0.name) (\($0.group.rawValue)): \(bound(of: $0))" }
    lines += [
      "",
      "Memory: weights \(mebibytes(memory.weightBytes)), cache \(mebibytes(memory.cacheBytes)), "
        + "activations \(mebibytes(memory.activationBytes)); peak of the process "
        + mebibytes(memory.peakBytes),
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func mebibytes(_ bytes: Int) -> String { "\((Double(bytes) / 1_048_576).fixed(1)) MiB" }
  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
