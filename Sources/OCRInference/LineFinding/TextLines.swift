import PageImaging

/// A line of a page: phrases side by side, as cells of a table row are.
public struct TextLine: Sendable, Equatable {
  /// From left to right, each a run of ink without a wide gap.
  public var phrases: [PixelBox]
  /// Around them all.
  public var box: PixelBox
  /// Height of the phrase of middling height: the line's letters, whatever reaches out of them.
  public var textHeight: Int

  init(_ phrases: [PixelBox]) {
    let sorted = phrases.sorted { $0.left < $1.left }
    let middling = TextLine.middling(of: sorted)
    let margin = middling.height * 2 / 5
    textHeight = middling.height
    self.phrases = sorted.map { phrase in
      // A stamp's ring or a bracket's sweep reaches out of the line: what is beyond is not read with it.
      var phrase = phrase
      phrase.top = max(phrase.top, middling.top - margin)
      phrase.bottom = min(phrase.bottom, middling.bottom + margin)
      return phrase
    }.filter { $0.height > 0 }
    box = self.phrases.dropFirst().reduce(self.phrases[0]) { $0.union($1) }
  }

  private static func middling(of phrases: [PixelBox]) -> PixelBox {
    let width = phrases.reduce(0) { $0 + $1.width }
    var seen = 0
    for phrase in phrases.sorted(by: { $0.height < $1.height }) {
      seen += phrase.width
      if seen * 2 >= width { return phrase }
    }
    return phrases[0]
  }
}

/// A page made ready for reading line by line: level, its shading and rules taken off, its lines in reading order.
public struct LinedPage: Sendable {
  /// Text dark on 255.
  let page: GreyPlane
  public let lines: [TextLine]
  /// Rows a column that the page fell to the right before it was levelled.
  public let slope: Double
  /// Usual height of a line's ink in pixels; 0 on a page without lines.
  public let textHeight: Int

  public var width: Int { page.width }
  public var height: Int { page.height }

  /// - Parameter dpi: the page's resolution, from which the sizes of rules, specks and letters follow.
  public init(_ image: PageImage, dpi: Int) {
    var (page, ink) = InkMap.reading(GreyPlane(image), dpi: dpi)
    slope = Skew.slope(of: ink)
    if slope != 0 { (page, ink) = InkMap.reading(page.leveled(slope: slope), dpi: dpi) }
    RuleRemoval(dpi: dpi).clean(&page, &ink)
    let phrases = Phrases(in: ink, dpi: dpi)
    self.page = page
    textHeight = phrases.textHeight
    lines = phrases.lines()
  }
}

/// Runs of ink that read on without a wide gap, and the lines they make.
struct Phrases {
  let boxes: [PixelBox]
  let textHeight: Int

  init(in ink: InkMap, dpi: Int) {
    let letters = Syllables.assembled(
      Components(of: ink.mask, width: ink.width, height: ink.height).pieces
        .filter { Self.mayBeText($0, dpi: dpi) })
    let textHeight = Self.textHeight(of: letters, dpi: dpi)
    self.textHeight = textHeight
    guard textHeight > 0 else {
      boxes = []
      return
    }
    var joined = Self.joined(letters.map(\.box), textHeight: textHeight)
    joined = joined.flatMap { Self.split($0, letters: letters, textHeight: textHeight) }
    boxes = joined.filter {
      // Specks of dust stand alone; full stops stand with their words.
      max($0.width, $0.height) * 3 >= textHeight
    }
  }

  private static func mayBeText(_ piece: Components.Piece, dpi: Int) -> Bool {
    let box = piece.box
    let (inch, least) = (dpi, max(1, dpi * dpi / 9000))
    return piece.area >= least && box.height * 10 <= inch * 6 && box.width <= inch
      // What is left of an upright rule.
      && !(box.height * 100 > inch * 22 && box.width * 100 < inch * 4)
  }

  /// The height that most ink has: the median over letters' widths of letters taller than a millimetre.
  private static func textHeight(of letters: [Components.Piece], dpi: Int) -> Int {
    let tall = letters.map(\.box).filter { $0.height * 25 >= dpi && $0.height * 3 <= dpi }
      .sorted { $0.height < $1.height }
    let width = tall.reduce(0) { $0 + $1.width }
    var seen = 0
    for box in tall {
      seen += box.width
      // Jamo stand apart in many syllables, so the taller half is nearer to the line's height.
      if seen * 3 >= width * 2 { return box.height }
    }
    return tall.last?.height ?? 0
  }

  /// Joins letters that overlap in height and stand within three quarters of a letter of one another.
  private static func joined(_ letters: [PixelBox], textHeight: Int) -> [PixelBox] {
    let gap = textHeight * 3 / 4
    let sorted = letters.sorted { $0.left < $1.left }
    var parents = Array(sorted.indices)
    func root(_ i: Int) -> Int {
      var i = i
      while parents[i] != i {
        parents[i] = parents[parents[i]]
        i = parents[i]
      }
      return i
    }
    // Letters by the rows they touch, so that only neighbours are compared.
    var latest: [Int: [Int]] = [:]
    for (index, box) in sorted.enumerated() {
      for band in box.top / 16...max(box.top, box.bottom - 1) / 16 {
        var near: [Int] = []
        for other in latest[band, default: []]
        where box.left - sorted[other].right <= gap {
          near.append(other)
          let overlap = box.verticalOverlap(sorted[other])
          let smaller = min(box.height, sorted[other].height)
          if overlap * 2 >= smaller { parents[root(index)] = root(other) }
        }
        latest[band] = near + [index]
      }
    }
    var groups: [Int: PixelBox] = [:]
    for index in sorted.indices {
      groups[root(index)] = groups[root(index)]?.union(sorted[index]) ?? sorted[index]
    }
    return absorbed(Array(groups.values), gap: gap, reach: textHeight / 4)
  }

  /// Puts pieces that lie within another's rows and reach into it or nearly into it: accents, full stops, and
  /// commas, which hang `reach` below.
  private static func absorbed(_ boxes: [PixelBox], gap: Int, reach: Int) -> [PixelBox] {
    var boxes = boxes.sorted { $0.width * $0.height > $1.width * $1.height }
    var changed = true
    while changed {
      changed = false
      var kept: [PixelBox] = []
      for box in boxes {
        let home = kept.firstIndex { other in
          var rows = other
          if box.height < 2 * reach {
            (rows.top, rows.bottom) = (other.top - reach, other.bottom + reach)
          }
          let inside = box.verticalOverlap(rows) * 5 >= box.height * 3
          return inside && box.left - other.right <= gap && other.left - box.right <= gap
        }
        if let home {
          kept[home] = kept[home].union(box)
          changed = true
        } else {
          kept.append(box)
        }
      }
      boxes = kept
    }
    return boxes
  }

  /// Parts a phrase that holds two lines, which touch or nearly, at the emptiest row between them.
  private static func split(
    _ box: PixelBox, letters: [Components.Piece], textHeight: Int
  ) -> [PixelBox] {
    guard box.height * 10 > textHeight * 19 else { return [box] }
    let inside = letters.map(\.box).filter {
      $0.left >= box.left && $0.right <= box.right && $0.top >= box.top && $0.bottom <= box.bottom
    }
    // A title is as high, of letters as high.
    if inside.contains(where: { $0.height * 10 > box.height * 6 }) { return [box] }
    var profile = [Int](repeating: 0, count: box.height)
    for letter in inside {
      for y in letter.top..<letter.bottom { profile[y - box.top] += letter.width }
    }
    let middle = box.height / 4..<box.height * 3 / 4
    guard let row = middle.min(by: { profile[$0] < profile[$1] }),
      profile[row] * 4 < (profile.max() ?? 0)
    else { return [box] }
    let parts = [
      inside.filter { $0.middle < Double(box.top + row) },
      inside.filter { $0.middle >= Double(box.top + row) },
    ]
    return parts.compactMap { part in
      part.first.map { first in part.dropFirst().reduce(first) { $0.union($1) } }
    }
  }

  /// Phrases of one height side by side make a line; lines go from the top.
  func lines() -> [TextLine] {
    var lines: [[PixelBox]] = []
    for phrase in boxes.sorted(by: { $0.width > $1.width }) {
      let place = lines.indices.max { overlap(lines[$0], phrase) < overlap(lines[$1], phrase) }
      if let place, overlap(lines[place], phrase) >= 0.5,
        !lines[place].contains(where: { $0.horizontalOverlap(phrase) * 3 > phrase.width })
      {
        lines[place].append(phrase)
      } else {
        lines.append([phrase])
      }
    }
    return lines.map(TextLine.init).sorted { $0.box.middle < $1.box.middle }
  }

  /// Of the lower of the two, the share of its height that stands beside the other's.
  private func overlap(_ line: [PixelBox], _ phrase: PixelBox) -> Double {
    let anchor = line.max { $0.width < $1.width }!
    return Double(anchor.verticalOverlap(phrase))
      / Double(max(1, min(anchor.height, phrase.height)))
  }
}

extension LinedPage {
  /// The level, cleaned page in colour, to draw on.
  public func drawn() -> PageImage {
    PageImage(
      width: width, height: height, color: .rgb, samples: page.levels.flatMap { [$0, $0, $0] })
  }
}
