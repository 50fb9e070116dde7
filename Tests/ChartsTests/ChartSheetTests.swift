import Charts
import Drawing
import PageImaging
import Testing

@Suite struct ChartSheetTests {
  private func sheet(_ content: ChartPlot.Content, columns: Int = 1, count: Int = 1) -> ChartSheet {
    ChartSheet(
      "시간 Time", columns: columns, plotSize: (60, 50),
      (0..<count).map { _ in
        ChartPlot(title: "Throughput", xLabel: "position", yLabel: "tokens/s", content)
      })
  }

  private func image(_ sheet: ChartSheet) throws -> PageImage {
    try PageImage(png: sheet.png(), name: "chart")
  }

  private func pixels(_ image: PageImage, like ink: Ink) -> Int {
    let wanted = [ink.red, ink.green, ink.blue].map { Int(($0 * 255).rounded()) }
    return stride(from: 0, to: image.samples.count, by: 3).count { place in
      (0..<3).allSatisfy { abs(Int(image.samples[place + $0]) - wanted[$0]) <= 2 }
    }
  }

  @Test func `A sheet is as large as its plots at 300 DPI`() throws {
    let lines = LinePlot([.init("a", [.init(x: 1, y: 1), .init(x: 2, y: 3)], ChartInk.blue)])
    let one = try image(sheet(.lines(lines)))
    let four = try image(sheet(.lines(lines), columns: 2, count: 4))
    #expect(one.dpi.map { abs($0 - 300) < 0.5 } == true)
    #expect(abs(four.width - one.width - Int(60 / 25.4 * 300)) <= 1)
    #expect(abs(four.height - one.height - Int(50 / 25.4 * 300)) <= 1)
  }

  @Test func `A curve is drawn in its colour, and one that has no place on the scale is not`()
    throws
  {
    func drawn(_ y: Double) throws -> Int {
      let series = LinePlot.Series(
        "a", [.init(x: 1, y: y), .init(x: 64, y: y * 4)], ChartInk.green)
      let other = LinePlot.Series(
        "b", [.init(x: 1, y: 1), .init(x: 64, y: 2)], ChartInk.blue, hasMarks: false)
      let plot = LinePlot([series, other], xScale: .log2, yScale: .log10)
      return pixels(try image(sheet(.lines(plot))), like: ChartInk.green)
    }
    // What is left of a series without points is its mark in the legend.
    #expect(try drawn(3) > 2 * drawn(-3))
  }

  @Test func `A bar twice as high has twice the ink, and one not measured has none`() throws {
    let bars = BarPlot([
      .init("one", 10, ChartInk.blue), .init("two", 20, ChartInk.red),
      .init("none", nil, ChartInk.green),
    ])
    let image = try image(sheet(.bars(bars)))
    let (one, two) = (pixels(image, like: ChartInk.blue), pixels(image, like: ChartInk.red))
    #expect(abs(Double(two) / Double(one) - 2) < 0.05)
    #expect(pixels(image, like: ChartInk.green) == 0)
  }

  @Test func `A plot of nothing is still a plot`() throws {
    _ = try image(sheet(.lines(LinePlot([]))))
    _ = try image(sheet(.bars(BarPlot([]))))
    _ = try image(sheet(.lines(LinePlot([.init("a", [.init(x: 5, y: 5)], ChartInk.blue)]))))
  }

  /// Steps between two values can be too small for a Double to count, or none at all.
  @Test(
    arguments: [
      [0.0, 0.0], [0.24, (0.24).nextUp], [1e300, (1e300).nextUp], [-3.0, -3.0],
      [0, .leastNonzeroMagnitude],
    ], [true, false])
  func `Values that hardly differ have an axis`(values: [Double], fromZero: Bool) throws {
    let points = values.enumerated().map { LinePlot.Point(x: Double($0.offset), y: $0.element) }
    _ = try image(
      sheet(.lines(LinePlot([.init("a", points, ChartInk.blue)], fromZero: fromZero))))
  }
}
