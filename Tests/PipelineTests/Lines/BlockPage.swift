import Datasets
import OCRInference
import PageImaging
import Pipeline

/// A page at 150 DPI whose letters are hollow squares, and the truth of where each stands.
struct BlockPage {
  static let height = 20
  static let advance = 26

  var image: PageImage
  private var transcript: [Unicode.Scalar] = []
  private var lines: [LineTruth] = []

  init(width: Int = 1000, height: Int = 700) {
    image = PageImage(width: width, height: height, color: .grey, filledWith: 255, dpi: 150)
  }

  var truth: PageTruth {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: transcript)
    return PageTruth(image: "page.png", transcript: String(text), lines: lines)
  }

  /// The truth's characters on this very page.
  var characters: [TruthCharacter] { TruthCharacter.all(of: truth, on: image)! }

  mutating func write(_ runs: (text: String, left: Int)..., top: Int) {
    if !transcript.isEmpty { transcript.append("\n") }
    let start = transcript.count
    var truths: [RunTruth] = []
    for (index, run) in runs.enumerated() {
      if index > 0 { transcript.append(" ") }
      var (x, edges) = (run.left, [run.left])
      for scalar in run.text.unicodeScalars {
        if scalar != " " { square(x + 2, top) }
        x += scalar == " " ? 15 : Self.advance
        edges.append(x)
      }
      truths.append(
        RunTruth(
          start: transcript.count, end: transcript.count + run.text.unicodeScalars.count,
          box: Datasets.PixelBox(x: run.left + 2, y: top, width: x - run.left - 6, height: 20),
          edges: edges))
      transcript.append(contentsOf: run.text.unicodeScalars)
    }
    let (first, last) = (truths[0].box, truths[truths.count - 1].box)
    let box = Datasets.PixelBox(
      x: first.x, y: top, width: last.x + last.width - first.x, height: first.height)
    lines.append(LineTruth(start: start, end: transcript.count, box: box, runs: truths))
  }

  private mutating func square(_ left: Int, _ top: Int) {
    for y in top..<top + 20 {
      for x in left..<left + 20
      where y < top + 3 || y >= top + 17 || x < left + 3 || x >= left + 17 {
        image.samples[y * image.width + x] = 0
      }
    }
  }

  mutating func erase(_ columns: Range<Int>, _ rows: Range<Int>) {
    for y in rows { for x in columns { image.samples[y * image.width + x] = 255 } }
  }

  /// A strip of the parts of the page given, one beside the other at the page's own scale.
  static func strip(line: Int, followsSpace: Bool = false, _ parts: (Range<Int>, Range<Int>)...)
    -> Strip
  {
    var sources: [StripView.Source] = []
    var width = 0
    for (columns, rows) in parts {
      let box = OCRInference.PixelBox(
        left: columns.lowerBound, top: rows.lowerBound, right: columns.upperBound,
        bottom: rows.upperBound)
      sources.append(.init(phrase: box, shown: box, offset: width - columns.lowerBound))
      width += columns.count + 10
    }
    return Strip(
      image: PageImage(width: width, height: 32, color: .grey, filledWith: 255), line: line,
      followsSpace: followsSpace,
      view: StripView(sources: sources, top: parts[0].1.lowerBound, scaleX: 1, scaleY: 1))
  }

  func truth(of strips: [Strip], level: PageImage? = nil) -> StripTruth {
    StripTruth(characters, strips: strips, level: level ?? image) { ($0, $1) }
  }

  func loss(of strips: [Strip], level: PageImage? = nil) -> PageLoss {
    PageLoss(
      truth(of: strips, level: level), strips: strips, transcript: truth.transcript,
      lines: truth.lines.count)
  }
}
