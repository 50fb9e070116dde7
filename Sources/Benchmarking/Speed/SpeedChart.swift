import Charts

extension SpeedReport {
  /// Tokens a second, the wait for the first token and each further one, by prompt.
  public func chart() -> ChartSheet {
    func plot(_ title: String, _ unit: String, _ value: (Result) -> Double?) -> ChartPlot {
      ChartPlot(
        title: title, yLabel: unit,
        .bars(
          BarPlot(
            results.map {
              BarPlot.Bar("\($0.name) (\($0.promptTokens))", value($0), ChartInk.blue)
            })))
    }
    return ChartSheet(
      "Generation by prompt: \(model), \(dtype.rawValue)",
      note: "\(threads) threads, \(instructionSet); tokens of the prompt in brackets; cache "
        + cacheType.rawValue + (isPartial ? "; stopped early: partial" : ""),
      columns: 3,
      [
        plot("Tokens a second, prompt included", "tokens/s", \.tokensPerSecond),
        plot("To the first token", "ms", \.firstTokenMilliseconds),
        plot("Each further token", "ms", \.perTokenMilliseconds),
      ])
  }
}
