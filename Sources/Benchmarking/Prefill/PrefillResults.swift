import OCRInference

/// What one call of `medbench bench prefill` measured: one way to cut the prompt, the two of the tail, or a sweep.
public struct PrefillResults: BenchReport, Equatable {
  public static let benchmark = "prefill"
  public static let schemaVersion = 1

  public var schema = PrefillResults.schemaVersion
  public var benchmark = PrefillResults.benchmark
  public var instructionSet = ThreadPool.instructionSet
  public var target: PrefillTarget
  /// Under which the run is recorded.
  public var label: String?
  /// Along which the runs differ, as the command line gave them; empty without a sweep.
  public var axes: [PrefillSweep.Axis]
  public var runs: [PrefillReport]
  /// Stopped before its last run.
  public var isPartial: Bool

  enum CodingKeys: String, CodingKey {
    case benchmark, target, label, runs
    case schema = "schema_version"
    case instructionSet = "instruction_set"
    case axes = "sweep_axes"
    case isPartial = "partial"
  }

  /// - Parameter wanted: how many runs were asked for.
  public init(
    _ runs: [PrefillReport], of wanted: Int, target: PrefillTarget, label: String? = nil,
    axes: [PrefillSweep.Axis] = []
  ) {
    self.target = target
    self.label = label
    self.axes = axes
    self.runs = runs.map { run in
      var run = run
      run.attainment = run.millisecondsPerToken.map { each in
        let reached = target.attainment(each)
        return PrefillReport.Attainment(least: reached.lowerBound, most: reached.upperBound)
      }
      return run
    }
    isPartial = runs.count < wanted || runs.contains { $0.isPartial }
  }

  /// How much faster the prompt is with its tail merged, 0.05 is 5 %; nil unless both were measured, alone.
  public var mergingGain: Double? {
    guard axes.isEmpty, runs.count == 2, let off = runs[0].total, let on = runs[1].total,
      !runs[0].settings.mergesSmallTail, runs[1].settings.mergesSmallTail
    else { return nil }
    return off.median / on.median - 1
  }

  /// Written for readers of the file, and computed anew when it is read.
  private enum FigureKeys: String, CodingKey {
    case mergingGain = "merging_gain"
  }

  public func encode(to encoder: any Encoder) throws {
    var results = encoder.container(keyedBy: CodingKeys.self)
    try results.encode(benchmark, forKey: .benchmark)
    try results.encode(schema, forKey: .schema)
    try results.encode(instructionSet, forKey: .instructionSet)
    try results.encode(target, forKey: .target)
    try results.encodeIfPresent(label, forKey: .label)
    try results.encode(axes, forKey: .axes)
    try results.encode(runs, forKey: .runs)
    try results.encode(isPartial, forKey: .isPartial)
    var figures = encoder.container(keyedBy: FigureKeys.self)
    try figures.encodeIfPresent(mergingGain, forKey: .mergingGain)
  }

  public func text() -> String {
    guard axes.isEmpty else { return sweepText() }
    var lines = runs.map { $0.text(target: target) }
    if let mergingGain {
      lines.append(
        "merging the tail: \(mergingGain >= 0 ? "+" : "")\((mergingGain * 100).fixed(1)) % speed\n")
    }
    if isPartial, !runs.contains(where: \.isPartial) { lines.append("Stopped early: partial.\n") }
    return lines.joined(separator: "\n")
  }

  private func sweepText() -> String {
    var lines = [
      "Prompt evaluation, swept over \(axes.map(\.rawValue).joined(separator: ", "))"
        + (runs.first.map { ": \($0.model), \($0.weightType.rawValue) weights" } ?? ""),
      "", " threads  tokens  n_batch n_ubatch  merge    total ms    ms/token    tokens/s  target",
    ]
    lines += runs.map { run in
      let settings = run.settings
      let head =
        padded("\(run.threads)", 8) + padded("\(settings.promptTokens)", 8)
        + padded("\(settings.batch)", 9) + padded("\(settings.microBatch)", 9)
        + padded(settings.mergesSmallTail ? "on" : "off", 7)
      guard let total = run.total, let each = run.millisecondsPerToken,
        let speed = run.tokensPerSecond
      else { return head + "  stopped" }
      return head + padded(total.median.fixed(1), 12) + padded(each.figure(4), 12)
        + padded(speed.figure(4), 12) + "  " + target.verdict(each)
    }
    let best = runs.filter { $0.total != nil }
      .min { $0.millisecondsPerToken! < $1.millisecondsPerToken! }
    if let best {
      lines += [
        "",
        "fastest: threads \(best.threads), n_batch \(best.settings.batch), "
          + "n_ubatch \(best.settings.microBatch), "
          + "merge-small-tail \(best.settings.mergesSmallTail ? "on" : "off")",
      ]
    }
    if isPartial { lines.append("Stopped early: partial.") }
    return lines.joined(separator: "\n") + "\n"
  }
}
