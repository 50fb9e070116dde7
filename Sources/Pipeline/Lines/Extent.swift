/// A rectangle in pixels and parts of them: pixel (i, j) covers x from i to i + 1, y from j to j + 1.
public struct Extent: Sendable, Equatable {
  public var left, top, right, bottom: Double

  public init(left: Double, top: Double, right: Double, bottom: Double) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  var width: Double { right - left }
  var height: Double { bottom - top }
  var middleX: Double { (left + right) / 2 }
  var middleY: Double { (top + bottom) / 2 }

  /// The rectangle that stands upright where `place` puts this one: each side where its ends come on average.
  func placed(by place: (Double, Double) -> (x: Double, y: Double)) -> Extent {
    let (upperLeft, upperRight) = (place(left, top), place(right, top))
    let (lowerLeft, lowerRight) = (place(left, bottom), place(right, bottom))
    return Extent(
      left: (upperLeft.x + lowerLeft.x) / 2, top: (upperLeft.y + upperRight.y) / 2,
      right: (upperRight.x + lowerRight.x) / 2, bottom: (lowerLeft.y + lowerRight.y) / 2)
  }
}
