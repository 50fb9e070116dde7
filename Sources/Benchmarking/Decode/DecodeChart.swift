import Charts

extension DecodeReport {
  /// `benchmark_chart.png`: tokens a second, and the step with its spread.
  public func chart() -> ChartSheet {
    ChartSheet(title, note: note, columns: 2, [speedPlot, stepPlot])
  }

  /// `benchmark_comparison.png`: both executors over one another, and their ratio.
  public func comparison() -> ChartSheet {
    let ratios = rows.compactMap { row in
      row.ratio.map { LinePlot.Point(x: Double(row.position), y: $0) }
    }
    let ratio = ChartPlot(
      title: "DAG speed over Executor speed", xLabel: "cache position", yLabel: "ratio",
      .lines(
        LinePlot(
          [.init("", ratios, ChartInk.green)], xScale: .log2,
          levels: [(1, "equal"), (Self.wantedRatio, "wanted")])))
    return ChartSheet(title, note: note, columns: 3, [speedPlot, stepPlot, ratio])
  }

  private var title: String { "Decode by cache position: \(model), \(weightType.rawValue)" }

  private var note: String {
    "\(threads) threads, \(instructionSet); medians of \(repeats), bars one standard deviation; "
      + "cache \(cacheType.rawValue)" + (isPartial ? "; stopped early: partial" : "")
  }

  private var speedPlot: ChartPlot {
    plot("Tokens a second", "tokens/s", fromZero: true) {
      ($0.median > 0 ? 1000 / $0.median : 0, 0)
    }
  }

  private var stepPlot: ChartPlot {
    plot("Step", "ms", fromZero: true) { ($0.median, $0.standardDeviation) }
  }

  private func plot(
    _ title: String, _ unit: String, fromZero: Bool,
    _ value: (SampleSummary) -> (y: Double, error: Double)
  ) -> ChartPlot {
    func points(_ summary: (Row) -> SampleSummary?) -> [LinePlot.Point] {
      rows.compactMap { row in
        summary(row).map { summary in
          let (y, error) = value(summary)
          return LinePlot.Point(x: Double(row.position), y: y, error: error)
        }
      }
    }
    let series = [
      LinePlot.Series("Executor", points(\.executor), ChartInk.blue),
      LinePlot.Series("DAGExecutor", points(\.graph), ChartInk.red, isDashed: true),
    ].filter { !$0.points.isEmpty }
    return ChartPlot(
      title: title, xLabel: "cache position", yLabel: unit,
      .lines(LinePlot(series, xScale: .log2, fromZero: fromZero)))
  }
}
