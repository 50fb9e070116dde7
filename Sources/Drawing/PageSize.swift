/// A sheet of paper in millimetres, portrait.
public struct PageSize: Hashable, Sendable {
  public var width: Double
  public var height: Double

  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  public static let a4 = PageSize(width: 210, height: 297)
  public static let a5 = PageSize(width: 148, height: 210)
  /// JIS B5, the one Korean printers call B5.
  public static let b5 = PageSize(width: 182, height: 257)
}

/// An upright rectangle in millimetres from the page's top left corner.
public struct PageRect: Hashable, Sendable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var right: Double { x + width }
  public var bottom: Double { y + height }
  public var midX: Double { x + width / 2 }
  public var midY: Double { y + height / 2 }

  public func inset(_ dx: Double, _ dy: Double) -> PageRect {
    PageRect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  public func union(_ other: PageRect) -> PageRect {
    let left = min(x, other.x)
    let top = min(y, other.y)
    return PageRect(
      x: left, y: top, width: max(right, other.right) - left,
      height: max(bottom, other.bottom) - top)
  }

  /// Whether the two share more than `tolerance` millimetres in both directions.
  public func overlaps(_ other: PageRect, tolerance: Double = 0) -> Bool {
    min(right, other.right) - max(x, other.x) > tolerance
      && min(bottom, other.bottom) - max(y, other.y) > tolerance
  }
}
