import PageImaging
import Testing

struct PageGeometryTests {
  private static let dpi = 150
  private static let size = (width: 620, height: 877)

  /// Places of marks, all over the page.
  private var places: [(x: Int, y: Int)] {
    (0..<7).flatMap { row in (0..<5).map { (x: 70 + 120 * $0, y: 70 + 122 * row) } }
  }

  /// Squares of nine pixels around the places.
  private func marked() -> PageImage {
    var page = PageImage(
      width: Self.size.width, height: Self.size.height, color: .grey, filledWith: 255,
      dpi: Double(Self.dpi))
    for place in places {
      for y in place.y - 4...place.y + 4 {
        for x in place.x - 4...place.x + 4 { page.samples[y * page.width + x] = 0 }
      }
    }
    return page
  }

  /// The middle of the darkness around a place, found without knowing where it should be.
  private func darkest(
    _ page: PageImage, around place: (x: Int, y: Int), reach: Int
  ) -> (x: Double, y: Double) {
    func level(_ x: Int, _ y: Int) -> Double {
      guard x >= 0, y >= 0, x < page.width, y < page.height else { return 255 }
      return Double(page.samples[(y * page.width + x) * page.channels])
    }
    let rows = place.y - reach...place.y + reach
    let columns = place.x - reach...place.x + reach
    // Only what is clearly darker than the paper: shade and noise have no middle.
    let paper = rows.map { y in columns.map { level($0, y) }.max()! }.max()!
    var (sum, x, y) = (0.0, 0.0, 0.0)
    for row in rows {
      for column in columns where level(column, row) < 0.5 * paper {
        let darkness = paper - level(column, row)
        sum += darkness
        x += darkness * (Double(column) + 0.5)
        y += darkness * (Double(row) + 0.5)
      }
    }
    return (x / sum, y / sum)
  }

  @Test(arguments: Degradation.allCases, [1, 2, 3] as [UInt64])
  func marksAreWhereTheGeometrySays(_ degradation: Degradation, _ seed: UInt64) {
    let page = marked()
    let degraded = degradation.applied(to: page, dpi: Self.dpi, seed: seed, pageID: "marks/1")
    let geometry = degradation.geometry(
      width: page.width, height: page.height, dpi: Self.dpi, seed: seed, pageID: "marks/1")
    var errors: [Double] = []
    var moved = 0.0
    for place in places {
      let centre = (x: Double(place.x) + 0.5, y: Double(place.y) + 0.5)
      let expected = geometry.degraded(x: centre.x, y: centre.y)
      let found = darkest(degraded, around: place, reach: 34)
      errors.append(max(abs(found.x - expected.x), abs(found.y - expected.y)))
      moved = max(moved, abs(expected.x - centre.x), abs(expected.y - centre.y))
    }
    errors.sort()
    #expect(errors[errors.count / 2] < 0.6)
    // A stain or a lost line of the fax may pull at one or two.
    #expect(errors[errors.count * 9 / 10] < 1.2)
    switch degradation {
    case .clean: #expect(moved == 0)
    // A fax may lie all but straight.
    case .fax: #expect(moved > 0)
    case .scan, .photo: #expect(moved > 1)
    }
  }

  @Test func thePapersCornersAreSeenWithinThePhoto() {
    let geometry = Degradation.photo.geometry(
      width: 600, height: 800, dpi: 100, seed: 4, pageID: "p")
    for (x, y) in [(0.0, 0.0), (600, 0), (600, 800), (0, 800)] {
      let corner = geometry.degraded(x: x, y: y)
      #expect((0...15.01).contains(abs(corner.x - x)) && (0...20.01).contains(abs(corner.y - y)))
      #expect((0...600).contains(corner.x) && (0...800).contains(corner.y))
    }
  }
}
