/// A run of ink that reads on without a wide gap.
struct Phrase {
  var box: PixelBox
  /// Height of the tallest letter, or part of one, that touches.
  var tallest: Int
  /// Sum of the letters' widths, and of their widths by their heights.
  var inkWidth: Int
  var inkArea: Int

  init(letter: PixelBox) {
    box = letter
    tallest = letter.height
    inkWidth = letter.width
    inkArea = letter.width * letter.height
  }

  /// The letters' mean height, wide ones counting more.
  var meanHeight: Int { inkArea / max(1, inkWidth) }

  /// Not a mark beside letters.
  func isStrong(textHeight: Int) -> Bool {
    box.height * 100 >= textHeight * 45 && tallest * 100 >= textHeight * 38
  }

  mutating func take(_ other: Phrase) {
    box = box.union(other.box)
    tallest = max(tallest, other.tallest)
    inkWidth += other.inkWidth
    inkArea += other.inkArea
  }
}

/// The phrases of a page.
struct Phrases {
  private(set) var phrases: [Phrase]
  /// Usual height of a letter; 0 without any.
  let textHeight: Int

  init(_ letters: [PixelBox], textHeight: Int) {
    self.textHeight = textHeight
    phrases = textHeight > 0 ? letters.map(Phrase.init(letter:)) : []
    let gap = textHeight * 3 / 4
    joinAll(reach: gap) { Self.standSideBySide($0, $1, gap: gap, textHeight: textHeight) }
  }

  /// Usual height of a whole line's ink: loosely written letters are lower, whose parts stand apart.
  var lineHeight: Int {
    let strong = phrases.filter { $0.isStrong(textHeight: textHeight) }
      .sorted { $0.box.height < $1.box.height }
    let width = strong.reduce(0) { $0 + $1.inkWidth }
    var seen = 0
    for phrase in strong {
      seen += phrase.inkWidth
      if seen * 10 >= width * 7 { return min(phrase.box.height, textHeight * 2) }
    }
    return textHeight
  }

  /// Joins what stands side by side, over and over: a longer phrase is a better measure of what is beside it.
  private mutating func joinAll(reach: Int, _ belong: (Phrase, Phrase) -> Bool) {
    for _ in 0..<6 {
      let grid = BoxGrid(phrases.map(\.box), cell: textHeight * 2)
      var sets = DisjointSets(count: phrases.count)
      var changed = false
      for (index, phrase) in phrases.enumerated() {
        grid.near(phrase.box, reach: reach) { other in
          if other > index, belong(phrase, phrases[other]), sets.join(index, other) {
            changed = true
          }
        }
      }
      guard changed else { return }
      gather(&sets)
    }
  }

  private mutating func gather(_ sets: inout DisjointSets) {
    var homes: [Int: Int] = [:]
    var kept: [Phrase] = []
    for (index, phrase) in phrases.enumerated() {
      let root = sets.root(index)
      if let home = homes[root] {
        kept[home].take(phrase)
      } else {
        homes[root] = kept.count
        kept.append(phrase)
      }
    }
    phrases = kept
  }

  /// Half of the lower one's rows beside the other, within `gap`.
  private static func standSideBySide(
    _ a: Phrase, _ b: Phrase, gap: Int, textHeight: Int
  ) -> Bool {
    let apart = max(a.box.left, b.box.left) - min(a.box.right, b.box.right)
    guard apart <= gap else { return false }
    let overlap = a.box.verticalOverlap(b.box)
    let (lower, higher) = (min(a.box.height, b.box.height), max(a.box.height, b.box.height))
    // Phrases that stand like stairs are of two lines, however they overlap.
    let whole = a.box.union(b.box).height
    return overlap * 2 >= lower && overlap > 0 && whole * 10 <= higher * 14
      && whole * 100 <= max(max(a.tallest, b.tallest) * 150, textHeight * 125)
  }
}
