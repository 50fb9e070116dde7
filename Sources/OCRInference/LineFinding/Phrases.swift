/// A run of ink that reads on without a wide gap.
struct Phrase {
  var box: PixelBox
  /// Height of the tallest letter, or part of one, that touches.
  var tallest: Int
  /// Sum of the letters' widths.
  var inkWidth: Int

  mutating func take(_ other: Phrase) {
    box = box.union(other.box)
    tallest = max(tallest, other.tallest)
    inkWidth += other.inkWidth
  }
}

/// The phrases of a page, and the lines they make.
struct Phrases {
  private(set) var phrases: [Phrase]
  /// Usual height of a line's ink; 0 without any.
  let textHeight: Int
  /// More pieces than any page of print has: of a page of noise or a picture the largest are kept.
  static let mostPieces = 16_000

  init(in ink: InkMap, dpi: Int) {
    let pieces = Self.pieces(of: ink, dpi: dpi)
    let letters = Syllables.assembled(pieces)
    textHeight = Self.textHeight(of: letters.map(\.box), dpi: dpi)
    phrases = []
    guard textHeight > 0 else { return }
    let (height, gap) = (textHeight, textHeight * 3 / 4)
    phrases = letters.filter { max($0.box.width, $0.box.height) * 10 >= height }
      .map { Phrase(box: $0.box, tallest: $0.box.height, inkWidth: $0.box.width) }
    joinAll(reach: gap) { Self.standSideBySide($0, $1, gap: gap) }
    phrases = phrases.flatMap {
      Self.split($0, letters: letters.map(\.box), textHeight: height)
    }
    stackLooseParts()
    joinAll(reach: gap) { Self.standSideBySide($0, $1, gap: gap) }
    takeMarks(gap: gap)
  }

  private static func pieces(of ink: InkMap, dpi: Int) -> [Components.Piece] {
    let pieces = Components(of: ink.mask, width: ink.width, height: ink.height).pieces
      .filter { mayBeText($0, dpi: dpi) }
    guard pieces.count > mostPieces else { return pieces }
    let least = pieces.map(\.area).sorted(by: >)[mostPieces]
    return pieces.filter { $0.area > least }
  }

  private static func mayBeText(_ piece: Components.Piece, dpi: Int) -> Bool {
    let box = piece.box
    guard piece.area >= max(1, dpi * dpi / 9000), box.height * 10 <= dpi * 6,
      box.width <= dpi * 3 / 2
    else { return false }
    // What is left of a rule.
    let thin = max(2, dpi * 4 / 100)
    if box.height * 100 > dpi * 22, box.width <= thin { return false }
    if box.width * 100 > dpi * 20, box.height * 8 <= box.width, box.height <= thin { return false }
    // A ring, or an arc of one, holds little ink for its size.
    let isLarge = min(box.width, box.height) * 100 > dpi * 22
    return !(isLarge && piece.area * 100 < box.width * box.height * 14)
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

  /// Each phrase goes to the one other that `cost` finds best, if any, over and over.
  private mutating func joinBest(reach: Int, _ cost: (Phrase, Phrase) -> Int?) {
    for _ in 0..<4 {
      let grid = BoxGrid(phrases.map(\.box), cell: textHeight * 2)
      var sets = DisjointSets(count: phrases.count)
      var changed = false
      for (index, phrase) in phrases.enumerated() {
        var best: (cost: Int, other: Int)?
        grid.near(phrase.box, reach: reach) { other in
          guard other != index, let cost = cost(phrase, phrases[other]) else { return }
          if best.map({ (cost, other) < ($0.cost, $0.other) }) ?? true { best = (cost, other) }
        }
        if let best, sets.join(index, best.other) { changed = true }
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
  private static func standSideBySide(_ a: Phrase, _ b: Phrase, gap: Int) -> Bool {
    let apart = max(a.box.left, b.box.left) - min(a.box.right, b.box.right)
    guard apart <= gap else { return false }
    let overlap = a.box.verticalOverlap(b.box)
    let (lower, higher) = (min(a.box.height, b.box.height), max(a.box.height, b.box.height))
    // Phrases that stand like stairs are of two lines, however they overlap.
    return overlap * 2 >= lower && overlap > 0
      && a.box.union(b.box).height * 10 <= higher * 14
  }

  /// Loosely written syllables fall into an upper part, with the vowel, and a final below: a low phrase goes to the
  /// higher one above or below it that is nearest.
  private mutating func stackLooseParts() {
    let textHeight = textHeight
    joinBest(reach: textHeight) { phrase, other in
      let (low, high) = (phrase.box, other.box)
      guard low.height * 100 <= high.height * 66,
        low.horizontalOverlap(high) * 10 >= low.width * 6
      else { return nil }
      let gap = max(low.top, high.top) - min(low.bottom, high.bottom)
      let whole = low.union(high).height
      guard gap * 100 <= high.height * 30, whole * 100 <= high.height * 185,
        whole * 10 <= max(textHeight, other.tallest) * 23
      else { return nil }
      return gap
    }
  }

  /// Full stops, commas, accents and dashes go to the phrase they stand beside.
  private mutating func takeMarks(gap: Int) {
    let textHeight = textHeight
    joinBest(reach: gap) { phrase, other in
      let (mark, home) = (phrase.box, other.box)
      guard mark.height * 2 <= textHeight, mark.height < home.height else { return nil }
      let reach = home.height / 4
      var rows = home
      (rows.top, rows.bottom) = (home.top - reach, home.bottom + reach)
      let apart = max(mark.left, home.left) - min(mark.right, home.right)
      guard apart <= gap, mark.verticalOverlap(rows) * 5 >= mark.height * 3 else { return nil }
      return max(0, apart)
    }
  }

  /// Parts a phrase that holds two lines, which touch or nearly, at the emptiest row between them.
  private static func split(
    _ phrase: Phrase, letters: [PixelBox], textHeight: Int
  ) -> [Phrase] {
    let box = phrase.box
    guard box.height * 10 > textHeight * 19 else { return [phrase] }
    let inside = letters.filter {
      $0.left >= box.left && $0.right <= box.right && $0.top >= box.top && $0.bottom <= box.bottom
    }
    // A title is as high, of letters as high.
    if inside.contains(where: { $0.height * 10 > box.height * 6 }) { return [phrase] }
    var profile = [Int](repeating: 0, count: box.height)
    for letter in inside {
      for y in letter.top..<letter.bottom { profile[y - box.top] += letter.width }
    }
    let middle = box.height / 4..<box.height * 3 / 4
    guard let row = middle.min(by: { profile[$0] < profile[$1] }),
      profile[row] * 4 < (profile.max() ?? 0)
    else { return [phrase] }
    let upper = inside.filter { $0.middle < Double(box.top + row) }
    let lower = inside.filter { $0.middle >= Double(box.top + row) }
    return [upper, lower].compactMap { part in
      guard let first = part.first else { return nil }
      var phrase = Phrase(box: first, tallest: first.height, inkWidth: first.width)
      for box in part.dropFirst() {
        phrase.take(Phrase(box: box, tallest: box.height, inkWidth: box.width))
      }
      return phrase
    }
  }

  /// Phrases of one height side by side make a line; lines go from the top. What has no letter in it makes none.
  func lines() -> [TextLine] {
    var lines: [[Phrase]] = []
    let (strong, weak) = (phrases.filter(isStrong), phrases.filter { !isStrong($0) })
    for phrase in strong.sorted(by: { ($0.box.left, $0.box.top) < ($1.box.left, $1.box.top) }) {
      let place = lines.indices.max { overlap(lines[$0], phrase) < overlap(lines[$1], phrase) }
      if let place, overlap(lines[place], phrase) >= 0.5,
        !lines[place].contains(where: {
          $0.box.horizontalOverlap(phrase.box) * 3 > phrase.box.width
        })
      {
        lines[place].append(phrase)
      } else {
        lines.append([phrase])
      }
    }
    for phrase in weak where phrase.box.width <= 2 * textHeight {
      // A dash in a cell of its own stands in the middle of the row.
      let place = lines.firstIndex { line in
        let rows = anchor(of: line)
        return abs(rows.middle - phrase.box.middle) * 3 <= Double(rows.height)
          && phrase.box.width * 6 >= rows.height
          && line.allSatisfy { $0.box.horizontalOverlap(phrase.box) == 0 }
      }
      if let place { lines[place].append(phrase) }
    }
    return Self.folded(lines).map { TextLine($0.map(\.box)) }.sorted {
      $0.box.middle < $1.box.middle
    }
  }

  /// A low line within the rows of a higher one that it also shares columns with is loose parts of its letters.
  private static func folded(_ lines: [[Phrase]]) -> [[Phrase]] {
    func box(_ line: [Phrase]) -> PixelBox {
      line.dropFirst().reduce(line[0].box) { $0.union($1.box) }
    }
    var kept: [(phrases: [Phrase], box: PixelBox)] = []
    for line in lines.map({ (phrases: $0, box: box($0)) })
      .sorted(by: { ($0.box.height, $0.box.width) > ($1.box.height, $1.box.width) })
    {
      let home = kept.indices.filter {
        kept[$0].box.verticalOverlap(line.box) * 10 >= line.box.height * 7
          && line.box.height * 100 <= kept[$0].box.height * 66
          && kept[$0].box.horizontalOverlap(line.box) * 2 > line.box.width
      }.max {
        kept[$0].box.verticalOverlap(line.box) < kept[$1].box.verticalOverlap(line.box)
      }
      guard let home else {
        kept.append(line)
        continue
      }
      for phrase in line.phrases {
        let place = kept[home].phrases.firstIndex {
          $0.box.horizontalOverlap(phrase.box) > 0
        }
        if let place {
          kept[home].phrases[place].take(phrase)
        } else {
          kept[home].phrases.append(phrase)
        }
      }
    }
    return kept.map(\.phrases)
  }

  private func isStrong(_ phrase: Phrase) -> Bool {
    phrase.box.height * 100 >= textHeight * 45 && phrase.tallest * 100 >= textHeight * 38
  }

  private func anchor(of line: [Phrase]) -> PixelBox {
    line.max { $0.box.width < $1.box.width }!.box
  }

  /// Of the lower of the two, the share of its height that stands beside the line's phrase nearest to it: a line
  /// that perspective still tilts is followed from neighbour to neighbour.
  private func overlap(_ line: [Phrase], _ phrase: Phrase) -> Double {
    let nearest = line.min { apart($0.box, phrase.box) < apart($1.box, phrase.box) }!.box
    return Double(nearest.verticalOverlap(phrase.box))
      / Double(max(1, min(nearest.height, phrase.box.height)))
  }

  private func apart(_ a: PixelBox, _ b: PixelBox) -> Int {
    max(a.left, b.left) - min(a.right, b.right)
  }
}
