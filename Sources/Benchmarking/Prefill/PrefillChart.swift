import Charts

extension PrefillResults {
  /// Of a sweep: tokens a second and milliseconds a token along its longest axis, a curve for each combination of the
  /// others. Else milliseconds a token by chunk; nil where none was measured.
  public func chart() -> ChartSheet? {
    guard let across else { return chunkChart() }
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
        return LinePlot.Series(
          name, points.sorted { $0.x < $1.x }, ChartInk.series[index % ChartInk.series.count])
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

  /// A plot for each way to cut the prompt.
  private func chunkChart() -> ChartSheet? {
    let measured = runs.filter { !$0.chunks.isEmpty }
    guard let first = measured.first else { return nil }
    return ChartSheet(
      "Prompt evaluation by chunk: \(first.model), \(first.weightType.rawValue)",
      note: "\(first.threads) threads, \(instructionSet); n_batch \(first.settings.batch), "
        + "n_ubatch \(first.settings.microBatch); of \(first.repeats) the one with the median total"
        + (isPartial ? "; stopped early: partial" : ""),
      columns: measured.count, plotSize: (width: 177, height: 84),
      measured.map { run in
        ChartPlot(
          title: "Each token, tail " + (run.settings.mergesSmallTail ? "merged" : "alone"),
          xLabel: "tokens", yLabel: "ms", Self.content(of: run.chunks))
      })
  }

  /// More bars than can be named are a curve.
  private static func content(of chunks: [PrefillReport.Chunk]) -> ChartPlot.Content {
    guard chunks.count > 24 else {
      return .bars(
        BarPlot(
          chunks.map {
            BarPlot.Bar("\($0.first)-\($0.end)", $0.millisecondsPerToken, ChartInk.blue)
          }))
    }
    let points = chunks.map { LinePlot.Point(x: Double($0.first), y: $0.millisecondsPerToken) }
    return .lines(
      LinePlot([.init("", points, ChartInk.blue, hasMarks: false)], fromZero: true))
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
