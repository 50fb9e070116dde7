/// Puts the parts of a Hangul syllable together, which stand above one another without touching: their box is about as
/// wide as it is high, as no two letters of neighbouring lines are.
enum Syllables {
  /// - Parameters:
  ///   - tallest: no syllable is higher, unless a part of it is.
  ///   - cuts: rows of pixels that part two lines.
  static func assembled(
    _ pieces: [Components.Piece], tallest: Int, cuts: [PixelBox]
  ) -> [Components.Piece] {
    var pieces = pieces.sorted { $0.box.top < $1.box.top }
    // A syllable has three parts; a page of noise would go on.
    for _ in 0..<4 {
      var changed = false
      var kept: [Components.Piece] = []
      // Pieces by the columns they touch, so that only neighbours are compared.
      var columns: [Int: [Int]] = [:]
      for piece in pieces {
        let bands = piece.box.left / 32...max(piece.box.left, piece.box.right - 1) / 32
        let home = bands.lazy.flatMap { columns[$0, default: []] }
          .first { home in
            let upper = kept[home].box
            let whole = upper.union(piece.box)
            return belongTogether(upper, piece.box)
              && whole.height <= max(tallest, upper.height, piece.box.height)
              && !cuts.contains { cut in
                cut.horizontalOverlap(whole) > 0 && Double(cut.top) > upper.middle
                  && Double(cut.top) < piece.box.middle
              }
          }
        if let home {
          kept[home].box = kept[home].box.union(piece.box)
          kept[home].area += piece.area
          for band in bands where !columns[band, default: []].contains(home) {
            columns[band, default: []].append(home)
          }
          changed = true
        } else {
          kept.append(piece)
          for band in bands { columns[band, default: []].append(kept.count - 1) }
        }
      }
      pieces = kept
      guard changed else { break }
    }
    return pieces
  }

  private static func belongTogether(_ upper: PixelBox, _ lower: PixelBox) -> Bool {
    let whole = upper.union(lower)
    let narrower = min(upper.width, lower.width)
    let (low, high) = (min(upper.height, lower.height), max(upper.height, lower.height))
    guard upper.horizontalOverlap(lower) * 2 >= narrower,
      whole.height * 10 <= whole.width * 13,
      // Words whose letters touch are wide too: two of them above one another are of two lines.
      whole.width * 10 <= whole.height * 17 || low * 10 <= high * 6 && whole.height * 2 <= high * 3
    else { return false }
    let gap = max(upper.top, lower.top) - min(upper.bottom, lower.bottom)
    return gap * 4 <= high
  }
}
