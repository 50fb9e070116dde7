import Charts
import Drawing
import Testing

@Suite struct PlotLabelsTests {
  private let frame = PageRect(x: 10, y: 10, width: 90, height: 60)

  private func labels(
    line: Double, points: [(x: Double, y: Double)] = [], names: Int = 1
  ) -> PlotLabels {
    PlotLabels(
      in: frame, legend: (30, 10),
      levels: (0..<names).map { .init(line: line + Double($0), width: 8) }, points: points)
  }

  @Test func `With room everywhere both stand right, the legend above`() throws {
    let labels = labels(line: 50)
    let legend = try #require(labels.legend)
    #expect(legend.right > 95 && legend.y < 15)
    #expect(labels.levels[0].right > 95 && labels.levels[0].bottom < 50.01)
  }

  /// As a limit near the top of the axis does, where all points lie below it.
  @Test func `A name under the legend's corner gives way, at every height`() throws {
    for line in stride(from: 14.0, through: 70, by: 0.5) {
      let labels = labels(line: line)
      let legend = try #require(labels.legend)
      #expect(!labels.levels[0].overlaps(legend), "\(line)")
    }
    // The right end is the legend's, so the name is at the left.
    #expect(labels(line: 18).levels[0].x < 15)
  }

  @Test func `The legend leaves the points, and the name both`() throws {
    // A curve that ends above right, where the limit's name would stand too.
    let points = (0..<20).map { (x: 60.0 + 2 * Double($0), y: 30.0 - Double($0)) }
    let labels = labels(line: 16, points: points)
    let legend = try #require(labels.legend)
    #expect(legend.x < 15 || legend.y > 30)
    #expect(!labels.levels[0].overlaps(legend))
    #expect(labels.levels[0].x < 15)
  }

  @Test func `Names of levels close to one another do not share an end`() {
    let names = labels(line: 40, names: 2).levels
    #expect(!names[0].overlaps(names[1]) && names[0].x != names[1].x)
  }

  @Test func `Without a legend there are only names`() {
    let labels = PlotLabels(
      in: frame, legend: nil, levels: [.init(line: 18, width: 8)], points: [])
    #expect(labels.legend == nil && labels.levels[0].right > 95)
  }
}
