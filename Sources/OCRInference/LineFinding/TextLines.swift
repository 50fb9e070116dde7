import PageImaging

/// A line of a page: phrases side by side, as cells of a table row are.
public struct TextLine: Sendable, Equatable {
  /// From left to right, each a run of ink without a wide gap.
  public var phrases: [PixelBox]
  /// Around them all.
  public var box: PixelBox
  /// Height of the line's letters, and three quarters of all that is read at least.
  public var textHeight: Int

  init(_ phrases: [Phrase]) {
    let sorted = phrases.sorted { $0.box.left < $1.box.left }
    let middling = TextLine.middling(of: sorted)
    let margin = middling.height * 2 / 5
    self.phrases = sorted.map { phrase in
      // A stamp's ring or a bracket's sweep reaches out of the line: what is beyond is not read with it. Larger print is,
      // and so are loosely written letters.
      var box = phrase.box
      let hasOutlier =
        phrase.meanHeight * 5 < box.height * 3 && phrase.tallest * 10 > box.height * 8
      guard hasOutlier || box.height > 3 * middling.height else { return box }
      box.top = max(box.top, middling.top - margin)
      box.bottom = min(box.bottom, middling.bottom + margin)
      return box
    }.filter { $0.height > 0 }
    box = self.phrases.dropFirst().reduce(self.phrases[0]) { $0.union($1) }
    textHeight = max(middling.height, (box.height * 3 + 3) / 4)
  }

  private static func middling(of phrases: [Phrase]) -> PixelBox {
    let width = phrases.reduce(0) { $0 + $1.box.width }
    var seen = 0
    for phrase in phrases.sorted(by: { $0.box.height < $1.box.height }) {
      seen += phrase.box.width
      if seen * 2 >= width { return phrase.box }
    }
    return phrases[0].box
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

  /// The level page that strips are cut from.
  public var picture: PageImage {
    PageImage(width: page.width, height: page.height, color: .grey, samples: page.levels)
  }

  public var width: Int { page.width }
  public var height: Int { page.height }

  /// - Parameters:
  ///   - dpi: the page's resolution, from which the sizes of rules, specks and letters follow.
  ///   - threads: that share its rows; the lines do not depend on how many.
  public init(_ image: PageImage, dpi: Int, threads: Int = 1) {
    var grey = GreyPlane(image, threads: threads)
    SealRemoval.clean(&grey, of: image, dpi: dpi, threads: threads)
    // Half of 300 DPI shows the slope as well.
    let share = max(1, dpi / 150)
    let small = InkMap.reading(
      grey.reduced(by: share, threads: threads), dpi: dpi / share, threads: threads)
    slope = Skew.slope(of: small.ink, threads: threads)
    var (page, ink) = InkMap.reading(
      slope == 0 ? grey : grey.leveled(slope: slope, threads: threads), dpi: dpi, threads: threads)
    RuleRemoval(dpi: dpi, threads: threads).clean(&page, &ink)
    var letters = Letters(in: ink, dpi: dpi)
    var phrases = Phrases(letters.boxes, textHeight: letters.textHeight)
    // A second round parts what touches over three lines.
    var cuts: [PixelBox] = []
    for _ in 0..<2 {
      let more = TouchingLines.cuts(
        through: letters.boxes, of: ink, lineHeight: phrases.lineHeight)
      guard !more.isEmpty else { break }
      for cut in more { ink.clear(cut) }
      cuts += more
      letters = Letters(in: ink, dpi: dpi, cuts: cuts)
      phrases = Phrases(letters.boxes, textHeight: letters.textHeight)
    }
    self.page = page
    textHeight = letters.textHeight
    lines = Rows(of: phrases, strokes: letters.strokes).lines
  }
}

extension LinedPage {
  /// Where a place of the page as it came lies on the level page. Places are continuous: pixel (i, j)
  /// covers x from i to i + 1 and y from j to j + 1.
  public func leveled(x: Double, y: Double) -> (x: Double, y: Double) {
    guard slope != 0 else { return (x, y) }
    let cosine = 1 / (1 + slope * slope).squareRoot()
    let sine = slope * cosine
    let (dx, dy) = (x - Double(width) / 2, y - Double(height) / 2)
    return (
      x: Double(width) / 2 + dx * cosine + dy * sine,
      y: Double(height) / 2 - dx * sine + dy * cosine
    )
  }
}
