/// Parts letters of two lines that touch, a tail of the upper one and a head of the lower: the letters on both sides show
/// where the lines are, and the cut goes between them where there is least ink.
enum TouchingLines {
  /// Rows of pixels, one high, to clear.
  static func cuts(
    through letters: [PixelBox], of ink: InkMap, lineHeight: Int
  ) -> [PixelBox] {
    guard lineHeight > 0 else { return [] }
    let tall = letters.filter { $0.height * 100 > lineHeight * 135 }
    guard !tall.isEmpty else { return [] }
    let grid = BoxGrid(letters, cell: lineHeight * 2)
    return tall.flatMap { box -> [PixelBox] in
      if box.width > 3 * lineHeight { return cuts(throughWords: box, ink, lineHeight: lineHeight) }
      return cut(through: box, letters, grid, ink, lineHeight: lineHeight).map { [$0] } ?? []
    }
  }

  /// Where whole words touch, their own rows of pixels show the lines: between two of them is little ink.
  private static func cuts(
    throughWords box: PixelBox, _ ink: InkMap, lineHeight: Int
  ) -> [PixelBox] {
    func row(_ y: Int) -> PixelBox {
      PixelBox(left: box.left, top: y, right: box.right, bottom: y + 1)
    }
    let profile = (box.top..<box.bottom).map { ink.count(in: row($0)) }
    let (near, far) = (max(1, lineHeight / 4), lineHeight)
    return profile.indices.filter { y in
      let around = max(0, y - near)...min(profile.count - 1, y + near)
      // The lowest nearby, the first of several.
      guard !around.contains(where: { (profile[$0], $0) < (profile[y], y) }) else { return false }
      let above = profile[max(0, y - far)..<y].max() ?? 0
      let below = profile[y..<min(profile.count, y + far)].max() ?? 0
      return y >= near && y < profile.count - near && profile[y] * 3 <= min(above, below)
    }.map { row(box.top + $0) }
  }

  private static func cut(
    through tall: PixelBox, _ letters: [PixelBox], _ grid: BoxGrid, _ ink: InkMap, lineHeight: Int
  ) -> PixelBox? {
    var beside: Set<Int> = []
    var alike = 0
    grid.near(tall, reach: 6 * lineHeight) { index in
      let box = letters[index]
      guard box != tall, !beside.contains(index) else { return }
      if box.height * 10 >= lineHeight * 5, box.height * 10 <= lineHeight * 13,
        box.verticalOverlap(tall) * 5 >= box.height * 3
      {
        beside.insert(index)
      } else if box.height * 5 >= tall.height * 4, box.height * 4 <= tall.height * 5,
        box.verticalOverlap(tall) * 5 >= box.height * 4
      {
        alike += 1
      }
    }
    // A title's letters are of one height.
    guard beside.count >= 3, beside.count > alike else { return nil }
    let sorted = beside.map { letters[$0] }.sorted { $0.middle < $1.middle }
    let widest = (1..<sorted.count).max {
      sorted[$0].middle - sorted[$0 - 1].middle < sorted[$1].middle - sorted[$1 - 1].middle
    }!
    guard (sorted[widest].middle - sorted[widest - 1].middle) * 10 >= Double(lineHeight * 4) else {
      return nil
    }
    let bottoms = sorted[..<widest].map(\.bottom).sorted()
    let tops = sorted[widest...].map(\.top).sorted()
    let (bottom, top) = (bottoms[bottoms.count / 2], tops[tops.count / 2])
    let margin = max(1, lineHeight / 8)
    let rows = (min(bottom, top) - margin..<max(bottom, top) + margin)
      .clamped(to: tall.top + 1..<max(tall.top + 2, tall.bottom - 1))
    // Neither part may be a mere tip.
    guard !rows.isEmpty, (rows.lowerBound - tall.top) * 4 >= lineHeight,
      (tall.bottom - rows.upperBound) * 4 >= lineHeight
    else { return nil }
    func row(_ y: Int) -> PixelBox {
      PixelBox(left: tall.left, top: y, right: tall.right, bottom: y + 1)
    }
    let middle = (bottom + top) / 2
    let best = rows.map { (ink: ink.count(in: row($0)), off: abs($0 - middle), y: $0) }
      .min { ($0.ink, $0.off) < ($1.ink, $1.off) }!
    return row(best.y)
  }
}
