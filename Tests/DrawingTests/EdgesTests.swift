import Drawing
import PageImaging
import Testing

/// Edges that lie would teach a model to look beside the letter.
@Suite struct EdgesTests {
  private static let dpi = 300.0

  /// Whether a column of pixels holds ink, from the left.
  private static func columns(_ canvas: Canvas) -> [Bool] {
    let image = PagePalette.image(of: canvas)
    let paper = image.palette.firstIndex { $0 == (255, 255, 255) }!
    var columns = [Bool](repeating: false, count: image.width)
    for (index, code) in image.indices.enumerated() where Int(code) != paper {
      columns[index % image.width] = true
    }
    return columns
  }

  /// Draws `text` and holds the ink of every cell against the ink of its character set alone.
  private func expectInkInCells(_ text: String, _ style: TextStyle, _ setter: Typesetter) throws {
    let set = try setter.set(text, style)
    let edges = set.edges
    let scalars = Array(text.unicodeScalars)
    try #require(edges.count == scalars.count + 1)
    #expect(edges.first == 0)
    #expect(abs(edges[scalars.count] - set.width) < 1e-6)
    let canvas = Canvas(size: PageSize(width: 110, height: 20))
    canvas.draw(set, x: 5.3, baseline: 12)
    let columns = Self.columns(canvas)
    var end = 0
    for (index, scalar) in scalars.enumerated() where scalar != " " {
      let alone = try #require(try setter.set(String(Character(scalar)), style).ink)
      let left = (5.3 + edges[index] + alone.x) / 25.4 * Self.dpi
      let right = left + alone.width / 25.4 * Self.dpi
      #expect(right - left > 1)
      // Pango puts glyphs on whole pixels, and extents may reach past the curve.
      let first = columns[max(0, Int(left) - 2)...].firstIndex(of: true)
      let last = columns[...min(Int(right) + 2, columns.count - 1)].lastIndex(of: true)
      #expect(abs(Double(try #require(first)) - left) < 6, "\(scalar) begins elsewhere")
      #expect(abs(Double(try #require(last)) - right) < 6, "\(scalar) ends elsewhere")
      let gap = end..<max(end, Int(left) - 2)
      #expect(!columns[gap].contains(true), "ink before \(scalar), where its cell has none")
      end = max(end, Int(right.rounded(.up)) + 3)
    }
    #expect(!columns[min(end, columns.count)...].contains(true))
  }

  @Test(arguments: FontFamily.documents + FontFamily.morePrint + FontFamily.unseen)
  func everyCellHoldsItsCharacter(of family: FontFamily) throws {
    let setter = try Typesetter(families: [family])
    try expectInkInCells("혈 당 검 사 1 0 0 W i m", TextStyle(Typeface(family), size: 12), setter)
  }

  @Test func condensedLettersStandCloser() throws {
    let setter = try Typesetter(families: [.nanumGothic])
    var style = TextStyle(Typeface(.nanumGothic), size: 14)
    let natural = try setter.set("공복 혈당 7.8", style).edges
    style.condensed = 0.65
    try expectInkInCells("공 복 혈 당 7 . 8", style, setter)
    let narrow = try setter.set("공복 혈당 7.8", style).edges
    for (a, b) in zip(natural, narrow) { #expect(abs(a * 0.65 - b) < 1e-6) }
  }

  @Test func superscriptsAndOtherFontsKeepTheirPlace() throws {
    let setter = try Typesetter(families: [.nanumGothic, .notoSans])
    let style = TextStyle(
      Typeface(.nanumGothic), fallbacks: [Typeface(.notoSans)], size: 14)
    try expectInkInCells("1 0 ³ / µ L ① 갑 ㎎ x ² m", style, setter)
    // The raised digit has its own, narrower cell.
    let edges = try setter.set("1³1", style).edges
    #expect(abs((edges[2] - edges[1]) / (edges[1] - edges[0]) - 0.62) < 0.05)
  }

  @Test func edgesNeverFall() throws {
    let setter = try Typesetter(families: [.notoSerif])
    let edges = try setter.set(
      "fi ffl AVAVA To 10~20%", TextStyle(Typeface(.notoSerif), size: 9)
    ).edges
    #expect(edges.count == 23)
    #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
  }
}
