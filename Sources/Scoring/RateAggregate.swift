/// A rate over many pages, always in four figures: micro, macro, worst and n.
public struct RateAggregate: Sendable, Equatable, Codable {
  /// Sum of errors over sum of lengths.
  public var micro: Double
  /// Mean of the pages' rates.
  public var macro: Double
  /// The worst page's rate.
  public var worst: Double
  /// Pages counted; blank pages are not.
  public var count: Int

  public init(micro: Double, macro: Double, worst: Double, count: Int) {
    self.micro = micro
    self.macro = macro
    self.worst = worst
    self.count = count
  }

  /// nil where no page has a rate: every truth was empty.
  public init?(pages: [EditCounts]) {
    let rated = pages.compactMap { counts in counts.rate.map { (counts, $0) } }
    guard !rated.isEmpty else { return nil }
    let errors = rated.reduce(0) { $0 + $1.0.errors }
    let length = rated.reduce(0) { $0 + $1.0.referenceCount }
    micro = Double(errors) / Double(length)
    macro = rated.reduce(0) { $0 + $1.1 } / Double(rated.count)
    worst = rated.map(\.1).max()!
    count = rated.count
  }

  /// The same four figures of the bounded rate CERn, over the same pages.
  public init?(boundedPages pages: [EditCounts]) {
    let rated = pages.filter { $0.referenceCount > 0 }
    guard !rated.isEmpty else { return nil }
    let total = rated.reduce(EditCounts(), +)
    let rates = rated.map { $0.boundedRate! }
    micro = total.boundedRate!
    macro = rates.reduce(0, +) / Double(rates.count)
    worst = rates.max()!
    count = rates.count
  }
}
