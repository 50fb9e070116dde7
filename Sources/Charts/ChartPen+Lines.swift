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
    for level in plot.levels where y.scale.shows(level.value) {
      let height = frame.bottom - y.fraction(level.value) * frame.height
      canvas.rule(
        from: (frame.x, height), to: (frame.right, height), weight: 0.9, Self.faint,
        dash: [1.6, 1.2])
      try write(level.name, size: 7.5, x: frame.right - 1, y: height - 0.8, .end, Self.faint)
    }
    for series in plot.series { try draw(series, x: x, y: y, in: frame) }
    try drawLegend(plot, x: x, y: y, in: frame)
  }

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

  /// In the corner with the fewest points.
  private func drawLegend(
    _ plot: LinePlot, x: ChartAxis, y: ChartAxis, in frame: PageRect
  ) throws {
    let named = plot.series.filter { !$0.name.isEmpty }
    guard named.count > 1 else { return }
    let size = 8.0
    let width = try named.map { try self.width(of: $0.name, size: size) }.max()! + 9
    let height = Double(named.count) * 4.2 + 1.6
    let corners = [
      (frame.right - width - 1.5, frame.y + 1.5), (frame.x + 1.5, frame.y + 1.5),
      (frame.right - width - 1.5, frame.bottom - height - 1.5),
      (frame.x + 1.5, frame.bottom - height - 1.5),
    ].map { PageRect(x: $0.0, y: $0.1, width: width, height: height) }
    let places = plot.series.flatMap(\.points).filter { x.scale.shows($0.x) && y.scale.shows($0.y) }
      .map {
        (frame.x + x.fraction($0.x) * frame.width, frame.bottom - y.fraction($0.y) * frame.height)
      }
    func covered(_ box: PageRect) -> Int {
      places.count {
        (box.x - 2...box.right + 2).contains($0.0) && (box.y - 2...box.bottom + 2).contains($0.1)
      }
    }
    let box = corners.min { covered($0) < covered($1) }!
    canvas.fill(box, Ink(red: 1, green: 1, blue: 1, opacity: 0.88))
    canvas.box(box, weight: 0.4, Self.grid)
    for (row, series) in named.enumerated() {
      let line = box.y + 3.2 + Double(row) * 4.2
      canvas.rule(
        from: (box.x + 1.2, line - 1), to: (box.x + 6.2, line - 1), weight: 1.3, series.ink,
        dash: series.isDashed ? [2, 1.4] : [])
      if series.hasMarks { drawMark((box.x + 3.7, line - 1), series.ink) }
      try write(series.name, size: size, x: box.x + 7.6, y: line, .start)
    }
  }
}
