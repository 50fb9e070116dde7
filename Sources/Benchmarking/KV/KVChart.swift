import Charts

extension KVReport {
  /// `benchmark_comparison.png`: six figures of each case, axes fitted to the differences; nil where no case was
  /// measured.
  public func comparison() -> ChartSheet? {
    if methods.isEmpty { return nil }
    // Below a GiB, three digits of one would hide the differences.
    let isSmall = aggregatedStats.values.allSatisfy { $0.peakMemory ?? 0 < 1 }
    let memory: (unit: String, scale: Double) = isSmall ? ("MiB", 1024) : ("GiB", 1)
    return ChartSheet(
      "KV cache policies: \(config.modelID), \(config.weightType.rawValue)", note: note, columns: 3,
      [
        plot("Throughput", "tokens/s", \.throughput),
        plot("TPOT", "ms a token") { $0.tpot * 1000 },
        plot("TTFT", "ms") { $0.ttft * 1000 },
        plot(
          "Perplexity", config.text == .randomIDs ? "of random ids" : "perplexity", \.perplexity),
        plot("Peak memory", memory.unit) { $0.peakMemory.map { $0 * memory.scale } },
        plot("Cache size", "rows") { Double($0.cacheSize) },
      ])
  }

  private var note: String {
    "\(config.threads) threads, \(config.instructionSet); \(config.numSamples) samples of "
      + "\(config.maxTokens) tokens, \(config.maxNewTokens) generated; cache "
      + config.cacheType.rawValue + (config.isPartial ? "; stopped early: partial" : "")
  }

  /// In the source document's colours.
  private func plot(
    _ title: String, _ unit: String, _ value: (Statistics) -> Double?
  ) -> ChartPlot {
    let bars = methods.map { method in
      let ink =
        method == KVCase.baseline.name
        ? ChartInk.grey
        : method.hasPrefix("streaming_")
          ? ChartInk.green : method.hasPrefix("recent_only_") ? ChartInk.red : ChartInk.blue
      return BarPlot.Bar(method, aggregatedStats[method].flatMap(value), ink)
    }
    return ChartPlot(title: title, yLabel: unit, .bars(BarPlot(bars, fromZero: false)))
  }
}
