import Charts

extension RooflineReport {
  /// Both roofs on logarithmic axes, with the operating points of the tables and what was measured.
  public func chart() -> ChartSheet {
    let points = prefill + decode
    let low = min(points.map(\.intensity).min()! / 2, ridgePoint / 8)
    let high = max(points.map(\.intensity).max()! * 2, ridgePoint * 8)
    let roof = [low, ridgePoint, high].map {
      LinePlot.Point(x: $0, y: hardware.attainable(intensity: $0) / 1e12)
    }
    func marks(_ points: [Roofline.Point], _ unit: String) -> [LinePlot.Point] {
      points.map { .init(x: $0.intensity, y: $0.flops / 1e12, label: "\($0.rows)\(unit)") }
    }
    var series: [LinePlot.Series] = [
      .init("roof", roof, .black, hasMarks: false),
      .init("prefill (tokens)", marks(prefill, ""), ChartInk.blue, hasLine: false),
      .init("decode (batch)", marks(decode, "×"), ChartInk.red, hasLine: false),
    ]
    if !measured.isEmpty {
      series.append(.init("measured", measuredMarks(), ChartInk.green, hasLine: false))
    }
    return ChartSheet(
      "Roofline: \(model.name) on \(hardware.title)",
      note: "Ridge point \(ridgePoint.fixed(1)) FLOP/byte. Weights counted as read "
        + "\(trafficFactor.figure(3))× a pass." + (isPartial ? " Measured: partial." : ""),
      columns: 1, plotSize: (180, 120),
      [
        ChartPlot(
          title: "", xLabel: "arithmetic intensity, FLOP/byte", yLabel: "attainable TFLOPS",
          .lines(LinePlot(series, xScale: .log2, yScale: .log10)))
      ])
  }

  /// What was measured, named where no name stands close by already: many steps share a place.
  private func measuredMarks() -> [LinePlot.Point] {
    var named: [LinePlot.Point] = []
    let tables = (prefill + decode).map { LinePlot.Point(x: $0.intensity, y: $0.flops / 1e12) }
    return measured.map { speed in
      var mark = LinePlot.Point(
        x: speed.point.intensity, y: speed.point.flops * speed.share / 1e12)
      func isClose(_ other: LinePlot.Point, across: Double) -> Bool {
        (1 / across...across).contains(mark.x / other.x)
          && (1 / 1.6...1.6).contains(mark.y / other.y)
      }
      // A name is long, and a table's number short.
      if !named.contains(where: { isClose($0, across: 16) }),
        !tables.contains(where: { isClose($0, across: 1.5) })
      {
        mark.label = speed.name
        named.append(mark)
      }
      return mark
    }
  }
}
