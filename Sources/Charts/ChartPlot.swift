import Drawing

/// One plot of a sheet.
public struct ChartPlot: Sendable {
  public var title: String
  public var xLabel: String
  public var yLabel: String
  public var content: Content

  public enum Content: Sendable {
    case lines(LinePlot)
    case bars(BarPlot)
  }

  public init(title: String, xLabel: String = "", yLabel: String, _ content: Content) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.content = content
  }
}

/// Curves over a common x.
public struct LinePlot: Sendable {
  public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double
    /// Half the length of the bar through the point; 0 draws none.
    public var error: Double
    /// Written beside the point.
    public var label: String?

    public init(x: Double, y: Double, error: Double = 0, label: String? = nil) {
      self.x = x
      self.y = y
      self.error = error
      self.label = label
    }
  }

  public struct Series: Sendable {
    public var name: String
    public var points: [Point]
    public var ink: Ink
    public var isDashed: Bool
    /// Points are marked, and joined by a line, unless one is switched off.
    public var hasMarks: Bool
    public var hasLine: Bool

    public init(
      _ name: String, _ points: [Point], _ ink: Ink, isDashed: Bool = false, hasMarks: Bool = true,
      hasLine: Bool = true
    ) {
      self.name = name
      self.points = points
      self.ink = ink
      self.isDashed = isDashed
      self.hasMarks = hasMarks
      self.hasLine = hasLine
    }
  }

  public var series: [Series]
  public var xScale: ChartScale
  public var yScale: ChartScale
  /// A linear y axis begins at 0.
  public var fromZero: Bool
  /// Level lines with their names, such as a limit.
  public var levels: [(value: Double, name: String)]

  public init(
    _ series: [Series], xScale: ChartScale = .linear, yScale: ChartScale = .linear,
    fromZero: Bool = false, levels: [(value: Double, name: String)] = []
  ) {
    self.series = series
    self.xScale = xScale
    self.yScale = yScale
    self.fromZero = fromZero
    self.levels = levels
  }
}

/// Named values side by side, each with its figure on top.
public struct BarPlot: Sendable {
  public struct Bar: Sendable {
    public var name: String
    /// nil: not measured; its place says so.
    public var value: Double?
    public var ink: Ink
    public var error: Double

    public init(_ name: String, _ value: Double?, _ ink: Ink, error: Double = 0) {
      self.name = name
      self.value = value
      self.ink = ink
      self.error = error
    }
  }

  public var bars: [Bar]
  /// Where false the axis is fitted to the differences, and its label says that it is.
  public var fromZero: Bool

  public init(_ bars: [Bar], fromZero: Bool = true) {
    self.bars = bars
    self.fromZero = fromZero
  }
}

/// Colours that stay apart for the colour-blind (Okabe & Ito 2008).
public enum ChartInk {
  public static let blue = Ink(red: 0, green: 0x72 / 255.0, blue: 0xb2 / 255.0)
  public static let orange = Ink(red: 0xe6 / 255.0, green: 0x9f / 255.0, blue: 0)
  public static let green = Ink(red: 0, green: 0x9e / 255.0, blue: 0x73 / 255.0)
  public static let red = Ink(red: 0xd5 / 255.0, green: 0x5e / 255.0, blue: 0)
  public static let purple = Ink(red: 0xcc / 255.0, green: 0x79 / 255.0, blue: 0xa7 / 255.0)
  public static let sky = Ink(red: 0x56 / 255.0, green: 0xb4 / 255.0, blue: 0xe9 / 255.0)
  public static let grey = Ink.grey(0.55)
  public static let series = [blue, red, green, orange, purple, sky, grey]
}
