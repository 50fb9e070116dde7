import Charts

extension LoadReport {
  /// What the mode is about, drawn; nil where nothing was measured.
  public func chart() -> ChartSheet? {
    if let stress { return stress.chart(note: note) }
    if let soak { return soak.chart(note: note) }
    let rows = results.filter { $0.skipped == nil }
    guard !rows.isEmpty else { return nil }
    switch metadata.mode {
    case .batch, .sweep: return sweepChart(rows)
    case .prefixSharing: return prefixChart(rows)
    case .single, .longContext, .stress, .soak: return lengthChart(rows)
    }
  }

  private var title: String { "Load, \(metadata.mode.rawValue): \(metadata.model)" }

  private var note: String {
    var words = ["\(metadata.engine) \(metadata.model)"]
    if let weights = metadata.weightType { words.append("\(weights) weights") }
    switch metadata.mode {
    case .stress: words.append("batch \(stress?.batchSize ?? 1), input \(stress?.inputLength ?? 0)")
    case .soak: words.append("batch \(soak?.batchSize ?? 1), input \(soak?.inputLength ?? 0)")
    case .single, .batch, .sweep, .longContext, .prefixSharing:
      words.append("\(metadata.iterations) iterations")
    }
    words.append("\(metadata.processors) processors")
    if isPartial { words.append("stopped early: partial") }
    return words.joined(separator: ", ")
  }

  /// Throughput against batch size, a curve a length; memory against length, a curve a batch size.
  private func sweepChart(_ rows: [LoadRow]) -> ChartSheet {
    let unit = rows.allSatisfy { $0.tokensPerSecond != nil } ? "tokens/s" : "requests/s"
    let speed = curves(rows, by: \.inputLength, named: "input", x: \.batchSize) {
      unit == "tokens/s" ? $0.tokensPerSecond : $0.requestsPerSecond
    }
    let memory = curves(rows, by: \.batchSize, named: "batch", x: \.inputLength) {
      $0.resources?.peakGiB
    }
    return ChartSheet(
      title, note: note, columns: 2,
      [
        ChartPlot(
          title: "Throughput", xLabel: "batch size", yLabel: unit,
          .lines(LinePlot(speed, xScale: .log2, fromZero: true))),
        ChartPlot(
          title: "Peak memory", xLabel: "input, tokens", yLabel: "GiB",
          .lines(LinePlot(memory, xScale: .log2, fromZero: true))),
      ])
  }

  private func lengthChart(_ rows: [LoadRow]) -> ChartSheet {
    let first = curves(rows, by: \.batchSize, named: "batch", x: \.inputLength) {
      $0.ttft?.summary.mean
    }.filter { !$0.points.isEmpty }
    let latency = curves(rows, by: \.batchSize, named: "batch", x: \.inputLength) {
      $0.latency?.summary.mean
    }
    let memory = curves(rows, by: \.batchSize, named: "batch", x: \.inputLength) {
      $0.resources?.peakGiB
    }
    return ChartSheet(
      title, note: note, columns: 2,
      [
        ChartPlot(
          title: first.isEmpty ? "E2E latency" : "Time to first token", xLabel: "input, tokens",
          yLabel: "ms",
          .lines(LinePlot(first.isEmpty ? latency : first, xScale: .log2, fromZero: true))),
        ChartPlot(
          title: "Peak memory", xLabel: "input, tokens", yLabel: "GiB",
          .lines(LinePlot(memory, xScale: .log2, fromZero: true))),
      ])
  }

  private func prefixChart(_ rows: [LoadRow]) -> ChartSheet {
    func bars(_ value: (LoadRow) -> Double?) -> [BarPlot.Bar] {
      rows.map { row in
        let isOn = row.hasPrefixStore == true
        return .init(
          "\(row.inputLength) \(isOn ? "with" : "without")", value(row),
          isOn ? ChartInk.green : ChartInk.grey)
      }
    }
    return ChartSheet(
      title, note: note, columns: 2,
      [
        ChartPlot(
          title: "Throughput", yLabel: "tokens/s", .bars(BarPlot(bars { $0.tokensPerSecond }))),
        ChartPlot(
          title: "KV hit rate", yLabel: "%",
          .bars(BarPlot(bars { $0.hitRate.map { $0 * 100 } }))),
      ])
  }

  private func curves(
    _ rows: [LoadRow], by key: KeyPath<LoadRow, Int>, named name: String,
    x: KeyPath<LoadRow, Int>, _ value: (LoadRow) -> Double?
  ) -> [LinePlot.Series] {
    let keys = Set(rows.map { $0[keyPath: key] }).sorted()
    return keys.enumerated().map { index, group in
      let points = rows.filter { $0[keyPath: key] == group }.compactMap { row in
        value(row).map { LinePlot.Point(x: Double(row[keyPath: x]), y: $0) }
      }
      return LinePlot.Series(
        "\(name) \(group)", points.sorted { $0.x < $1.x },
        ChartInk.series[index % ChartInk.series.count])
    }
  }
}

extension StressReport {
  /// The knee: P99 against the rate that came, with the limit; and what of it was served.
  func chart(note: String) -> ChartSheet? {
    let sorted = rates.sorted { $0.offered < $1.offered }
    guard !sorted.isEmpty else { return nil }
    func points(_ value: (Rate) -> Double?) -> [LinePlot.Point] {
      sorted.compactMap { rate in value(rate).map { LinePlot.Point(x: rate.offered, y: $0) } }
    }
    return ChartSheet(
      "Stress: \(ending)", note: note, columns: 2,
      [
        ChartPlot(
          title: "Latency from the scheduled time", xLabel: "requests/s that come", yLabel: "ms",
          .lines(
            LinePlot(
              [
                .init("P99", points { $0.p99 }, ChartInk.red),
                .init("P50 of those served", points { $0.latency?.summary.p50 }, ChartInk.blue),
              ], yScale: .log10, levels: [(limit, "limit")]))),
        ChartPlot(
          title: "Throughput", xLabel: "requests/s that come", yLabel: "requests/s",
          .lines(
            LinePlot(
              [
                .init("served", points { $0.served }, ChartInk.blue),
                .init(
                  "within the limit", points { $0.isCutShort ? nil : $0.goodput }, ChartInk.green,
                  isDashed: true),
              ], fromZero: true))),
      ])
  }
}

extension SoakReport {
  func chart(note: String) -> ChartSheet? {
    guard !samples.isEmpty else { return nil }
    let (scale, name) = seconds < 180 ? (1.0, "seconds") : (60, "minutes")
    func plot(_ title: String, _ unit: String, _ value: (Sample) -> Double?) -> ChartPlot {
      let points = samples.compactMap { sample in
        value(sample).map { LinePlot.Point(x: sample.seconds / scale, y: $0) }
      }
      return ChartPlot(
        title: title, xLabel: name, yLabel: unit,
        .lines(LinePlot([.init("", points, ChartInk.blue, hasLine: false)], fromZero: true)))
    }
    return ChartSheet(
      "Soak: \(verdict)", note: note, columns: 2,
      [plot("Latency", "ms", \.latency), plot("Memory", "GiB", \.gibibytes)])
  }
}
