import Foundation
import PageImaging

/// Moments of requests that do not know of one another: gaps are exponential, so their number in any stretch of time is
/// Poisson's.
public struct PoissonArrivals: Sequence, IteratorProtocol, Sendable {
  /// Per millisecond.
  private let rate: Double
  private var random: SeededRandom
  private var time = 0.0

  /// - Parameter rate: requests a second, more than 0.
  public init(rate: Double, seed: UInt64, stream: String = "") {
    precondition(rate > 0)
    self.rate = rate / 1000
    random = SeededRandom(seed: seed, "arrivals", stream)
  }

  /// Milliseconds after the beginning; endless.
  public mutating func next() -> Double? {
    time -= log(1 - random.uniform()) / rate
    return time
  }
}
