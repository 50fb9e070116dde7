import PageImaging

/// A line, or a part of one, as a line model reads it: grey, dark on white.
public struct Strip: Sendable {
  public var image: PageImage
  /// The line it is of, and whether a space parts it from the strip before on that line.
  public var line: Int
  public var followsSpace: Bool
  public var view: StripView
}

/// What a strip shows of the levelled page, and where.
///
/// Places are continuous: pixel (i, j) covers x from i to i + 1 and y from j to j + 1.
public struct StripView: Sendable, Equatable {
  /// A part of the page that was pasted into the strip, without a change of size at first.
  public struct Source: Sendable, Equatable {
    /// The phrase, or the piece of a long one.
    public var phrase: PixelBox
    /// The page's pixels that came along: the phrase and a little around it.
    public var shown: PixelBox
    /// Added to a column of the page, gives the column in the strip before scaling.
    public var offset: Int
  }

  /// From left to right.
  public var sources: [Source]
  /// The page's row at the strip's upper edge.
  public var top: Int
  /// Pixels of the strip for one of the page.
  public var scale: (x: Double, y: Double) { (scaleX, scaleY) }
  var scaleX, scaleY: Double

  /// Where the page's x, seen through one of the sources, stands in the strip.
  public func x(_ x: Double, through source: Source) -> Double {
    (x + Double(source.offset)) * scaleX
  }
}

extension [Strip] {
  /// What stands before each strip's text: a line feed, a space, or nothing where a long line was cut inside a word.
  public var separators: [String] {
    indices.map { index in
      if index == 0 { return "" }
      if self[index].line != self[index - 1].line { return "\n" }
      return self[index].followsSpace ? " " : ""
    }
  }
}

extension LinedPage {
  /// The lines as strips of the model's height, in reading order.
  ///
  /// Each phrase is cut out by itself, so that neither rules nor the line above come along, and is put beside the one before; its place
  /// above or below the middle of the line is kept.
  ///
  /// - Parameter factor: widths are multiples of it.
  public func strips(_ config: LineModelConfig, factor: Int) throws -> [Strip] {
    var strips: [Strip] = []
    for (index, line) in lines.enumerated() {
      // A line of digits alone is lower than one of syllables, in letters of the same size.
      let height = max(line.textHeight, min(textHeight, line.textHeight * 3 / 2))
      let scale = Double(config.inkHeight) / Double(height)
      let limit = Int(Double(config.maxWidth - factor / 2) / scale)
      var follows = false
      for part in parts(of: line, narrowedTo: Int(config.gap * Double(height)), limit: limit) {
        let (image, view) = try part.strip(
          of: self, line: line.box, scale: scale, config, factor: factor)
        strips.append(
          Strip(
            image: image, line: index, followsSpace: follows && part.followsSpace, view: view))
        follows = true
      }
    }
    return strips
  }

  /// Phrases placed side by side with their gaps narrowed, begun anew where the limit is reached.
  private func parts(of line: TextLine, narrowedTo gap: Int, limit: Int) -> [StripPart] {
    var parts = [StripPart(followsSpace: false)]
    var previous: PixelBox?
    for phrase in line.phrases {
      let space = previous.map { max(0, min(gap, phrase.left - $0.right)) } ?? 0
      previous = phrase
      if parts[parts.count - 1].width + space + phrase.width <= limit {
        parts[parts.count - 1].append(phrase, after: space)
        continue
      }
      if parts[parts.count - 1].width > 0 { parts.append(StripPart(followsSpace: true)) }
      for piece in pieces(of: phrase, limit: limit) {
        if parts[parts.count - 1].width > 0 {
          parts.append(StripPart(followsSpace: piece.followsSpace))
        }
        parts[parts.count - 1].append(piece.box, after: 0)
      }
    }
    return parts.filter { $0.width > 0 }
  }

  /// A phrase too long for a strip, cut where the gap between its letters is widest near the limit.
  private func pieces(of phrase: PixelBox, limit: Int) -> [(box: PixelBox, followsSpace: Bool)] {
    var pieces: [(box: PixelBox, followsSpace: Bool)] = []
    var (rest, follows) = (phrase, false)
    while rest.width > limit {
      let gaps = blankColumns(of: rest, in: rest.left + limit / 2..<rest.left + limit)
      let cut = gaps.max { $0.count < $1.count } ?? rest.left + limit..<rest.left + limit
      var piece = rest
      piece.right = cut.lowerBound
      pieces.append((piece, follows))
      rest.left = max(cut.upperBound, cut.lowerBound)
      follows = cut.count * 5 >= phrase.height
    }
    return pieces + [(rest, follows)]
  }

  private func blankColumns(of box: PixelBox, in columns: Range<Int>) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var start: Int?
    for x in columns {
      let isBlank = (box.top..<box.bottom).allSatisfy { page.levels[$0 * width + x] > 160 }
      if isBlank, start == nil { start = x }
      if !isBlank, let first = start {
        gaps.append(first..<x)
        start = nil
      }
    }
    if let start { gaps.append(start..<columns.upperBound) }
    return gaps
  }
}

/// Phrases of one strip, with where each begins.
private struct StripPart {
  var followsSpace: Bool
  private(set) var width = 0
  private var phrases: [(box: PixelBox, left: Int)] = []

  init(followsSpace: Bool) { self.followsSpace = followsSpace }

  mutating func append(_ phrase: PixelBox, after space: Int) {
    phrases.append((phrase, width + space))
    width += space + phrase.width
  }

  /// Pastes the phrases on white at the page's resolution, scales once, and pads to the model's height and factor.
  func strip(
    of lined: LinedPage, line: PixelBox, scale: Double, _ config: LineModelConfig, factor: Int
  ) throws -> (image: PageImage, view: StripView) {
    let page = lined.page
    // So high that it scales to the strip's height with the line in the middle.
    let height = max(1, Int((Double(config.stripHeight) / scale).rounded()))
    let margin = max(1, Int(2 / scale))
    var canvas = PageImage(
      width: width + 2 * margin, height: height, color: .grey, filledWith: 255)
    let top = (line.top + line.bottom - height) / 2
    let soft = max(1, line.height / 16)
    var sources: [StripView.Source] = []
    for (box, left) in phrases {
      let rows = max(0, box.top - soft, top)..<min(page.height, box.bottom + soft, top + height)
      let columns = max(0, box.left - 1)..<min(page.width, box.right + 1)
      let offset = margin + left - box.left
      for y in rows {
        for x in columns {
          let target = (y - top) * canvas.width + x + offset
          canvas.samples[target] = min(canvas.samples[target], page.levels[y * page.width + x])
        }
      }
      let shown = PixelBox(
        left: columns.lowerBound, top: rows.lowerBound, right: columns.upperBound,
        bottom: rows.upperBound)
      sources.append(StripView.Source(phrase: box, shown: shown, offset: offset))
    }
    let wide = max(1, Int((Double(canvas.width) * scale).rounded()))
    let scaled = try canvas.resampled(width: wide, height: config.stripHeight)
    let padded = max(factor, (wide + factor - 1) / factor * factor)
    var strip = PageImage(
      width: padded, height: config.stripHeight, color: .grey, filledWith: 255)
    for y in 0..<config.stripHeight {
      for x in 0..<wide { strip.samples[y * padded + x] = scaled.samples[y * wide + x] }
    }
    let view = StripView(
      sources: sources, top: top, scaleX: Double(wide) / Double(canvas.width),
      scaleY: Double(config.stripHeight) / Double(height))
    return (strip, view)
  }
}
