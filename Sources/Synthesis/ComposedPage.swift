import Datasets
import DocProfiles
import Drawing

/// A drawn page with what is truly on it; the boxes are in the canvas's pixels.
public struct ComposedPage {
  public var canvas: Canvas
  public var transcript: String
  /// With their runs.
  public var lines: [LineTruth]
  /// With `page` 0: the document numbers them.
  public var fields: [FieldTruth]
  /// Every run of text drawn, in reading order, with its ink: what the transcript must say.
  public var runs: [Run]
  /// How its letters meet the paper; nil where that is the document's to draw.
  public var edges: PagePalette.Edges?

  public struct Run: Equatable, Sendable {
    /// As set one after another, without a gap.
    public var pieces: [String]
    /// Index into `lines`.
    public var line: Int
    public var box: PixelBox?

    public var text: String { pieces.joined() }
  }
}

/// The field that a piece of text belongs to.
public struct FieldTag: Hashable, Sendable {
  public var name: String
  public var kind: FieldKind
  /// From 1, in a table.
  public var row: Int?

  public init(_ name: String, _ kind: FieldKind, row: Int? = nil) {
    self.name = name
    self.kind = kind
    self.row = row
  }
}

/// Text of one look and one meaning; a run is one or more of them set without a gap.
public struct Piece: ExpressibleByStringLiteral, Sendable {
  public var text: String
  public var tag: FieldTag?
  /// Instead of the run's ink, for flagged values.
  public var ink: Ink?
  public var isBold: Bool

  public init(_ text: String, _ tag: FieldTag? = nil, ink: Ink? = nil, bold: Bool = false) {
    self.text = text
    self.tag = tag
    self.ink = ink
    isBold = bold
  }

  public init(stringLiteral value: String) { self.init(value) }
}

/// A layout that does not fit its content: our own mistake, told with its place.
public struct LayoutError: Error, CustomStringConvertible, Equatable {
  public enum Defect: String, Sendable {
    case tooWide = "text wider than its cell"
    case overlap = "text drawn over text"
    case offPage = "text off the page"
    case interrupted = "a field with other text inside it"
    case tooTall = "content taller than the page"
  }

  public var defect: Defect
  /// From 1, in reading order; 0 where the page as a whole is meant.
  public var line: Int

  public var description: String {
    "page layout: \(defect.rawValue), line \(line): the layout must shrink or wrap it"
  }
}
