import Drawing
import PageImaging
import Testing

@Suite struct CanvasTests {
  /// Pixels that are not paper, as the smallest box; nil on a blank page.
  static func inkBounds(_ canvas: Canvas) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
    let image = PagePalette.image(of: canvas)
    let paper = image.palette.firstIndex { $0 == (255, 255, 255) }!
    let inked = image.indices.indices.filter { Int(image.indices[$0]) != paper }
    guard !inked.isEmpty else { return nil }
    let xs = inked.map { $0 % image.width }
    let ys = inked.map { $0 / image.width }
    return (xs.min()!...xs.max()!, ys.min()!...ys.max()!)
  }

  @Test(arguments: FontFamily.documents + FontFamily.unseen)
  func theMeasuredBoxIsWhereTheInkLies(of family: FontFamily) throws {
    let setter = try Typesetter(families: [family])
    let canvas = Canvas(size: PageSize(width: 60, height: 20))
    let set = try setter.set("혈당 7.8 mg", TextStyle(Typeface(family), size: 12))
    let box = try #require(canvas.draw(set, x: 5.3, baseline: 11.1))
    let ink = try #require(Self.inkBounds(canvas))
    let scale = 300 / 25.4
    // A font's extents are those of its curves' control points, so a box may be a little wide.
    for slack in [
      Double(ink.x.lowerBound) - box.x * scale, box.right * scale - Double(ink.x.upperBound + 1),
      Double(ink.y.lowerBound) - box.y * scale, box.bottom * scale - Double(ink.y.upperBound + 1),
    ] {
      #expect((-1.5...5).contains(slack))
    }
  }

  @Test func anA4PageHas2480By3508Pixels() {
    let canvas = Canvas(size: .a4)
    #expect(canvas.width == 2480)
    #expect(canvas.height == 3508)
    #expect(Self.inkBounds(Canvas(size: .a5)) == nil)
  }

  @Test func aPageKeepsOnlyTheColoursItUses() throws {
    let canvas = Canvas(size: PageSize(width: 20, height: 20))
    canvas.fill(PageRect(x: 2.54, y: 2.54, width: 5.08, height: 5.08), .black)
    #expect(PagePalette.image(of: canvas).palette.count == 2)
    canvas.fill(PageRect(x: 10, y: 2, width: 5, height: 5), .shade)
    canvas.fill(PageRect(x: 10, y: 12, width: 5, height: 5), .seal)
    let colors = PagePalette.image(of: canvas).palette.map { [$0.red, $0.green, $0.blue] }
    #expect(colors.contains([0xdd, 0xdd, 0xdd]))
    #expect(colors.contains([0xcc, 0x21, 0x24]))
  }

  @Test func hardEdgesAreBlackOrPaper() throws {
    let setter = try Typesetter(families: [.nanumGothic])
    let canvas = Canvas(size: PageSize(width: 60, height: 20))
    canvas.draw(
      try setter.set("처방전", TextStyle(Typeface(.nanumGothic), size: 12)), x: 5, baseline: 10)
    let greys = PagePalette.image(of: canvas, edges: .smooth).palette.map(\.red)
    #expect(greys == [255, 0x80, 0])
    #expect(PagePalette.image(of: canvas, edges: .hard).palette.map(\.red) == [255, 0])
  }

  @Test func aSealIsRedAndIsNoText() throws {
    let setter = try Typesetter(families: [.nanumMyeongjo])
    let canvas = Canvas(size: PageSize(width: 30, height: 30))
    try canvas.press(
      Seal(.square, text: "한빛병원장인의인", size: 18, degrees: 5), x: 15, y: 15, with: setter)
    #expect(canvas.drawnTexts.isEmpty)
    let image = PagePalette.image(of: canvas)
    let red = image.palette.filter { $0.red > 150 && $0.green < 100 }
    #expect(!red.isEmpty)
    #expect(Self.inkBounds(canvas) != nil)
  }
}
