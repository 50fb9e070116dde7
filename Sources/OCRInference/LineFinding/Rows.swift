/// Phrases side by side: the rows of a page, of a table's cells too.
struct Rows {
  private(set) var rows: [Row] = []
  private let textHeight: Int
  private let lineHeight: Int

  init(of all: Phrases, strokes: [PixelBox]) {
    textHeight = all.textHeight
    lineHeight = all.lineHeight
    guard textHeight > 0 else { return }
    func isMark(_ phrase: Phrase) -> Bool {
      !phrase.isStrong(textHeight: textHeight) && phrase.box.width <= 2 * textHeight
    }
    chain(all.phrases.filter { !isMark($0) })
    fold()
    // What is left of a rule, too wide for a mark, is no line.
    rows.removeAll { row in
      !row.phrases.contains { $0.isStrong(textHeight: all.textHeight) }
    }
    take(all.phrases.filter(isMark)) { [lineHeight] in
      $0.distance(of: $1, lineHeight: lineHeight)
    }
    take(strokes.map(Phrase.init(letter:))) { $0.distance(ofStroke: $1) }
  }

  /// From the top.
  var lines: [TextLine] {
    rows.map { TextLine($0.phrases) }.sorted { $0.box.middle < $1.box.middle }
  }

  /// Links phrases with what stands nearest beside them, whole ones before loose parts and the nearest first, as long as
  /// no two lines come together. Rows that perspective still tilts are followed from neighbour to neighbour.
  private mutating func chain(_ phrases: [Phrase]) {
    var homes = DisjointSets(count: phrases.count)
    var chains = phrases.map { Row(phrases: [$0]) }
    for link in links(phrases) {
      let (a, b) = (homes.root(link.left), homes.root(link.right))
      guard a != b, !chains[a].standsAbove(chains[b], lineHeight: lineHeight) else { continue }
      homes.join(a, b)
      let (kept, lost) = (min(a, b), max(a, b))
      chains[kept].take(chains[lost])
    }
    rows = chains.indices.filter { homes.root($0) == $0 }.map { chains[$0] }
  }

  private struct Link {
    var left, right: Int
    var gap: Int
    var isOfWholes: Bool
  }

  /// Neighbours to the right that stand in the same rows of pixels, nearest first.
  private func links(_ phrases: [Phrase]) -> [Link] {
    let cell = max(2, textHeight / 2)
    var bands: [Int: [Int]] = [:]
    for index in phrases.indices.sorted(by: { phrases[$0].box.left < phrases[$1].box.left }) {
      let box = phrases[index].box
      for band in box.top / cell...max(box.top, box.bottom - 1) / cell {
        bands[band, default: []].append(index)
      }
    }
    var links: [Link] = []
    for members in bands.values {
      for (place, left) in members.enumerated() {
        // The next few are enough: what stands between takes part in the chain.
        var taken = 0
        for right in members[(place + 1)...].prefix(16) {
          let (a, b) = (phrases[left].box, phrases[right].box)
          guard a.verticalOverlap(b) * 2 >= min(a.height, b.height) else { continue }
          links.append(
            Link(
              left: left, right: right, gap: max(0, b.left - a.right),
              isOfWholes: min(a.height, b.height) * 10 >= lineHeight * 8))
          taken += 1
          if taken == 4 { break }
        }
      }
    }
    return links.sorted {
      ($0.isOfWholes ? 0 : 1, $0.gap, $0.left, $0.right)
        < ($1.isOfWholes ? 0 : 1, $1.gap, $1.left, $1.right)
    }
  }

  /// Two lines cannot stand in the height of one: what lies within the rows of another is loose parts of its letters.
  private mutating func fold() {
    let order = rows.indices.sorted {
      (rows[$0].inkWidth, rows[$1].box.left) > (rows[$1].inkWidth, rows[$0].box.left)
    }
    var kept: [Row] = []
    for index in order {
      let row = rows[index]
      let home = kept.indices.filter { kept[$0].holds(row, lineHeight: lineHeight) }
        .min { kept[$0].distance(above: row.box) < kept[$1].distance(above: row.box) }
      if let home { kept[home].take(row) } else { kept.append(row) }
    }
    rows = kept.map(\.joined)
  }

  /// Full stops, commas, accents and dashes go to the row they stand in.
  private mutating func take(_ marks: [Phrase], _ distance: (Row, PixelBox) -> Int?) {
    // Rows by the bands of pixels they may have marks in.
    let cell = max(2, textHeight)
    var bands: [Int: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      let reach = row.box.height / 2
      for band in max(0, row.box.top - reach) / cell...(row.box.bottom + reach) / cell {
        bands[band, default: []].append(index)
      }
    }
    var left = marks.sorted { ($0.box.left, $0.box.top) < ($1.box.left, $1.box.top) }
    // What stands beside a mark may be near only when that is taken.
    for _ in 0..<3 {
      let count = left.count
      left.removeAll { mark in
        let best = bands[Int(mark.box.middle) / cell, default: []]
          .compactMap { index in distance(rows[index], mark.box).map { (cost: $0, row: index) } }
          .min { $0.cost < $1.cost }
        guard let best else { return false }
        rows[best.row].takeMark(mark)
        return true
      }
      if left.count == count { break }
    }
  }
}

/// A line in the making.
struct Row {
  private(set) var phrases: [Phrase]
  private(set) var box: PixelBox
  /// Of most of its ink.
  private var height: Int
  private(set) var inkWidth: Int

  init(phrases: [Phrase]) {
    self.phrases = phrases
    box = phrases.dropFirst().reduce(phrases[0].box) { $0.union($1.box) }
    inkWidth = phrases.reduce(0) { $0 + $1.inkWidth }
    height = Self.height(of: phrases)
  }

  mutating func take(_ other: Row) { self = Row(phrases: phrases + other.phrases) }

  private static func height(of phrases: [Phrase]) -> Int {
    let width = phrases.reduce(0) { $0 + $1.inkWidth }
    var seen = 0
    for phrase in phrases.sorted(by: { $0.box.height < $1.box.height }) {
      seen += phrase.inkWidth
      if seen * 4 >= width * 3 { return phrase.box.height }
    }
    return 0
  }

  /// Whether phrases of the two share columns, and too many rows for parts of one line's letters.
  func standsAbove(_ other: Row, lineHeight: Int) -> Bool {
    guard box.horizontalOverlap(other.box) > 0 else { return false }
    let limit = max(height, other.height) * 5 / 4
    return phrases.contains { a in
      other.phrases.contains { b in
        guard a.box.horizontalOverlap(b.box) * 3 > min(a.box.width, b.box.width) else {
          return false
        }
        return a.box.union(b.box).height
          > max(limit, arePartsOfOne(a, b) ? lineHeight * 21 / 20 : 0)
      }
    }
    func arePartsOfOne(_ a: Phrase, _ b: Phrase) -> Bool {
      let gap = max(a.box.top, b.box.top) - min(a.box.bottom, b.box.bottom)
      return gap * 10 <= lineHeight
        && min(a.box.height, b.box.height) * 5 <= max(a.box.height, b.box.height) * 4
    }
  }

  /// With one phrase where several share columns.
  var joined: Row {
    var whole: [Phrase] = []
    for phrase in phrases.sorted(by: { $0.box.left < $1.box.left }) {
      if let last = whole.last, last.box.right > phrase.box.left {
        whole[whole.count - 1].take(phrase)
      } else {
        whole.append(phrase)
      }
    }
    return Row(phrases: whole)
  }

  /// The rows of pixels of its phrases nearest to some columns.
  func band(near columns: PixelBox, reach: Int) -> PixelBox {
    func apart(_ a: PixelBox) -> Int { max(a.left, columns.left) - min(a.right, columns.right) }
    let nearest = phrases.map { apart($0.box) }.min() ?? 0
    let near = phrases.filter { apart($0.box) <= max(nearest, 0) + reach }
    return near.dropFirst().reduce(near[0].box) { $0.union($1.box) }
  }

  /// Whether a row lies within the rows of this one, so that two lines cannot be.
  func holds(_ row: Row, lineHeight: Int) -> Bool {
    guard box.horizontalOverlap(row.box) * 2 > row.box.width else { return false }
    let band = band(near: row.box, reach: box.height)
    if box.verticalOverlap(row.box) * 2 > row.box.height,
      band.union(row.box).height * 100 <= max(band.height, height) * 135
    {
      return true
    }
    return holds(finals: row.box, band: band, lineHeight: lineHeight)
  }

  func distance(above row: PixelBox) -> Int {
    let band = band(near: row, reach: box.height)
    return max(band.top, row.top) - min(band.bottom, row.bottom)
  }

  /// Loosely written finals stand below a line that has no longer letter nearby.
  private func holds(finals: PixelBox, band: PixelBox, lineHeight: Int) -> Bool {
    let gap = max(band.top, finals.top) - min(band.bottom, finals.bottom)
    let whole = band.union(finals).height
    guard gap * 4 <= lineHeight else { return false }
    return finals.height * 100 <= band.height * 80 && whole * 100 <= lineHeight * 118
      || finals.height * 100 <= band.height * 75 && whole * 100 <= band.height * 170
  }

  /// How far a mark is from where this row's marks may be; nil beyond.
  func distance(of mark: PixelBox, lineHeight: Int) -> Int? {
    guard mark.left < box.right + box.height * 2, mark.right > box.left - box.height * 2 else {
      return nil
    }
    let apart = phrases.map { max($0.box.left, mark.left) - min($0.box.right, mark.right) }.min()!
    let band = band(near: mark, reach: box.height)
    guard mark.height < band.height else { return nil }
    if apart * 4 > band.height * 3 {
      // A dash in a cell of its own stands in the middle of the row.
      return abs(band.middle - mark.middle) * 3 <= Double(band.height)
        && mark.width * 6 >= band.height ? apart : nil
    }
    guard max(mark.width, mark.height) * 20 >= band.height else { return nil }
    // Commas hang lower than accents stand high, and what is between two lines is oftener the upper one's.
    let (above, below) = (band.top - mark.top, mark.bottom - band.bottom)
    let height = max(band.height, lineHeight)
    if below * 2 <= height, above * 10 <= height * 3 {
      let isHigh = mark.middle < Double(band.top) + Double(band.height) / 3
      return max(0, apart) + max(0, 3 * below / 2, 4 * above) + (isHigh ? height / 2 : 0)
    }
    let isFinal =
      phrases.contains { $0.box.horizontalOverlap(mark) * 2 >= mark.width }
      && holds(finals: mark, band: band, lineHeight: lineHeight)
    return isFinal ? 2 * below : nil
  }

  /// How far a thin upright stroke is from the letter it may belong to; nil for what is left of a rule.
  func distance(ofStroke stroke: PixelBox) -> Int? {
    let apart = phrases.map { max($0.box.left, stroke.left) - min($0.box.right, stroke.right) }
      .min()!
    let band = band(near: stroke, reach: box.height)
    guard stroke.height * 20 <= band.height * 23, apart * 3 <= band.height,
      stroke.verticalOverlap(band) * 10 >= stroke.height * 9
    else { return nil }
    return max(0, apart)
  }

  /// A mark becomes part of the phrases it stands close by, else a phrase of its own.
  mutating func takeMark(_ mark: Phrase) {
    func apart(_ phrase: Phrase) -> Int {
      max(phrase.box.left, mark.box.left) - min(phrase.box.right, mark.box.right)
    }
    let nearest = phrases.map(apart).min()!
    var whole = mark
    if nearest * 4 <= box.height * 3 {
      phrases.removeAll { phrase in
        guard apart(phrase) <= max(nearest, box.height / 3) else { return false }
        whole.take(phrase)
        return true
      }
    }
    self = Row(phrases: phrases + [whole])
  }
}
