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
      let seen = measured.map {
        LinePlot.Point(x: $0.point.intensity, y: $0.point.flops * $0.share / 1e12, label: $0.name)
      }
      series.append(.init("measured", seen, ChartInk.green, hasLine: false))
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
}
