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
    let isComma = box.width * 100 < textHeight * 35 && box.height * 100 < textHeight * 60
    return box.height * 100 >= textHeight * 45 && tallest * 100 >= textHeight * 38 && !isComma
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

  /// Usual height of a whole line's ink: loosely written letters are lower, whose parts stand apart.
  let lineHeight: Int

  init(_ letters: [PixelBox], textHeight: Int) {
    self.textHeight = textHeight
    let all = textHeight > 0 ? letters.map(Phrase.init(letter:)) : []
    let (strong, weak) = (
      all.filter { $0.isStrong(textHeight: textHeight) },
      all.filter { !$0.isStrong(textHeight: textHeight) }
    )
    // With what may be finals lines are as high as they are, but between two lines these may go the wrong way.
    lineHeight = Self.lineHeight(
      of: Self.joined(all, textHeight: textHeight), textHeight: textHeight)
    phrases =
      Self.joined(strong, textHeight: textHeight) + Self.joined(weak, textHeight: textHeight)
  }

  private static func lineHeight(of phrases: [Phrase], textHeight: Int) -> Int {
    let strong = phrases.filter { $0.isStrong(textHeight: textHeight) }
      .sorted { $0.box.height < $1.box.height }
    let width = strong.reduce(0) { $0 + $1.inkWidth }
    var seen = 0
    for phrase in strong {
      seen += phrase.inkWidth
      if seen * 5 >= width * 4 { return min(phrase.box.height, textHeight * 2) }
    }
    return textHeight
  }

  /// Joins letters side by side, the nearest first: what a letter may be joined to is the phrase as it has grown so far.
  private static func joined(_ letters: [Phrase], textHeight: Int) -> [Phrase] {
    guard textHeight > 0 else { return [] }
    var phrases = letters
    var homes = DisjointSets(count: phrases.count)
    var pairs = pairs(of: letters.map(\.box), textHeight: textHeight)
    // A longer phrase is a better measure of what is beside it, so what did not fit is tried again.
    for _ in 0..<4 {
      let count = pairs.count
      pairs.removeAll { pair in
        let (a, b) = (homes.root(pair.a), homes.root(pair.b))
        guard a != b else { return true }
        guard belongTogether(phrases[a], phrases[b], textHeight: textHeight) else { return false }
        homes.join(a, b)
        phrases[min(a, b)].take(phrases[max(a, b)])
        return true
      }
      if pairs.count == count { break }
    }
    return phrases.indices.filter { homes.root($0) == $0 }.map { phrases[$0] }
  }

  /// Letters with less than three quarters of a letter between them, nearest first.
  private static func pairs(of boxes: [PixelBox], textHeight: Int) -> [(a: Int, b: Int)] {
    let reach = textHeight * 3 / 4
    let grid = BoxGrid(boxes, cell: textHeight * 2)
    var pairs: [(a: Int32, b: Int32, cost: Int32)] = []
    for (index, box) in boxes.enumerated() {
      grid.near(box, reach: reach) { other in
        guard other > index else { return }
        let apart = max(box.left, boxes[other].left) - min(box.right, boxes[other].right)
        let overlap = box.verticalOverlap(boxes[other])
        guard apart <= reach, overlap > 0 else { return }
        let outside = min(box.height, boxes[other].height) - overlap
        pairs.append((Int32(index), Int32(other), Int32(max(0, apart) + 2 * outside)))
      }
    }
    return pairs.sorted { ($0.cost, $0.a, $0.b) < ($1.cost, $1.a, $1.b) }
      .map { (Int($0.a), Int($0.b)) }
  }

  /// Half of the lower one's rows beside the other, and more of a mark's.
  private static func belongTogether(_ a: Phrase, _ b: Phrase, textHeight: Int) -> Bool {
    let overlap = a.box.verticalOverlap(b.box)
    let (lower, higher) = (min(a.box.height, b.box.height), max(a.box.height, b.box.height))
    let areStrong = a.isStrong(textHeight: textHeight) && b.isStrong(textHeight: textHeight)
    guard areStrong ? overlap * 2 >= lower : overlap * 4 >= lower * 3 else { return false }
    // Phrases that stand like stairs are of two lines, however they overlap.
    let whole = a.box.union(b.box).height
    return overlap > 0 && whole * 10 <= higher * 14
      && whole * 100 <= max(max(a.tallest, b.tallest) * 140, textHeight * 125)
  }
}
