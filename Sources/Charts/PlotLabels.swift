import Drawing

/// Where a plot's legend and the names of its levels stand: off one another first, then off the points.
package struct PlotLabels: Equatable {
  /// A level's name, which stands on its line at one of its ends.
  package struct Level {
    /// Millimetres from the sheet's top.
    package var line: Double
    package var width: Double

    package init(line: Double, width: Double) {
      self.line = line
      self.width = width
    }
  }

  package private(set) var legend: PageRect?
  /// In the order of the levels.
  package private(set) var levels: [PageRect] = []

  /// From the frame and from the lines.
  static let margin = 1.0
  /// Of a level's name, millimetres.
  static let height = 2.8

  /// - Parameters:
  ///   - legend: its size, millimetres; nil where there is none.
  ///   - points: all that are drawn.
  package init(
    in frame: PageRect, legend: (width: Double, height: Double)?, levels: [Level],
    points: [(x: Double, y: Double)]
  ) {
    let corners = legend.map { Self.corners(of: frame, $0.width, $0.height) } ?? [nil]
    let choices = corners.map { corner in
      Self.named(levels, in: frame, legend: corner, points: points)
    }
    // Of equals the first.
    let best = choices.indices.min { choices[$0].cost < choices[$1].cost }!
    self.legend = corners[best]
    self.levels = choices[best].names
  }

  private static func corners(
    of frame: PageRect, _ width: Double, _ height: Double
  ) -> [PageRect?] {
    let air = margin + 0.5
    return [
      (frame.right - width - air, frame.y + air), (frame.x + air, frame.y + air),
      (frame.right - width - air, frame.bottom - height - air),
      (frame.x + air, frame.bottom - height - air),
    ].map { PageRect(x: $0.0, y: $0.1, width: width, height: height) }
  }

  /// Each name at the better end of its line, right where both are as good; and what that costs, the legend included.
  private static func named(
    _ levels: [Level], in frame: PageRect, legend: PageRect?, points: [(x: Double, y: Double)]
  ) -> (names: [PageRect], cost: Int) {
    let legends = [legend].compactMap(\.self)
    var sum = legends.reduce(0) { $0 + cost(of: $1, beside: [], points) }
    var names: [PageRect] = []
    for level in levels {
      let ends = [frame.right - level.width - margin, frame.x + margin].map {
        PageRect(
          x: $0, y: level.line - margin - height, width: level.width, height: height + margin)
      }
      let costs = ends.map { cost(of: $0, beside: legends + names, points) }
      let end = costs[1] < costs[0] ? 1 : 0
      sum += costs[end]
      names.append(ends[end])
    }
    return (names, sum)
  }

  /// Points that are covered or touched. What overlaps a label cannot be read, so that is worse than all of them.
  private static func cost(
    of box: PageRect, beside labels: [PageRect], _ points: [(x: Double, y: Double)]
  ) -> Int {
    let near = points.count {
      (box.x - 2...box.right + 2).contains($0.x) && (box.y - 2...box.bottom + 2).contains($0.y)
    }
    return near + labels.count { $0.overlaps(box) } * (points.count + 1)
  }
}
