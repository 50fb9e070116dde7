import OCRInference

extension LoadReport: RooflineMeasured {
  public var models: Set<String> { [metadata.model] }

  /// Decode of each row's sequences together, at the middle of what was generated; a row that generated nothing, and an
  /// engine whose weights nobody knows, has no place on the roof.
  public func points(on roofline: Roofline) -> [RooflineReport.Measured] {
    guard let weights = metadata.weightType.flatMap(WeightType.init(rawValue:)),
      let cache = metadata.cacheType.flatMap(WeightType.init(rawValue:))
    else { return [] }
    return results.compactMap { row in
      guard let step = row.tpot?.summary.median, step > 0, row.batchSize > 0 else { return nil }
      let middle = Double(row.inputLength) + Double(row.outputLength ?? 0) / 2
      let together = row.largestPass ?? row.batchSize
      return RooflineReport.Measured(
        name: "load batch \(row.batchSize), \(row.inputLength) tokens",
        point: roofline.measuring(weights: weights, cache: cache, at: middle)
          .decode(batch: together),
        // A token of each of them a step.
        tokensPerSecond: Double(together) * 1000 / step)
    }
  }
}
