import OCRInference
import PageImaging
import Testing

/// A page of hollow squares, some of them turned.
private func page(slope: Double = 0) -> PageImage {
  var page = PageImage(width: 1000, height: 700, color: .grey, filledWith: 255)
  for (top, left, letters) in [(100, 60, 20), (200, 80, 6), (200, 600, 5), (320, 70, 25)] {
    for letter in 0..<letters {
      let x = left + letter * 25
      let y = top + Int((Double(x) * slope).rounded())
      for row in y..<y + 20 {
        for column in x..<x + 20
        where row < y + 3 || row >= y + 17 || column < x + 3 || column >= x + 17 {
          page.samples[row * page.width + column] = 0
        }
      }
    }
  }
  return page
}

@Suite struct StripViewTests {
  @Test func whatAStripShowsIsWhereItsViewSays() throws {
    let lined = LinedPage(page(), dpi: 150)
    let strips = try lined.strips(LineModelConfig(), factor: 32)
    #expect(strips.count == 3)
    #expect(strips.map(\.view.sources.count) == [1, 2, 1])
    for strip in strips {
      for source in strip.view.sources {
        #expect(
          source.shown.left <= source.phrase.left && source.shown.right >= source.phrase.right)
        let left = strip.view.x(Double(source.phrase.left), through: source)
        let right = strip.view.x(Double(source.phrase.right), through: source)
        // Ink begins and ends there, to a pixel.
        func isInked(_ column: Int) -> Bool {
          (0..<strip.image.height).contains {
            strip.image.samples[$0 * strip.image.width + column] < 128
          }
        }
        #expect(isInked(Int(left.rounded())) && isInked(Int(right.rounded()) - 1))
        #expect(left < 3 || !isInked(Int(left.rounded()) - 2))
        #expect(!isInked(Int(right.rounded()) + 1))
      }
      let first = strip.view.sources[0]
      let top = (Double(first.phrase.top - strip.view.top)) * strip.view.scaleY
      let row = Int(top.rounded())
      let columns = 0..<strip.image.width
      #expect(columns.contains { strip.image.samples[row * strip.image.width + $0] < 128 })
      #expect(!columns.contains { strip.image.samples[(row - 2) * strip.image.width + $0] < 128 })
    }
  }

  @Test(arguments: [-0.03, 0.011, 0.04]) func aTurnedPagesPlacesAreFollowed(slope: Double) throws {
    let lined = LinedPage(page(slope: slope), dpi: 150)
    #expect(abs(lined.slope - slope) < 0.003)
    let picture = lined.picture
    for letter in [0, 10, 24] {
      // The middle of the square is paper, its rim ink.
      let x = Double(70 + letter * 25)
      let y = 320 + (x * slope).rounded()
      let middle = lined.leveled(x: x + 10, y: y + 10)
      let rim = lined.leveled(x: x + 1.5, y: y + 10)
      #expect(picture.samples[Int(middle.y) * picture.width + Int(middle.x)] > 200)
      #expect(picture.samples[Int(rim.y) * picture.width + Int(rim.x)] < 100)
      // All letters of the line have come to one height.
      let first = lined.leveled(x: 80, y: 330 + (70 * slope).rounded())
      #expect(abs(middle.y - first.y) < 2)
    }
  }
}
