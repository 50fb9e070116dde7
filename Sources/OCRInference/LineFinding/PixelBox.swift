/// A rectangle of pixels, its lower and right bounds exclusive.
public struct PixelBox: Sendable, Equatable {
  public var left: Int
  public var top: Int
  public var right: Int
  public var bottom: Int

  public init(left: Int, top: Int, right: Int, bottom: Int) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  public var width: Int { right - left }
  public var height: Int { bottom - top }
  var middle: Double { Double(top + bottom) / 2 }

  func union(_ other: PixelBox) -> PixelBox {
    PixelBox(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }

  func verticalOverlap(_ other: PixelBox) -> Int {
    max(0, min(bottom, other.bottom) - max(top, other.top))
  }

  func horizontalOverlap(_ other: PixelBox) -> Int {
    max(0, min(right, other.right) - max(left, other.left))
  }
}
