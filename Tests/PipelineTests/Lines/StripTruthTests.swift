import OCRInference
import Pipeline
import Testing

@Suite struct StripTruthTests {
  /// "가나 다" and, far right, "라마"; below it "바사".
  private func page(gap: Int = 60) -> BlockPage {
    var page = BlockPage()
    page.write(("가나 다", left: 50), ("라마", left: 400), top: 100)
    page.write(("바사", left: 50), top: 100 + gap)
    return page
  }

  @Test func wholeLinesHaveTheirTextAndPlaces() {
    let page = page()
    let strips = [
      BlockPage.strip(line: 0, (50..<145, 98..<122), (400..<452, 98..<122)),
      BlockPage.strip(line: 1, (50..<102, 158..<182)),
    ]
    let truth = page.truth(of: strips)
    #expect(truth.labels.map(\.kind) == [.text, .text])
    #expect(truth.labels.map(\.text) == ["가나 다 라마", "바사"])
    // The second part stands ten pixels beside the first, which is 95 wide.
    #expect(
      truth.labels[0].extents == [
        0, 26, 26, 52, 52, 67, 67, 93, 93, 105, 105, 131, 131, 157,
      ])
    let loss = page.loss(of: strips)
    #expect(loss.characters == 7 && loss.lines == 2)
    #expect([loss.missed, loss.cut, loss.merged, loss.outOfOrder] == [0, 0, 0, 0])
    #expect(loss.perfectReader.errors == 0)
  }

  @Test func aStripThatShowsTooLittleOfALetterCutsIt() {
    let page = page()
    func kinds(_ rows: Range<Int>) -> (StripLabel.Kind, Int) {
      let strips = [BlockPage.strip(line: 0, (50..<145, rows))]
      return (page.truth(of: strips).labels[0].kind, page.loss(of: strips).cut)
    }
    #expect(kinds(98..<118) == (.text, 0))
    #expect(kinds(98..<112) == (.cut, 3))
    // Sideways too: half of the last letter.
    let strips = [BlockPage.strip(line: 0, (50..<130, 98..<122))]
    #expect(page.truth(of: strips).labels[0].kind == .cut)
    #expect(page.truth(of: strips).labels[0].text == "가나")
    #expect(page.loss(of: strips).cut == 1)
  }

  @Test func whatNoStripShowsIsMissed() {
    let page = page()
    let loss = page.loss(of: [BlockPage.strip(line: 0, (50..<145, 98..<122))])
    #expect(loss.missed == 4 && loss.cut == 0)
    // "라마", its space and the line of "바사" with its line feed.
    #expect(loss.perfectReader.deletions == 6 && loss.perfectReader.errors == 6)
    #expect(page.loss(of: []).missed == 7)
  }

  @Test func aLetterDroppedBetweenTwoPartsIsMissed() {
    let page = page()
    // "나" stands between the parts; the first shows its first two pixels.
    let strips = [BlockPage.strip(line: 0, (50..<80, 98..<122), (117..<145, 98..<122))]
    #expect(page.truth(of: strips).labels[0].text == "가 다")
    #expect(page.loss(of: strips).missed == 5)
  }

  @Test func twoLinesOnOneStripAreMerged() {
    let page = page(gap: 24)
    let strips = [
      BlockPage.strip(line: 0, (50..<145, 98..<146)),
      BlockPage.strip(line: 1, (400..<452, 98..<122)),
    ]
    let truth = page.truth(of: strips)
    #expect(truth.labels.map(\.kind) == [.merged, .text])
    let loss = page.loss(of: strips)
    #expect(loss.mergedStrips == 1 && loss.merged == 5)
    #expect(loss.missed == 0 && loss.cut == 0)
    #expect(loss.perfectReader.errors > 0)
  }

  @Test func linesSideBySideOnOneStripAreNotMerged() {
    var page = BlockPage()
    page.write(("가나", left: 50), top: 100)
    page.write(("다라", left: 300), top: 102)
    let strips = [BlockPage.strip(line: 0, (50..<102, 98..<124), (300..<352, 98..<124))]
    #expect(page.truth(of: strips).labels[0].kind == .text)
    #expect(page.truth(of: strips).labels[0].text == "가나 다라")
    // One reading joins what the transcript parts.
    #expect(page.loss(of: strips).perfectReader.substitutions == 1)
  }

  @Test func aNeighboursEdgeIsNoLetterOfTheStrip() {
    let page = page(gap: 24)
    // The second strip shows the lowest three of the first line's twenty rows.
    let strips = [
      BlockPage.strip(line: 0, (50..<145, 98..<120), (400..<452, 98..<120)),
      BlockPage.strip(line: 1, (50..<102, 117..<146)),
    ]
    let truth = page.truth(of: strips)
    #expect(truth.labels.map(\.text) == ["가나 다 라마", "바사"])
    #expect(truth.labels.map(\.kind) == [.text, .text])
    // Two thirds of them are another matter: nobody could say which line is meant.
    let doubtful = [strips[0], BlockPage.strip(line: 1, (50..<102, 106..<146))]
    #expect(page.truth(of: doubtful).labels.map(\.kind) == [.text, .cut])
  }

  @Test func stripsInAnotherOrderThanTheTranscriptsAreCounted() {
    let page = page()
    let strips = [
      BlockPage.strip(line: 0, (50..<102, 158..<182)),
      BlockPage.strip(line: 1, (50..<145, 98..<122), (400..<452, 98..<122)),
    ]
    let loss = page.loss(of: strips)
    #expect(loss.outOfOrder == 2 && loss.linesOutOfOrder == 1)
    #expect(page.truth(of: strips).perfectReading(of: strips) == "바사\n가나 다 라마")
  }

  @Test func aWordCutAtAStripsEndIsJoinedAsTheEngineJoinsIt() {
    let page = page()
    let strips = [
      BlockPage.strip(line: 0, (50..<76, 98..<122)), BlockPage.strip(line: 0, (76..<145, 98..<122)),
      BlockPage.strip(line: 0, followsSpace: true, (400..<452, 98..<122)),
      BlockPage.strip(line: 1, (50..<102, 158..<182)),
    ]
    #expect(page.truth(of: strips).perfectReading(of: strips) == "가나 다 라마\n바사")
    #expect(page.loss(of: strips).perfectReader.errors == 0)
  }

  @Test func inkOfNoTruthIsBlankAndASliverIsNot() {
    let page = page()
    let strips = [
      BlockPage.strip(line: 0, (600..<700, 300..<324)),
      BlockPage.strip(line: 1, (50..<145, 116..<140)),
    ]
    #expect(page.truth(of: strips).labels.map(\.kind) == [.blank, .cut])
    #expect(page.truth(of: strips).labels.map(\.text) == ["", ""])
    #expect(page.loss(of: strips).blankStrips == 1)
  }

  @Test func inkThatWasTakenOffThePageIsMissed() {
    var bare = page()
    bare.erase(78..<98, 95..<125)
    let strips = [BlockPage.strip(line: 0, (50..<145, 98..<122), (400..<452, 98..<122))]
    let truth = page().truth(of: strips, level: bare.image)
    #expect(truth.fates[1] == .missed)
    #expect(truth.labels[0].text == "가 다 라마")
    // The page's own truth says that ink stood there: such a strip is no example to learn from.
    #expect(truth.labels[0].kind == .cut)
  }

  @Test func rulesUnderWritingAreNoInkOfItsLetters() {
    var page = page()
    for y in 130..<132 {
      for x in 0..<1000 { page.image.samples[y * 1000 + x] = 100 }
    }
    var truth = page.truth
    // A box that reaches down to the rule, as a descender's does.
    truth.lines[0].runs![0].box.height = 34
    let characters = TruthCharacter.all(of: truth, on: page.image)!
    #expect(characters[0].ink.top == 100 && characters[0].ink.bottom == 120)
    #expect(characters[0].cell.bottom == 134)
  }
}
