import Drawing
import PageImaging

/// Plots in rows and columns on one sheet, drawn at 300 DPI.
public struct ChartSheet: Sendable {
  public var title: String
  public var note: String
  /// Left to right, then down.
  public var plots: [ChartPlot]
  public var columns: Int
  /// Of one plot, millimetres.
  public var plotSize: (width: Double, height: Double)

  public init(
    _ title: String, note: String = "", columns: Int,
    plotSize: (width: Double, height: Double) = (
      118, 84
    ), _ plots: [ChartPlot]
  ) {
    precondition(columns > 0 && !plots.isEmpty)
    self.title = title
    self.note = note
    self.columns = columns
    self.plotSize = plotSize
    self.plots = plots
  }

  /// The sheet as a PNG.
  /// - Throws: `MissingFont`, `UndrawableCharacter`, `PNGError`.
  public func png() throws -> [UInt8] { try drawn().pageImage.pngData() }

  func drawn() throws -> Canvas {
    let rows = (plots.count + columns - 1) / columns
    let foot = note.isEmpty ? 4.0 : 10.0
    let canvas = Canvas(
      size: PageSize(
        width: Double(columns) * plotSize.width + 8,
        height: 12 + Double(rows) * plotSize.height + foot))
    var pen = ChartPen(canvas: canvas, typesetter: try Typesetter(dpi: canvas.dpi, families: []))
    try pen.write(title, size: 13, x: canvas.size.width / 2, y: 8, .middle)
    for (index, plot) in plots.enumerated() {
      let place = PageRect(
        x: 4 + Double(index % columns) * plotSize.width,
        y: 12 + Double(index / columns) * plotSize.height,
        width: plotSize.width, height: plotSize.height)
      try pen.draw(plot, in: place)
    }
    if !note.isEmpty {
      try pen.write(note, size: 8, x: 8, y: canvas.size.height - 4, .start, ChartPen.faint)
    }
    return canvas
  }
}
