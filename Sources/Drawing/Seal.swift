import Foundation

/// A seal pressed in red paste: a picture, whose characters belong to no transcript.
public struct Seal: Sendable {
  public enum Shape: Sendable {
    /// 직인: square, columns of characters read from the right.
    case square
    /// A round personal seal, characters in one column.
    case round
  }

  public var shape: Shape
  public var text: String
  /// Side or diameter, millimetres.
  public var size: Double
  public var face: Typeface
  /// Clockwise.
  public var degrees: Double
  public var ink: Ink

  public init(
    _ shape: Shape, text: String, size: Double,
    face: Typeface = Typeface(.nanumMyeongjo, bold: true),
    degrees: Double = 0, opacity: Double = 0.85
  ) {
    self.shape = shape
    self.text = text
    self.size = size
    self.face = face
    self.degrees = degrees
    ink = Ink.seal
    ink.opacity = opacity
  }
}

extension Canvas {
  /// Presses `seal` with its centre at (`x`, `y`).
  public func press(_ seal: Seal, x: Double, y: Double, with typesetter: Typesetter) throws {
    let half = seal.size / 2
    try rotated(degrees: seal.degrees, aroundX: x, y: y) {
      let frame = PageRect(x: x - half, y: y - half, width: seal.size, height: seal.size)
      switch seal.shape {
      case .square:
        box(frame, weight: seal.size * 0.11, seal.ink, corner: seal.size * 0.03)
        try columns(of: seal, in: frame.inset(seal.size * 0.05, seal.size * 0.05), typesetter)
      case .round:
        circle(x: x, y: y, radius: half, weight: seal.size * 0.12, seal.ink)
        try columns(of: seal, in: frame.inset(seal.size * 0.2, seal.size * 0.04), typesetter)
      }
    }
  }

  private func columns(of seal: Seal, in frame: PageRect, _ typesetter: Typesetter) throws {
    let characters = Array(seal.text)
    let columnCount = seal.shape == .round ? 1 : max(1, Int(Double(characters.count).squareRoot()))
    let rowCount = (characters.count + columnCount - 1) / columnCount
    let cellWidth = frame.width / Double(columnCount)
    let cellHeight = frame.height / Double(rowCount)
    let points = min(cellWidth, cellHeight) * 0.92 / 25.4 * 72
    for (index, character) in characters.enumerated() {
      let column = index / rowCount
      let set = try typesetter.set(
        String(character), TextStyle(seal.face, size: points, ink: seal.ink))
      guard let ink = set.ink else { continue }
      let centreX = frame.right - (Double(column) + 0.5) * cellWidth
      let centreY = frame.y + (Double(index % rowCount) + 0.5) * cellHeight
      exclusively {
        paint(
          set, x: centreX - ink.x - ink.width / 2, baseline: centreY - ink.y - ink.height / 2)
      }
    }
  }
}
