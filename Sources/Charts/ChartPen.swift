import Drawing

/// Draws plots on a canvas.
struct ChartPen {
  enum Anchor {
    case start, middle, end
  }

  static let faint = Ink.grey(0.35)
  static let grid = Ink.grey(0.88)

  let canvas: Canvas
  let typesetter: Typesetter

  func style(_ size: Double, _ ink: Ink) -> TextStyle {
    TextStyle(
      Typeface(.nanumGothic), fallbacks: [Typeface(.notoSans)], size: size, ink: ink)
  }

  /// Writes a line on its baseline; gives its width in millimetres.
  @discardableResult
  func write(
    _ text: String, size: Double, x: Double, y: Double, _ anchor: Anchor, _ ink: Ink = .black
  ) throws -> Double {
    guard !text.isEmpty else { return 0 }
    let set = try typesetter.set(text, style(size, ink))
    let shift = anchor == .start ? 0 : anchor == .middle ? set.width / 2 : set.width
    canvas.draw(set, x: x - shift, baseline: y)
    return set.width
  }

  func width(of text: String, size: Double) throws -> Double {
    try typesetter.set(text, style(size, .black)).width
  }

  mutating func draw(_ plot: ChartPlot, in place: PageRect) throws {
    let frame = PageRect(
      x: place.x + 19, y: place.y + 9, width: place.width - 24, height: place.height - 26)
    try write(plot.title, size: 10.5, x: frame.midX, y: place.y + 6, .middle)
    try write(plot.xLabel, size: 9, x: frame.midX, y: place.bottom - 4.5, .middle)
    try canvas.rotated(degrees: -90, aroundX: place.x + 5, y: frame.midY) {
      try write(yLabel(plot), size: 9, x: place.x + 5, y: frame.midY, .middle)
    }
    switch plot.content {
    case .lines(let lines): try draw(lines, in: frame)
    case .bars(let bars): try draw(bars, in: frame)
    }
  }

  private func yLabel(_ plot: ChartPlot) -> String {
    if case .bars(let bars) = plot.content, !bars.fromZero {
      return plot.yLabel + " (axis not from 0)"
    }
    return plot.yLabel
  }

  /// The frame, the grid across it and the figures of the y axis.
  func drawYAxis(_ axis: ChartAxis, in frame: PageRect) throws {
    for tick in axis.ticks where (0...1).contains(axis.fraction(tick)) {
      let y = frame.bottom - axis.fraction(tick) * frame.height
      canvas.rule(from: (frame.x, y), to: (frame.right, y), weight: 0.5, Self.grid)
      try write(chartFigure(tick), size: 8, x: frame.x - 1.5, y: y + 1, .end, Self.faint)
    }
    canvas.box(frame, weight: 0.6, Self.faint)
  }

  func drawXAxis(_ axis: ChartAxis, in frame: PageRect) throws {
    for tick in axis.ticks where (0...1).contains(axis.fraction(tick)) {
      let x = frame.x + axis.fraction(tick) * frame.width
      canvas.rule(from: (x, frame.y), to: (x, frame.bottom), weight: 0.5, Self.grid)
      try write(chartFigure(tick), size: 8, x: x, y: frame.bottom + 4, .middle, Self.faint)
    }
  }
}
