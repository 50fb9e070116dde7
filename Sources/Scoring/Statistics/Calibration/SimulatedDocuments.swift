import Foundation

/// Documents drawn from a model whose true rate is known, to see how often a rule passes what it
/// should not.
struct SimulatedDocuments {
  private var random: RandomStream
  private var spare: Double?

  init(seed: UInt64) { random = RandomStream(seed: seed) }

  mutating func uniform() -> Double { random.uniform() }

  mutating func seed() -> UInt64 { random.next() }

  /// Standard normal (Box & Muller).
  mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    let radius = (-2 * log(random.uniform())).squareRoot()
    let angle = 2 * Double.pi * random.uniform()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Gamma of a shape and scale 1 (Marsaglia & Tsang 2000).
  mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 { return gamma(shape + 1) * pow(random.uniform(), 1 / shape) }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = pow(1 + c * x, 3)
      if v > 0, log(random.uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// Mean `mean`; the larger `sigma`, the heavier the tail.
  mutating func logNormal(mean: Double, sigma: Double) -> Double {
    exp(log(mean) - sigma * sigma / 2 + sigma * normal())
  }

  /// Wrong fields of `size`: each document has a rate of its own (beta-binomial). `alike` is the
  /// correlation of two fields of one document.
  mutating func fields(_ size: Int, rate: Double, alike: Double) -> ErrorShare {
    let total = (1 - alike) / alike
    let (a, b) = (gamma(rate * total), gamma((1 - rate) * total))
    let own = a + b > 0 ? a / (a + b) : (uniform() < rate ? 1 : 0)
    let wrong = (0..<size).count { _ in uniform() < own }
    return ErrorShare(errors: Double(wrong), size: Double(size))
  }

  /// A document's rate where a share `rare` of documents has `worst` and the others have a gamma
  /// distribution, the mean being `mean`.
  mutating func rarelyBad(mean: Double, rare: Double, worst: Double, shape: Double) -> Double {
    if uniform() < rare { return worst }
    return gamma(shape) / shape * (mean - rare * worst) / (1 - rare)
  }
}
