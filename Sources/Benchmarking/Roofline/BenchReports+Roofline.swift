extension DecodeReport: RooflineMeasured {
  public var models: Set<String> { [model] }

  /// Every step; the straight calls where they were run.
  public func points(on roofline: Roofline) -> [RooflineReport.Measured] {
    rows.compactMap { row in
      guard let step = row.executor ?? row.graph else { return nil }
      let deep = roofline.measuring(
        weights: weightType, cache: cacheType, at: Double(row.position))
      return RooflineReport.Measured(
        name: "decode@\(row.position)", point: deep.decode(batch: 1),
        tokensPerSecond: 1000 / step.median)
    }
  }
}

extension PrefillResults: RooflineMeasured {
  public var models: Set<String> { Set(runs.map(\.model)) }

  /// A prompt as fast as passes of its rows can be: each reads the weights again.
  public func points(on roofline: Roofline) -> [RooflineReport.Measured] {
    runs.compactMap { run in
      guard let speed = run.tokensPerSecond else { return nil }
      let settings = run.settings
      let rows = min(settings.microBatch, settings.batch, settings.promptTokens)
      return RooflineReport.Measured(
        name: "prefill \(settings.promptTokens) by \(rows), \(run.threads) threads",
        point: roofline.measuring(weights: run.weightType, cache: run.cacheType)
          .prefill(tokens: rows),
        tokensPerSecond: speed)
    }
  }
}

extension SpeedReport: RooflineMeasured {
  public var models: Set<String> { [model] }

  /// Decode alone, at the middle of what was generated.
  public func points(on roofline: Roofline) -> [RooflineReport.Measured] {
    results.compactMap { result in
      guard let step = result.perTokenMilliseconds, step > 0 else { return nil }
      let middle = Double(result.promptTokens) + Double(result.generatedTokens) / 2
      let deep = roofline.measuring(weights: dtype, cache: cacheType, at: middle)
      return RooflineReport.Measured(
        name: result.name, point: deep.decode(batch: 1), tokensPerSecond: 1000 / step)
    }
  }
}
