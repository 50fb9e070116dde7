import OCRInference
import PageImaging

extension LinedDocumentPage {
  /// The level page as the line finder saw it: each strip's parts framed and numbered in reading order (green; of a
  /// strip that is cut orange, of one that shows two lines violet, of one without text blue), missed characters
  /// filled red, cut ones orange.
  public func lossPicture() -> PageImage {
    var picture = PageImage(greyPage: lined.picture)
    for (character, fate) in zip(truth.characters, truth.fates) {
      switch fate {
      case .missed: picture.tint(character.ink, .missed)
      case .cut: picture.tint(character.ink, .cut)
      case .whole: break
      }
    }
    for (index, (strip, label)) in zip(strips, truth.labels).enumerated() {
      let paint: Paint =
        switch label.kind {
        case .text: .whole
        case .cut: .cut
        case .merged: .merged
        case .blank: .blank
        }
      for (position, source) in strip.view.sources.enumerated() {
        let box = source.shown
        picture.frame(box.left..<box.right, box.top..<box.bottom, paint)
        let scale = max(1, condition.dpi / 100)
        if position == 0 {
          picture.number(index + 1, right: box.left - 2, top: box.top, scale: scale, paint)
        }
      }
    }
    return picture
  }
}

private struct Paint {
  let rgb: [UInt8]

  static let whole = Paint(rgb: [0, 150, 60])
  static let cut = Paint(rgb: [255, 140, 0])
  static let merged = Paint(rgb: [170, 0, 200])
  static let blank = Paint(rgb: [0, 90, 255])
  static let missed = Paint(rgb: [255, 0, 0])
}

extension PageImage {
  fileprivate init(greyPage: PageImage) {
    self.init(
      width: greyPage.width, height: greyPage.height, color: .rgb,
      samples: greyPage.samples.flatMap { [$0, $0, $0] })
  }

  fileprivate mutating func set(_ x: Int, _ y: Int, _ paint: Paint) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    for channel in 0..<3 { samples[(y * width + x) * 3 + channel] = paint.rgb[channel] }
  }

  fileprivate mutating func frame(_ columns: Range<Int>, _ rows: Range<Int>, _ paint: Paint) {
    for x in columns {
      set(x, rows.lowerBound, paint)
      set(x, rows.upperBound - 1, paint)
    }
    for y in rows {
      set(columns.lowerBound, y, paint)
      set(columns.upperBound - 1, y, paint)
    }
  }

  /// Paper takes the colour, ink stays dark.
  fileprivate mutating func tint(_ extent: Extent, _ paint: Paint) {
    let columns = (Int(extent.left) - 1..<Int(extent.right) + 2).clamped(to: 0..<width)
    let rows = (Int(extent.top) - 1..<Int(extent.bottom) + 2).clamped(to: 0..<height)
    for y in rows {
      for x in columns {
        for channel in 0..<3 {
          let index = (y * width + x) * 3 + channel
          samples[index] = min(samples[index], max(paint.rgb[channel], 60))
        }
      }
    }
  }

  fileprivate mutating func number(
    _ number: Int, right: Int, top: Int, scale: Int, _ paint: Paint
  ) {
    let digits = String(number).utf8.map { Int($0) - 48 }
    for (position, digit) in digits.enumerated() {
      let left = right - (digits.count - position) * 4 * scale
      for bit in 0..<15 where digitShapes[digit] >> (14 - bit) & 1 == 1 {
        for y in 0..<scale {
          for x in 0..<scale {
            set(left + bit % 3 * scale + x, top + bit / 3 * scale + y, paint)
          }
        }
      }
    }
  }
}

/// Three columns, five rows, the upper left first.
private let digitShapes = [
  0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
  0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010,
  0b111_101_111_101_111, 0b111_101_111_001_111,
]
