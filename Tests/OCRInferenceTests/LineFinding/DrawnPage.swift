import OCRInference
import PageImaging

/// A page drawn with bars and hollow squares in place of letters.
struct DrawnPage {
  var dpi: Int
  var image: PageImage

  init(width: Int = 900, height: Int = 700, dpi: Int = 150) {
    self.dpi = dpi
    image = PageImage(width: width, height: height, color: .grey, filledWith: 255)
  }

  mutating func fill(_ left: Int, _ top: Int, _ width: Int, _ height: Int, level: UInt8 = 0) {
    for y in max(0, top)..<min(image.height, top + height) {
      for x in max(0, left)..<min(image.width, left + width) {
        image.samples[y * image.width + x] = level
      }
    }
  }

  /// Hollow squares of `height`, a quarter of it apart, each with a stroke inside; `slope` rows a column.
  mutating func write(
    letters: Int, left: Int, top: Int, height: Int = 20, slope: Double = 0
  ) {
    for letter in 0..<letters {
      let x = left + letter * height * 5 / 4
      let y = top + Int((Double(x) * slope).rounded())
      fill(x, y, height, 3)
      fill(x, y + height - 3, height, 3)
      fill(x, y, 3, height)
      fill(x + height - 3, y, 3, height)
      if height > 12 { fill(x + 5, y + height / 2, height - 10, 2) }
    }
  }

  var lined: LinedPage { LinedPage(image, dpi: dpi) }
}
