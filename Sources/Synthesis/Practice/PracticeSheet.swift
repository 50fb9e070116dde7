import Datasets
import Drawing
import PageImaging

/// An A4 page full of practice text, from top to bottom in blocks of one look each. Nothing judges
/// such pages: they are for training.
struct PracticeSheet {
  var text: PracticeText
  var random: SeededRandom
  let look: PracticeLook
  let page: PageComposer
  /// What the text may fill.
  let frame: PageRect
  /// How close ink may come to the line above.
  let leastGap: Double
  /// Below all ink so far.
  var y: Double

  /// - Returns: one page.
  static func pages(
    _ text: PracticeText, _ typesetter: Typesetter, _ random: inout SeededRandom
  ) throws -> [ComposedPage] {
    var sheet = PracticeSheet(text, typesetter, random)
    return [try sheet.draw()]
  }

  private init(_ text: PracticeText, _ typesetter: Typesetter, _ random: SeededRandom) {
    self.text = text
    self.random = random
    look = PracticeLook(&self.random)
    page = PageComposer(.a4, typesetter: typesetter)
    let x = self.random.uniform(8...20)
    let top = self.random.uniform(7...16)
    frame = PageRect(
      x: x, y: top, width: page.canvas.size.width - x - self.random.uniform(8...16),
      height: page.canvas.size.height - top - self.random.uniform(7...14))
    leastGap = self.random.uniform(0.4...0.9)
    y = top
  }

  private mutating func draw() throws -> ComposedPage {
    let seals = random.chance(0.35) ? random.int(1...3) : 0
    let sealsComeFirst = random.chance(0.5)
    if sealsComeFirst { try press(seals) }
    var isFull = false
    while !isFull {
      isFull = try !block()
      page.endLine()
      y += random.uniform(0.6...3.5)
    }
    if !sealsComeFirst { try press(seals) }
    var sheet = try page.finish()
    sheet.edges = look.edges
    return sheet
  }

  /// - Returns: false where the page is full.
  private mutating func block() throws -> Bool {
    let style = look.style(&random)
    switch random.int(0...99) {
    case 0...34: return try paragraph(style)
    case 35...64: return try table(style)
    case 65...77: return try prescriptions(style)
    case 78...88: return try labelled(style)
    case 89...93: return try title(style)
    default: return try pictures(style)
    }
  }

  private mutating func press(_ count: Int) throws {
    for _ in 0..<count {
      let isSquare = random.chance(0.5)
      let word = String(
        (0..<(isSquare ? 9 : 3)).map { _ in
          Character(Unicode.Scalar(UInt32(0xac00 + random.int(0...11171)))!)
        })
      var seal = Seal(
        isSquare ? .square : .round, text: word, size: random.uniform(9...24),
        face: Typeface(.nanumMyeongjo, bold: true), degrees: random.uniform(-12...12))
      if random.chance(0.2) { seal.ink = .grey(0.3) }
      // Faint enough for the text under it to be read.
      seal.ink.opacity = random.uniform(0.3...0.65)
      try page.canvas.press(
        seal, x: random.uniform(frame.x + 15...frame.right - 15),
        y: random.uniform(frame.y + 15...frame.bottom - 15), with: page.typesetter)
    }
  }
}
