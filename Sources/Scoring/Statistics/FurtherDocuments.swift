/// How many more documents would settle an inconclusive check, were they like those already seen.
public enum FurtherDocuments {
  /// Of a rate of errors that must not exceed `limit`: the fewest documents with which a bound on it
  /// comes to lie on one side. nil where the rate is the limit itself, or as good as.
  ///
  /// - Parameters:
  ///   - rate: as seen.
  ///   - trials: how many independent trials the documents are worth.
  public static func proportion(
    rate: Double, trials: Double, documents: Int, limit: Double, confidence: Double
  ) -> Int? {
    guard documents > 0, rate != limit else { return nil }
    let each = trials / Double(documents)
    let needed = SampleSize.smallest(from: documents + 1) { count in
      let size = Double(count) * each
      guard rate <= limit else {
        return ProportionBounds.lower(errors: rate * size, trials: size, confidence: confidence)
          > limit
      }
      let upper = ProportionBounds.upper(
        errors: rate * size, trials: size, confidence: confidence)
      let floor = ProportionBounds.upper(
        errors: 0, trials: Double(count), confidence: confidence)
      return max(upper, each < 1 ? upper : floor) <= limit
    }
    return needed >= SampleSize.most ? nil : needed - documents
  }

  /// Of a pooled rate: what was seen draws together as 1/√n, and the document that was not seen weighs
  /// about 1/n. Adding the two is a little pessimistic.
  public static func mean(
    of all: [ErrorShare], within range: ClosedRange<Double>, limit: Double, confidence: Double
  ) -> Int? {
    let shares = all.filter { $0.size > 0 }
    guard shares.count > 1 else { return nil }
    let n = Double(shares.count)
    let size = shares.reduce(0) { $0 + $1.size }
    let rate = shares.reduce(0) { $0 + $1.errors } / size
    guard rate != limit else { return nil }
    let squares = shares.reduce(0) { sum, share in
      let residual = share.errors - rate * share.size
      return sum + residual * residual
    }
    let spread = (squares / (n - 1)).squareRoot() / (size / n)
    let deviations = StudentDistribution.quantile(confidence, degrees: 1e6)
    let rates = shares.map { $0.errors / $0.size }
    let unseen =
      rate < limit
      ? max(range.upperBound, rates.max()!) - rate : rate - min(range.lowerBound, rates.min()!)
    let needed = SampleSize.smallest(from: shares.count + 1) { count in
      let weight = ProportionBounds.upper(
        errors: 0, trials: Double(count), confidence: confidence)
      let reach = deviations * spread / Double(count).squareRoot() + unseen * weight
      return rate < limit ? rate + reach <= limit : rate - reach > limit
    }
    return needed >= SampleSize.most ? nil : needed - shares.count
  }
}
