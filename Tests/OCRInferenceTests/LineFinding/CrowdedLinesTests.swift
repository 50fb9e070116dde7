import OCRInference
import PageImaging
import Testing

extension LinedPage {
  /// The line that has a phrase around a place, from the top; nil where none has.
  fileprivate func line(at x: Int, _ y: Int) -> Int? {
    lines.firstIndex { line in
      line.phrases.contains {
        ($0.left..<$0.right).contains(x) && ($0.top..<$0.bottom).contains(y)
      }
    }
  }
}

@Suite struct CrowdedLinesTests {
  /// Handwriting at its pitch: finals stand loose below their vowels, nearer to the next line than to theirs.
  @Test func looseFinalsStayInTheirLines() {
    var page = DrawnPage()
    for line in 0..<6 {
      let top = 80 + line * 37
      page.write(letters: 24, left: 60, top: top, height: 20)
      for letter in stride(from: line % 2, to: 24, by: 2) {
        page.fill(62 + letter * 25, top + 22, 14, 2)
        page.fill(62 + letter * 25, top + 29, 14, 2)
        page.fill(62 + letter * 25, top + 22, 2, 9)
      }
    }
    let lines = page.lined.lines
    #expect(lines.count == 6)
    for (index, line) in lines.enumerated() {
      #expect(abs(line.box.top - (80 + index * 37)) <= 2 && abs(line.box.height - 31) <= 3)
    }
  }

  @Test func linesThatTouchAreParted() {
    var page = DrawnPage()
    for line in 0..<14 { page.write(letters: 20, left: 60, top: 100 + line * 30, height: 22) }
    // Tails of two letters reach into the line below.
    for letter in [1, 11] { page.fill(70 + letter * 27, 100 + 5 * 30 + 20, 3, 14) }
    let lines = page.lined.lines
    #expect(lines.count == 14)
    for line in lines { #expect(line.box.height <= 32) }
  }

  @Test func aLabelStandsBesideItsNotes() {
    var page = DrawnPage()
    page.write(letters: 4, left: 60, top: 103, height: 16)
    for line in 0..<4 { page.write(letters: 20, left: 240, top: 100 + line * 32, height: 22) }
    for y in [90, 230] { page.fill(40, y, 820, 2) }
    for x in [40, 200, 858] { page.fill(x, 90, 2, 142) }
    let lines = page.lined.lines
    #expect(lines.map(\.phrases.count) == [2, 1, 1, 1])
  }

  @Test func twoLinesOfACellStayApart() {
    var page = DrawnPage()
    for row in 0..<3 {
      let top = 100 + row * 80
      page.write(letters: 5, left: 60, top: top + 15, height: 18)
      page.write(letters: 16, left: 300, top: top, height: 18)
      page.write(letters: 9, left: 300, top: top + 30, height: 18)
    }
    let lined = page.lined
    for row in 0..<3 {
      let (upper, lower) = (
        lined.line(at: 310, 101 + row * 80), lined.line(at: 310, 131 + row * 80)
      )
      #expect(upper != nil && lower != nil && upper != lower)
    }
    for line in lined.lines { #expect(line.box.height <= 36) }
  }

  @Test func smallPrintBesideATitleIsReadWithIt() throws {
    var page = DrawnPage()
    page.write(letters: 5, left: 60, top: 100, height: 44)
    page.write(letters: 26, left: 420, top: 122, height: 15)
    page.write(letters: 30, left: 60, top: 220, height: 18)
    let lined = page.lined
    #expect(lined.lines.count == 2)
    #expect(lined.lines.first.map { abs($0.box.height - 44) <= 2 } == true)
    // The strip is high enough for the title.
    let strip = try #require(try lined.strips(LineModelConfig(), factor: 32).first)
    let inked = (0..<32).filter { y in
      (0..<150).contains { strip.image.samples[y * strip.image.width + $0] < 128 }
    }
    #expect(inked.count >= 28)
  }

  /// Full stop, hanging comma, dash, quotes and an exponent.
  @Test(arguments: [
    (366, 118, 3, 3), (366, 117, 3, 9), (366, 109, 12, 2), (366, 98, 2, 6), (366, 96, 6, 8),
  ])
  func marksAreKept(mark: (left: Int, top: Int, width: Int, height: Int)) {
    var page = DrawnPage()
    page.write(letters: 12, left: 60, top: 100, height: 20)
    page.write(letters: 12, left: 385, top: 100, height: 20)
    page.write(letters: 26, left: 60, top: 132, height: 20)
    page.fill(mark.left, mark.top, mark.width, mark.height)
    let lined = page.lined
    #expect(lined.lines.count == 2)
    for x in [mark.left, mark.left + mark.width - 1] {
      for y in [mark.top, mark.top + mark.height - 1] { #expect(lined.line(at: x, y) == 0) }
    }
    // A comma between two lines does not join them.
    for line in lined.lines { #expect(line.box.height <= 28) }
  }

  @Test func starsInARowAreKept() {
    var page = DrawnPage()
    page.write(letters: 8, left: 60, top: 100, height: 20)
    for star in 0..<6 { page.fill(270 + star * 12, 102, 7, 7) }
    #expect(page.lined.line(at: 335, 105) == 0)
  }

  @Test func aLineOfDigitsIsALine() {
    var page = DrawnPage()
    for digit in 0..<13 {
      page.fill(60 + digit * 14, 100, 8, 2)
      page.fill(66 + digit * 14, 100, 2, 16)
    }
    let lines = page.lined.lines
    #expect(lines.count == 1)
    #expect(lines.first.map { $0.box.left <= 61 && $0.box.right >= 234 } == true)
  }

  @Test func oneWordIsALine() {
    var page = DrawnPage()
    page.write(letters: 2, left: 400, top: 300, height: 24)
    #expect(page.lined.lines.map(\.phrases.count) == [1])
  }

  /// A thin upright vowel of a large title is no rule; the same stroke far from any letter is.
  @Test func anUprightStrokeBesideALetterIsKept() {
    var page = DrawnPage()
    page.write(letters: 4, left: 60, top: 100, height: 40)
    page.fill(258, 100, 5, 40)
    page.fill(600, 100, 5, 40)
    let lined = page.lined
    #expect(lined.line(at: 260, 120) == 0)
    #expect(lined.line(at: 602, 120) == nil)
  }

  @Test func anUnderlineThatTouchesIsTakenOff() {
    var page = DrawnPage()
    page.write(letters: 12, left: 60, top: 100, height: 20)
    page.fill(40, 121, 600, 2)
    let lines = page.lined.lines
    #expect(lines.count == 1)
    #expect(lines.first.map { $0.box.height <= 22 && $0.box.height >= 18 } == true)
  }

  /// A stamp's ring over a line reaches far beyond it on both sides.
  @Test func aRingOverALineDoesNotRaiseIt() {
    var page = DrawnPage()
    for line in 0..<3 { page.write(letters: 26, left: 60, top: 100 + line * 60, height: 20) }
    for step in 0..<720 {
      let (x, y) = (cosine(step), cosine(step + 180))
      page.fill(600 + x * 44 / 1000, 170 + y * 44 / 1000, 2, 2)
    }
    let lines = page.lined.lines
    #expect(lines.count == 3)
    for line in lines { #expect(line.box.height <= 38) }
  }

  /// In thousandths, by Bhaskara's formula; half a degree a step.
  private func cosine(_ step: Int) -> Int {
    let degrees = ((step / 2 % 360) + 360) % 360
    let folded = degrees > 180 ? 360 - degrees : degrees
    let angle = folded > 90 ? 180 - folded : folded
    let value = 4000 * (8100 - angle * angle) / (4 * 8100 + angle * angle)
    return folded > 90 ? -value : value
  }

  /// At 72 DPI a rule is paler than ink, and lies within two pixels of the letters.
  @Test func paleRulesOfATableAreTakenOff() {
    var page = DrawnPage(width: 500, height: 300, dpi: 72)
    for row in 0..<5 {
      for (left, letters) in [(30, 8), (200, 4), (330, 9)] {
        page.write(letters: letters, left: left, top: 41 + row * 13, height: 9)
      }
    }
    for row in 0...5 { page.fill(20, 38 + row * 13, 460, 1, level: row % 2 == 0 ? 150 : 200) }
    let lines = page.lined.lines
    #expect(lines.map(\.phrases.count) == [3, 3, 3, 3, 3])
    for line in lines { #expect(line.box.height <= 11) }
  }
}
