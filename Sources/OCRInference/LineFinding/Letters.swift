/// What of a page's ink may be letters, put together as far as they touch or stand above one another.
struct Letters {
  let boxes: [PixelBox]
  /// Upright strokes as thin as what is left of a rule: a letter's only where they stand close by one.
  let strokes: [PixelBox]
  /// Usual height of a letter; 0 without any.
  let textHeight: Int
  /// More pieces than any page of print has: of a page of noise or a picture the largest are kept.
  static let mostPieces = 16_000

  /// - Parameter cuts: rows of pixels that part two lines.
  init(in ink: InkMap, dpi: Int, cuts: [PixelBox] = []) {
    let found = Self.pieces(of: ink, dpi: dpi)
    // At low resolution letters touch: then a piece as wide as high may be two of them.
    let usual = Self.textHeight(of: found.letters.map(\.box), dpi: dpi)
    let tallest = dpi < 120 ? usual * 9 / 5 : Int.max
    boxes = Syllables.assembled(found.letters, tallest: tallest, cuts: cuts).map(\.box)
    strokes = found.strokes.map(\.box)
    textHeight = Self.textHeight(of: boxes, dpi: dpi)
  }

  private enum Kind { case letter, stroke, nothing }

  private static func pieces(
    of ink: InkMap, dpi: Int
  ) -> (letters: [Components.Piece], strokes: [Components.Piece]) {
    var letters: [Components.Piece] = []
    var strokes: [Components.Piece] = []
    for piece in Components(of: ink.mask, width: ink.width, height: ink.height).pieces {
      switch kind(of: piece, dpi: dpi) {
      case .letter: letters.append(piece)
      case .stroke: strokes.append(piece)
      case .nothing: break
      }
    }
    return (largest(of: letters), largest(of: strokes))
  }

  private static func largest(of pieces: [Components.Piece]) -> [Components.Piece] {
    guard pieces.count > mostPieces else { return pieces }
    let least = pieces.map(\.area).sorted(by: >)[mostPieces]
    return pieces.filter { $0.area > least }
  }

  private static func kind(of piece: Components.Piece, dpi: Int) -> Kind {
    let box = piece.box
    guard piece.area >= max(1, dpi * dpi / 18000), box.height * 10 <= dpi * 6 else {
      return .nothing
    }
    let fill = piece.area * 100 / (box.width * box.height)
    // Letters of a word touch at low resolution.
    if box.width * 2 > dpi * 3 {
      guard box.height * 100 > dpi * 6, box.height * 100 < dpi * 40, fill >= 18 else {
        return .nothing
      }
    }
    let thin = max(2, dpi * 4 / 100)
    if box.height * 100 > dpi * 22, box.width <= thin { return .stroke }
    // What is left of a rule.
    if box.width * 100 > dpi * 20, box.height * 8 <= box.width, box.height <= thin {
      return .nothing
    }
    // A ring, or an arc of one, holds little ink for its size.
    let isLarge = min(box.width, box.height) * 100 > dpi * 22
    return isLarge && fill < 14 ? .nothing : .letter
  }

  /// The height that most ink has: the upper third over letters' widths of letters taller than a millimetre.
  private static func textHeight(of letters: [PixelBox], dpi: Int) -> Int {
    let tall = letters.filter { $0.height * 25 >= dpi && $0.height * 3 <= dpi }
      .sorted { $0.height < $1.height }
    let width = tall.reduce(0) { $0 + $1.width }
    var seen = 0
    for box in tall {
      seen += box.width
      // Jamo stand apart in many syllables, so the taller part is nearer to the line's height.
      if seen * 3 >= width * 2 { return box.height }
    }
    return 0
  }
}

extension InkMap {
  mutating func clear(_ box: PixelBox) {
    for y in box.top..<box.bottom {
      for x in box.left..<box.right { mask[y * width + x] = 0 }
    }
  }

  func count(in box: PixelBox) -> Int {
    mask.withUnsafeBufferPointer { mask in
      var count = 0
      for y in box.top..<box.bottom {
        for i in y * width + box.left..<y * width + box.right { count += Int(mask[i]) }
      }
      return count
    }
  }
}
