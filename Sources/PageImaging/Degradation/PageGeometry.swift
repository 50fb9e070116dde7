/// Where what stands on the clean page at the set DPI lies on the degraded page.
///
/// Places are continuous: pixel (i, j) covers x from i to i + 1 and y from j to j + 1.
public struct PageGeometry: Sendable {
  /// From the degraded page to the paper; nil where nothing moved.
  private let paper: PaperGeometry?

  init(_ paper: PaperGeometry?) { self.paper = paper }

  /// The clean page's (x, y) on the degraded page.
  public func degraded(x: Double, y: Double) -> (x: Double, y: Double) {
    guard let paper else { return (x, y) }
    return paper.seen(x: x, y: y)
  }
}

extension Degradation {
  /// The geometry of `applied(to:dpi:seed:pageID:)` for a page of `width` x `height` pixels, from
  /// the same draws.
  public func geometry(
    width: Int, height: Int, dpi: Int, seed: UInt64, pageID: String
  ) -> PageGeometry {
    let draws = DegradationDraws(degradation: self, dpi: Double(dpi), seed: seed, pageID: pageID)
    switch self {
    case .clean: return PageGeometry(nil)
    case .scan: return PageGeometry(.scanned(draws, width: width, height: height))
    // The fax's own raster covers the page from edge to edge, so going there and back moves nothing.
    case .fax: return PageGeometry(.faxed(draws, width: width, height: height))
    case .photo: return PageGeometry(.photographed(draws, width: width, height: height))
    }
  }
}

extension PaperGeometry {
  /// Where a place of the paper is seen: the map's inverse, by its adjugate.
  func seen(x: Double, y: Double) -> (x: Double, y: Double) {
    let depth = (d * h - e * g) * x + (b * g - a * h) * y + (a * e - b * d)
    return (
      x: ((e - f * h) * x + (c * h - b) * y + (b * f - c * e)) / depth,
      y: ((f * g - d) * x + (a - c * g) * y + (c * d - a * f)) / depth
    )
  }
}
