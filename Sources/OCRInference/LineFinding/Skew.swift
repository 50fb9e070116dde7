import Foundation

/// How much a page's text lines fall to the right, in rows a column, from the profile of their lower edges: at the right slope they
/// fall into few rows (Postl 1986, the sum of squares of the profile).
enum Skew {
  /// Largest slope that is looked for: 5 degrees.
  static let limit = 0.0875

  static func slope(of ink: InkMap, threads: Int = 1) -> Double {
    let points = lowerEdges(of: ink)
    guard points.count > 50 else { return 0 }
    var best = 0.0
    for step in [0.0035, 0.0007, 0.00014] {
      let reach = step == 0.0035 ? limit : step * 5
      let candidates = stride(from: best - reach, through: best + reach, by: step)
      best = sharpest(of: Array(candidates), points, ink, threads: threads) ?? best
    }
    return abs(best) * Double(ink.width) < 1 ? 0 : best
  }

  /// The first of the candidates that none is sharper than.
  private static func sharpest(
    of candidates: [Double], _ points: [(x: Double, y: Double)], _ ink: InkMap, threads: Int
  ) -> Double? {
    let sharpness = [Double](unsafeUninitializedCapacity: candidates.count) { buffer, count in
      nonisolated(unsafe) let values = buffer
      RowBands.each(of: candidates.count, threads: threads, fewest: 4) { places in
        for place in places { values[place] = Self.sharpness(candidates[place], points, ink) }
      }
      count = candidates.count
    }
    var best: Int?
    for place in candidates.indices where best.map({ sharpness[place] > sharpness[$0] }) ?? true {
      best = place
    }
    return best.map { candidates[$0] }
  }

  /// Ink whose pixel below is paper, thinned to some fifty thousand points.
  private static func lowerEdges(of ink: InkMap) -> [(x: Double, y: Double)] {
    let step = max(1, ink.width * ink.height / 2_000_000)
    var points: [(x: Double, y: Double)] = []
    for y in 0..<ink.height - 1 {
      for x in stride(from: y % step, to: ink.width, by: step)
      where ink.mask[y * ink.width + x] == 1 && ink.mask[(y + 1) * ink.width + x] == 0 {
        points.append((Double(x), Double(y)))
      }
    }
    return points
  }

  private static func sharpness(
    _ slope: Double, _ points: [(x: Double, y: Double)], _ ink: InkMap
  ) -> Double {
    let offset = limit * 1.1 * Double(ink.width)
    var profile = [Float](repeating: 0, count: ink.height + Int(2 * offset) + 2)
    for point in points { profile[Int(point.y - slope * point.x + offset)] += 1 }
    return profile.reduce(0) { $0 + Double($1 * $1) }
  }
}
