import Drawing

extension ChartPen {
  func draw(_ plot: LinePlot, in frame: PageRect) throws {
    let points = plot.series.flatMap(\.points)
    let x = ChartAxis(plot.xScale, showing: points.map(\.x))
    let y = ChartAxis(
      plot.yScale,
      // What cannot be negative is not drawn as if it could.
      showing: points.flatMap {
        [
          $0.y, plot.fromZero && $0.y >= 0 ? max(0, $0.y - $0.error) : $0.y - $0.error,
          $0.y + $0.error,
        ]
      }
        + plot.levels.map(\.value), fromZero: plot.fromZero)
    try drawXAxis(x, in: frame)
    try drawYAxis(y, in: frame)
    let levels = plot.levels.filter { y.scale.shows($0.value) }.map { level in
      (name: level.name, line: frame.bottom - y.fraction(level.value) * frame.height)
    }
    let names = try levels.map { level in
      PlotLabels.Level(line: level.line, width: try width(of: level.name, size: Self.levelSize))
    }
    let shown = points.filter { x.scale.shows($0.x) && y.scale.shows($0.y) }
    let places: [(x: Double, y: Double)] = shown.map { point in
      let across = x.fraction(point.x) * frame.width
      return (x: frame.x + across, y: frame.bottom - y.fraction(point.y) * frame.height)
    }
    let labels = PlotLabels(
      in: frame, legend: try legendSize(plot), levels: names, points: places)
    for (level, place) in zip(levels, labels.levels) {
      canvas.rule(
        from: (frame.x, level.line), to: (frame.right, level.line), weight: 0.9, Self.faint,
        dash: [1.6, 1.2])
      try write(
        level.name, size: Self.levelSize, x: place.x, y: level.line - 0.8, .start, Self.faint)
    }
    for series in plot.series { try draw(series, x: x, y: y, in: frame) }
    if let box = labels.legend { try drawLegend(plot, in: box) }
  }

  private static let levelSize = 7.5
  private static let nameSize = 8.0

  private func draw(
    _ series: LinePlot.Series, x: ChartAxis, y: ChartAxis, in frame: PageRect
  ) throws {
    func place(_ pointX: Double, _ pointY: Double) -> (x: Double, y: Double) {
      (
        frame.x + x.fraction(pointX) * frame.width,
        frame.bottom - min(max(y.fraction(pointY), 0), 1) * frame.height
      )
    }
    let shown = series.points.filter { x.scale.shows($0.x) && y.scale.shows($0.y) }
    if series.hasLine {
      let line = shown.map { place($0.x, $0.y) }
      if series.isDashed {
        for (start, end) in zip(line, line.dropFirst()) {
          canvas.rule(from: start, to: end, weight: 1.3, series.ink, dash: [2, 1.4])
        }
      } else {
        canvas.polyline(line, weight: 1.3, series.ink)
      }
    }
    for point in shown {
      let centre = place(point.x, point.y)
      if point.error > 0 { drawError(point, centre.x, series.ink, place) }
      if series.hasMarks { drawMark(centre, series.ink) }
      if let label = point.label {
        try write(label, size: 7, x: centre.x + 1.2, y: centre.y + 3.4, .start, Self.faint)
      }
    }
  }

  private func drawMark(_ centre: (x: Double, y: Double), _ ink: Ink) {
    let side = 1.7
    canvas.fill(
      PageRect(x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side), ink,
      corner: side / 2)
  }

  private func drawError(
    _ point: LinePlot.Point, _ x: Double, _ ink: Ink,
    _ place: (Double, Double) -> (x: Double, y: Double)
  ) {
    // Below a logarithmic axis's reach the bar runs to the frame.
    let low = place(point.x, max(point.y - point.error, point.y * 1e-6)).y
    let high = place(point.x, point.y + point.error).y
    canvas.rule(from: (x, low), to: (x, high), weight: 0.8, ink)
    for end in [low, high] {
      canvas.rule(from: (x - 0.9, end), to: (x + 0.9, end), weight: 0.8, ink)
    }
  }

  /// nil where one series, or none, has a name.
  private func legendSize(_ plot: LinePlot) throws -> (width: Double, height: Double)? {
    let named = plot.series.filter { !$0.name.isEmpty }
    guard named.count > 1 else { return nil }
    let widest = try named.map { try width(of: $0.name, size: Self.nameSize) }.max()!
    return (widest + 9, Double(named.count) * 4.2 + 1.6)
  }

  private func drawLegend(_ plot: LinePlot, in box: PageRect) throws {
    canvas.fill(box, Ink(red: 1, green: 1, blue: 1, opacity: 0.88))
    canvas.box(box, weight: 0.4, Self.grid)
    for (row, series) in plot.series.filter({ !$0.name.isEmpty }).enumerated() {
      let line = box.y + 3.2 + Double(row) * 4.2
      canvas.rule(
        from: (box.x + 1.2, line - 1), to: (box.x + 6.2, line - 1), weight: 1.3, series.ink,
        dash: series.isDashed ? [2, 1.4] : [])
      if series.hasMarks { drawMark((box.x + 3.7, line - 1), series.ink) }
      try write(series.name, size: Self.nameSize, x: box.x + 7.6, y: line, .start)
    }
  }
}
