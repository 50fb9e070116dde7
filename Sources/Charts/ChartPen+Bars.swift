import Drawing

extension ChartPen {
  func draw(_ plot: BarPlot, in frame: PageRect) throws {
    let measured = plot.bars.compactMap { bar in bar.value.map { (bar, $0) } }
    let axis = ChartAxis(
      .linear,
      showing: measured.flatMap { bar, value in [value - bar.error, value + bar.error] },
      fromZero: plot.fromZero)
    try drawYAxis(axis, in: frame)
    let cell = frame.width / Double(max(plot.bars.count, 1))
    for (index, bar) in plot.bars.enumerated() {
      let middle = frame.x + (Double(index) + 0.5) * cell
      if let value = bar.value {
        try draw(bar, value, middle: middle, width: cell * 0.66, axis, in: frame)
      } else {
        try write("n/a", size: 8, x: middle, y: frame.bottom - 1.5, .middle, Self.faint)
      }
      try drawName(bar.name, middle: middle, cell: cell, in: frame)
    }
  }

  private func draw(
    _ bar: BarPlot.Bar, _ value: Double, middle: Double, width: Double, _ axis: ChartAxis,
    in frame: PageRect
  ) throws {
    func height(_ value: Double) -> Double {
      frame.bottom - min(max(axis.fraction(value), 0), 1) * frame.height
    }
    let base = axis.range.contains(0) ? height(0) : frame.bottom
    let top = height(value)
    canvas.fill(
      PageRect(x: middle - width / 2, y: min(top, base), width: width, height: abs(base - top)),
      bar.ink)
    if bar.error > 0 {
      canvas.rule(
        from: (middle, height(value - bar.error)), to: (middle, height(value + bar.error)),
        weight: 0.9)
    }
    let peak = bar.error > 0 ? min(top, height(value + bar.error)) : min(top, base)
    try write(chartFigure(value), size: 8, x: middle, y: peak - 1.1, .middle)
  }

  /// Level where it fits, else slanting.
  private func drawName(_ name: String, middle: Double, cell: Double, in frame: PageRect) throws {
    let y = frame.bottom + 3.8
    if try width(of: name, size: 8) < cell * 0.95 {
      try write(name, size: 8, x: middle, y: y, .middle)
    } else {
      try canvas.rotated(degrees: -28, aroundX: middle, y: y) {
        try write(name, size: 7, x: middle + 1.5, y: y, .end)
      }
    }
  }
}
