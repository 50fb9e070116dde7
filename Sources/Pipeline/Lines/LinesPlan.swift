import Datasets
import DocProfiles
import Foundation
import PageImaging

/// How each page is brought before the line finder.
public enum PageConditions: Sendable, Equatable {
  /// Every DPI with every degradation.
  case all(dpis: [Int], degradations: [Degradation])
  /// For each page one DPI of the range, as likely between 75 and 150 as between 150 and 300, and one degradation.
  case drawn(dpis: ClosedRange<Int>, degradations: [Degradation])

  /// What a page meets.
  /// - Parameter seed: with the page's id it decides what is drawn.
  public func conditions(pageID: String, seed: UInt64) -> [PageCondition] {
    switch self {
    case .all(let dpis, let degradations):
      return dpis.flatMap { dpi in
        degradations.map { PageCondition(dpi: dpi, degradation: $0, band: "\(dpi)") }
      }
    case .drawn(let dpis, let degradations):
      var random = SeededRandom(seed: seed, "lines", pageID)
      let ends = log(Double(dpis.lowerBound))...log(Double(dpis.upperBound))
      let dpi = Int(exp(random.uniform(ends)).rounded())
      let degradation = degradations[Int(random.uniform() * Double(degradations.count))]
      return [PageCondition(dpi: dpi, degradation: degradation, band: Self.band(of: dpi))]
    }
  }

  /// Drawn DPIs are counted in bands, parted at the resolution tiers.
  private static func band(of dpi: Int) -> String {
    let bounds = [0] + ResolutionTier.all.map(\.dpi).sorted()
    guard let index = bounds.lastIndex(where: { $0 <= dpi }) else { return "\(dpi)" }
    return index + 1 < bounds.count
      ? "\(bounds[index])–\(bounds[index + 1] - 1)" : "\(bounds[index])–"
  }
}

public struct PageCondition: Sendable, Hashable {
  public var dpi: Int
  public var degradation: Degradation
  /// What its figures are counted under.
  public var band: String

  public init(dpi: Int, degradation: Degradation, band: String) {
    self.dpi = dpi
    self.degradation = degradation
    self.band = band
  }
}
