import Charts

extension PrefillResults {
  /// Tokens a second and milliseconds a token along the longest axis of the sweep, a curve for each combination of the
  /// others; nil without a sweep.
  public func chart() -> ChartSheet? {
    guard let across else { return nil }
    let names = runs.reduce(into: [String]()) { names, run in
      let name = self.name(of: run, across: across)
      if !names.contains(name) { names.append(name) }
    }
    func plot(_ title: String, _ unit: String, _ value: (PrefillReport) -> Double?) -> ChartPlot {
      let series = names.enumerated().map { index, name in
        let points = runs.filter { self.name(of: $0, across: across) == name }
          .compactMap { run in
            value(run).map { LinePlot.Point(x: Double(across.value(of: run)), y: $0) }
          }
        return LinePlot.Series(name, points, ChartInk.series[index % ChartInk.series.count])
      }
      return ChartPlot(
        title: title, xLabel: across.rawValue, yLabel: unit,
        .lines(LinePlot(series, xScale: .log2, fromZero: true)))
    }
    let first = runs.first
    return ChartSheet(
      "Prompt evaluation by \(across.rawValue)"
        + (first.map { ": \($0.model), \($0.weightType.rawValue)" } ?? ""),
      note: "\(instructionSet); medians of \(first?.repeats ?? 0)"
        + (isPartial ? "; stopped early: partial" : ""),
      columns: 2,
      [
        plot("Tokens a second", "tokens/s", \.tokensPerSecond),
        plot("A token", "ms", \.millisecondsPerToken),
      ])
  }

  /// The axis with the most values.
  private var across: PrefillSweep.Axis? {
    axes.max { count(of: $0) < count(of: $1) }
  }

  private func count(of axis: PrefillSweep.Axis) -> Int {
    Set(runs.map { axis.value(of: $0) }).count
  }

  /// Of the curve that a run is a point of: what else differs.
  private func name(of run: PrefillReport, across: PrefillSweep.Axis) -> String {
    var parts = axes.filter { $0 != across }.map { "\($0.rawValue) \($0.value(of: run))" }
    if Set(runs.map(\.settings.mergesSmallTail)).count > 1 {
      parts.append("tail " + (run.settings.mergesSmallTail ? "merged" : "alone"))
    }
    return parts.joined(separator: ", ")
  }
}

extension PrefillSweep.Axis {
  func value(of run: PrefillReport) -> Int {
    switch self {
    case .promptTokens: run.settings.promptTokens
    case .batch: run.settings.batch
    case .microBatch: run.settings.microBatch
    case .threads: run.threads
    }
  }
}
