/// The wish for prompt evaluation: milliseconds a token.
public struct PrefillTarget: Codable, Sendable, Equatable {
  public var least: Double
  public var most: Double

  public init(least: Double = 20, most: Double = 50) {
    precondition(least > 0 && least <= most)
    self.least = least
    self.most = most
  }

  /// Share of the target's two ends that this speed reaches: 1 and more is reached.
  public func attainment(_ millisecondsPerToken: Double) -> ClosedRange<Double> {
    least / millisecondsPerToken...most / millisecondsPerToken
  }

  /// Attainment, and how far a speed falls short.
  func verdict(_ millisecondsPerToken: Double) -> String {
    let reached = attainment(millisecondsPerToken)
    let shares = "\((reached.lowerBound * 100).fixed(1))-\((reached.upperBound * 100).fixed(1)) %"
    if reached.lowerBound >= 1 { return "reached at both ends (\(shares))" }
    if reached.upperBound >= 1 { return "inside (\(shares))" }
    return "\(shares) reached; "
      + "\((millisecondsPerToken / most).figure(3))-\((millisecondsPerToken / least).figure(3)) "
      + "times too slow"
  }
}
