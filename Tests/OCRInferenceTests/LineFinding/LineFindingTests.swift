import OCRInference
import PageImaging
import Testing

@Suite struct LineFindingTests {
  @Test func linesComeFromTheTop() {
    var page = DrawnPage()
    page.write(letters: 12, left: 300, top: 400)
    page.write(letters: 20, left: 60, top: 100)
    page.write(letters: 8, left: 100, top: 250)
    let lined = page.lined
    #expect(lined.slope == 0)
    #expect(lined.lines.map(\.phrases.count) == [1, 1, 1])
    #expect(zip(lined.lines.map(\.box.top), [100, 250, 400]).allSatisfy { abs($0 - $1) <= 2 })
    #expect(zip(lined.lines.map(\.box.left), [60, 100, 300]).allSatisfy { abs($0 - $1) <= 2 })
    #expect(abs(lined.textHeight - 20) <= 1)
  }

  @Test func aBlankPageHasNoLines() {
    #expect(DrawnPage().lined.lines.isEmpty)
    var grey = DrawnPage()
    grey.fill(0, 0, 900, 700, level: 180)
    #expect(grey.lined.lines.isEmpty)
  }

  @Test func aRowOfATableIsOneLine() {
    var page = DrawnPage()
    for row in 0..<3 {
      for (left, letters) in [(60, 5), (350, 3), (650, 6)] {
        page.write(letters: letters, left: left, top: 110 + row * 60)
      }
    }
    for row in 0...3 { page.fill(40, 90 + row * 60, 820, 2) }
    for column in [40, 320, 620, 858] { page.fill(column, 90, 2, 182) }
    let lines = page.lined.lines
    #expect(lines.map(\.phrases.count) == [3, 3, 3])
    for line in lines { #expect(line.box.height <= 24 && line.box.left >= 58) }
  }

  @Test func rulesAloneAreNoText() {
    var page = DrawnPage()
    page.fill(40, 100, 800, 3)
    page.fill(40, 300, 800, 2)
    page.fill(40, 100, 2, 202)
    #expect(page.lined.lines.isEmpty)
  }

  @Test(arguments: [-0.05, -0.02, 0.013, 0.05]) func aTurnedPageIsLevelled(slope: Double) {
    var page = DrawnPage(width: 900, height: 800)
    for line in 0..<8 { page.write(letters: 30, left: 50, top: 120 + line * 60, slope: slope) }
    let lined = page.lined
    #expect(abs(lined.slope - slope) < 0.003)
    #expect(lined.lines.count == 8)
    for line in lined.lines { #expect(line.box.height <= 28) }
  }

  @Test func aFinalBelowItsSyllableStaysInItsLine() {
    var page = DrawnPage()
    for top in [100, 150, 200] {
      page.write(letters: 16, left: 60, top: top, height: 22)
      for letter in stride(from: 1, to: 16, by: 3) {
        page.fill(62 + letter * 27, top + 25, 18, 3)
        page.fill(62 + letter * 27, top + 33, 18, 3)
        page.fill(62 + letter * 27, top + 25, 3, 11)
      }
    }
    let lines = page.lined.lines
    #expect(lines.count == 3)
    for line in lines { #expect(abs(line.box.height - 36) <= 2) }
  }

  /// A page of noise ends, and soon: pieces beyond the limit are left out.
  @Test func noiseIsBounded() {
    var random = SeededRandom(seed: 1)
    var page = DrawnPage(width: 1240, height: 1754)
    for i in page.image.samples.indices where random.uniform() < 0.2 { page.image.samples[i] = 0 }
    #expect(page.lined.lines.count < 1754)
  }

  @Test func stripsHaveTheModelsShape() throws {
    var page = DrawnPage()
    page.write(letters: 6, left: 60, top: 100)
    page.write(letters: 4, left: 500, top: 100)
    page.write(letters: 3, left: 60, top: 200)
    let strips = try page.lined.strips(LineModelConfig(), factor: 32)
    #expect(strips.map(\.line) == [0, 1])
    for strip in strips {
      #expect(strip.image.height == 32 && strip.image.width % 32 == 0)
      let inked = (0..<32).filter { y in
        (0..<strip.image.width).contains { strip.image.samples[y * strip.image.width + $0] < 128 }
      }
      // Ink of 24 rows in the middle of 32.
      #expect(abs(inked.count - 24) <= 1 && abs(inked.first! + inked.last! - 31) <= 2)
    }
    // The wide gap between the cells is narrowed to a letter's height.
    #expect(strips[0].image.width < 400)
  }

  @Test func aLongLineIsCutIntoStrips() throws {
    var page = DrawnPage(width: 2400, height: 300)
    page.write(letters: 80, left: 60, top: 100)
    let strips = try page.lined.strips(LineModelConfig(), factor: 32)
    #expect(strips.count >= 2)
    #expect(strips.allSatisfy { $0.line == 0 && $0.image.width <= 896 })
  }
}
