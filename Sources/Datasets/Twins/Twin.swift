import DocProfiles
import PageImaging

/// A page with a few places changed, and what is truly on it now.
public struct Twin: Sendable {
  public var kind: ProbeKind
  /// The document that the page was taken from, and which of its pages.
  public var originalID: String
  public var originalPage: Int
  /// The twin as a document of one page, with an id of its own that does not say what was done.
  public var document: DatasetDocument
  /// At the master's size and DPI. Outside the edits' boxes it is the original pixel for pixel.
  public var image: PageImage
  /// In the order of the original's transcript.
  public var edits: [TwinEdit]

  public init(
    kind: ProbeKind, originalID: String, originalPage: Int, document: DatasetDocument,
    image: PageImage, edits: [TwinEdit]
  ) {
    self.kind = kind
    self.originalID = originalID
    self.originalPage = originalPage
    self.document = document
    self.image = image
    self.edits = edits
  }
}

/// One place where a twin differs from its original.
public struct TwinEdit: Codable, Sendable, Equatable {
  public enum Change: String, Codable, Sendable, CaseIterable {
    case digit, unit, drug, side, negation, comparator
    case erased
    /// Crossed out, with the changed value written beside it.
    case struck
    case stamped
    case smeared
  }

  public var change: Change
  /// The field's name, how its readings are compared, and its row.
  public var field: String
  public var kind: FieldKind
  public var row: Int?
  /// What stands there in the original.
  public var original: String
  /// What stands there in the twin; nil where nothing can be read any more.
  public var changed: String?
  /// Of `original` in the original page's transcript, in code points, end exclusive.
  public var originalSpan: Range<Int>
  /// Of `changed` in the twin's transcript; empty where there is none.
  public var span: Range<Int>
  /// Whether the two spans are a whole field, and not a part of one.
  public var isWholeField: Bool
  /// Every pixel that was touched lies in it.
  public var box: PixelBox

  enum CodingKeys: String, CodingKey {
    case change, field, kind, row, original, changed, span, box
    case originalSpan = "original_span"
    case isWholeField = "whole_field"
  }

  public init(
    change: Change, field: String, kind: FieldKind, row: Int?, original: String,
    changed: String?, originalSpan: Range<Int>, span: Range<Int>, isWholeField: Bool,
    box: PixelBox
  ) {
    self.change = change
    self.field = field
    self.kind = kind
    self.row = row
    self.original = original
    self.changed = changed
    self.originalSpan = originalSpan
    self.span = span
    self.isWholeField = isWholeField
    self.box = box
  }
}

/// Whoever makes twins of a page. The runner draws nothing, so this comes from outside.
public protocol TwinSource: Sendable {
  /// Twins of one page, at most one a kind; a kind that finds nothing to change gives none.
  ///
  /// - Parameters:
  ///   - image: the page's master with its DPI.
  ///   - kinds: those wanted.
  ///   - critical: names of fields to take before others.
  ///   - seed: with the document's id, decides every draw.
  func twins(
    of document: DatasetDocument, page: Int, image: PageImage, kinds: [ProbeKind],
    critical: Set<String>, seed: UInt64
  ) throws -> [Twin]
}

extension PixelBox {
  public var right: Int { x + width }
  public var bottom: Int { y + height }

  /// The smallest box around both.
  public func union(_ other: PixelBox) -> PixelBox {
    let (left, top) = (min(x, other.x), min(y, other.y))
    return PixelBox(
      x: left, y: top, width: max(right, other.right) - left,
      height: max(bottom, other.bottom) - top)
  }

  /// Grown by so many pixels on each side and cut at the page's edges; nil where nothing is left.
  public func grown(_ dx: Int, _ dy: Int, within width: Int, _ height: Int) -> PixelBox? {
    let (left, top) = (max(0, x - dx), max(0, y - dy))
    let (right, bottom) = (min(width, right + dx), min(height, bottom + dy))
    guard right > left, bottom > top else { return nil }
    return PixelBox(x: left, y: top, width: right - left, height: bottom - top)
  }

  public func overlaps(_ other: PixelBox) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  public func contains(x px: Int, y py: Int) -> Bool {
    px >= x && px < right && py >= y && py < bottom
  }
}
