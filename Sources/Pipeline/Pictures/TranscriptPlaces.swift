import Datasets

/// Where stretches of a page's transcript stand on its master picture, by the truth's boxes.
struct TranscriptPlaces {
  private let page: PageTruth
  private let fields: [FieldTruth]
  private let scalars: [Unicode.Scalar]

  init(_ document: DatasetDocument, page index: Int) {
    page = document.pages[index]
    fields = document.fields.filter { $0.page == index }
    scalars = Array(page.transcript.unicodeScalars)
  }

  /// A box for each line of the span, for showing: where neither a field nor a run of characters has
  /// it, the span's share of a line set without gaps, else the line. nil where a line has no box.
  func boxes(of span: Range<Int>) -> [PixelBox]? {
    places(of: span) { line, part in line.estimated(part, of: scalars) }
  }

  /// Boxes that hold all ink of the span, for hiding: a field's, a run's, else whole lines.
  func coveringBoxes(of span: Range<Int>) -> [PixelBox]? {
    places(of: span) { line, _ in line.box }
  }

  private func places(
    of span: Range<Int>, orElse fallback: (LineTruth, Range<Int>) -> PixelBox?
  ) -> [PixelBox]? {
    if let field = fields.first(where: { $0.start == span.lowerBound && $0.end == span.upperBound }
    ),
      let box = field.box
    {
      return [box]
    }
    var boxes: [PixelBox] = []
    for line in page.lines {
      let part = trimmed(span.clamped(to: line.start..<line.end))
      guard !part.isEmpty else { continue }
      guard let box = line.inked(part, of: scalars) ?? fallback(line, part) else { return nil }
      boxes.append(box)
    }
    return boxes.isEmpty ? nil : boxes
  }

  private func trimmed(_ span: Range<Int>) -> Range<Int> {
    var span = span.clamped(to: 0..<scalars.count)
    while let first = span.first, scalars[first].properties.isWhitespace {
      span = span.dropFirst()
    }
    while let last = span.last, scalars[last].properties.isWhitespace { span = span.dropLast() }
    return span
  }
}

extension LineTruth {
  /// By the runs' edges; nil unless every inked code point of the part stands in a run.
  fileprivate func inked(_ part: Range<Int>, of scalars: [Unicode.Scalar]) -> PixelBox? {
    guard let runs else { return nil }
    var box: PixelBox?
    var covered = 0
    for run in runs {
      let shared = part.clamped(to: run.start..<run.end)
      guard !shared.isEmpty, run.edges.count == run.end - run.start + 1 else { continue }
      covered += shared.count { !scalars[$0].properties.isWhitespace }
      let (left, right) = (
        run.edges[shared.lowerBound - run.start], run.edges[shared.upperBound - run.start]
      )
      let piece = PixelBox(
        x: left, y: run.box.y, width: max(right - left, 1), height: run.box.height)
      box = box?.union(piece) ?? piece
    }
    return covered == part.count { !scalars[$0].properties.isWhitespace } ? box : nil
  }

  /// The part's share of the line by the width of its characters, wide letters counting two; the
  /// whole line where it is wider than its characters fill, as a form's lines are.
  fileprivate func estimated(_ part: Range<Int>, of scalars: [Unicode.Scalar]) -> PixelBox? {
    guard let box, end <= scalars.count else { return box }
    func width(_ span: Range<Int>) -> Double {
      span.reduce(0) { $0 + (scalars[$1].value >= 0x1100 ? 2 : 1) }
    }
    let whole = width(start..<end)
    let isDense = Double(box.width) < whole * Double(box.height) * 0.62
    guard whole > 0, isDense else { return box }
    let unit = Double(box.width) / whole
    let left = width(start..<part.lowerBound) * unit
    // A character's width of doubt on either side.
    return PixelBox(
      x: box.x + max(Int(left - unit), 0), y: box.y,
      width: min(Int((width(part) + 2) * unit), box.width), height: box.height)
  }
}

extension PixelBox {
  func union(_ other: PixelBox) -> PixelBox {
    let (left, top) = (min(x, other.x), min(y, other.y))
    return PixelBox(
      x: left, y: top, width: max(x + width, other.x + other.width) - left,
      height: max(y + height, other.y + other.height) - top)
  }
}
