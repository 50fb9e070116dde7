import Datasets
import Drawing
import Foundation

/// Draws a page and keeps its ground truth, so that the two cannot differ.
///
/// Runs put between two `endLine()` calls share a transcript line, ordered left to right and
/// joined by one space. Everything printed as text goes through `put`; seals and rules are
/// pictures and go to the canvas directly.
final class PageComposer {
  enum Alignment { case left, centre, right }

  let canvas: Canvas
  let typesetter: Typesetter
  private var lines: [[DrawnRun]] = [[]]

  private struct DrawnPiece {
    var text: String
    var tag: FieldTag?
    var box: PageRect?
    /// From the page's left edge.
    var edges: [Double]
    var end: Double { edges[edges.count - 1] }
  }

  private struct DrawnRun {
    var x: Double
    var pieces: [DrawnPiece]
    var box: PageRect? {
      pieces.compactMap(\.box).reduce(nil) { $0?.union($1) ?? $1 }
    }
  }

  init(_ size: PageSize, typesetter: Typesetter) {
    canvas = Canvas(size: size, dpi: typesetter.dpi)
    self.typesetter = typesetter
  }

  /// Draws a run whose alignment point is `x`, and adds it to the current line.
  ///
  /// - Parameter width: Millimetres the run may take; the letters shrink to 70 % and then narrow
  ///   to 65 % for it.
  /// - Returns: where the run ends, millimetres.
  /// - Throws: `LayoutError` where that is not enough, `UndrawableCharacter`.
  @discardableResult
  func put(
    _ pieces: [Piece], _ style: TextStyle, x: Double, baseline: Double,
    align: Alignment = .left, within width: Double? = nil
  ) throws -> Double {
    let pieces = pieces.filter { !$0.text.isEmpty }
    guard !pieces.isEmpty else { return x }
    let sets = try fit(pieces, style, width)
    let total = sets.reduce(0) { $0 + $1.width }
    let start =
      switch align {
      case .left: x
      case .centre: x - total / 2
      case .right: x - total
      }
    return put(sets, of: pieces, x: start, baseline: baseline)
  }

  /// Draws a run whose pieces are set already.
  @discardableResult
  func put(_ sets: [SetText], of pieces: [Piece], x start: Double, baseline: Double) -> Double {
    var pen = start
    var drawn: [DrawnPiece] = []
    for (piece, set) in zip(pieces, sets) {
      let box = canvas.draw(set, x: pen, baseline: baseline)
      drawn.append(
        DrawnPiece(
          text: piece.text, tag: piece.tag, box: box, edges: set.edges.map { pen + $0 }))
      pen += set.width
    }
    lines[lines.count - 1].append(DrawnRun(x: start, pieces: drawn))
    return pen
  }

  /// Ends a line of the transcript; does nothing where nothing was put since the last one.
  func endLine() {
    if !lines[lines.count - 1].isEmpty { lines.append([]) }
  }

  func width(of text: String, _ style: TextStyle) throws -> Double {
    try typesetter.set(text, style).width
  }

  private func fit(_ pieces: [Piece], _ style: TextStyle, _ width: Double?) throws -> [SetText] {
    func set(_ style: TextStyle) throws -> [SetText] {
      try pieces.map { piece in
        var look = piece.isBold ? style.bold : style
        if let ink = piece.ink { look.ink = ink }
        return try typesetter.set(piece.text, look)
      }
    }
    var look = style
    while true {
      let sets = try set(look)
      guard let width, sets.reduce(0, { $0 + $1.width }) > width else { return sets }
      if look.size > style.size * 0.7 {
        look.size -= 0.25
      } else if look.condensed > 0.65 {
        look.condensed -= 0.05
      } else {
        throw LayoutError(defect: .tooWide, line: lines.count)
      }
    }
  }

  // MARK: Truth

  /// Closes the page.
  /// - Throws: `LayoutError` where runs overlap, leave the page or break a field apart.
  func finish() throws -> ComposedPage {
    endLine()
    let lines = lines.dropLast().map { $0.sorted { $0.x < $1.x } }
    try checkPlaces(lines)
    var scalars: [Unicode.Scalar] = []
    var truths: [LineTruth] = []
    var runs: [ComposedPage.Run] = []
    var spans: [FieldSpan] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { scalars.append("\n") }
      let start = scalars.count
      var places: [RunTruth] = []
      for (position, run) in line.enumerated() {
        if position > 0 { scalars.append(" ") }
        let runStart = scalars.count
        for piece in run.pieces {
          let from = scalars.count
          scalars.append(contentsOf: piece.text.unicodeScalars)
          guard let tag = piece.tag else { continue }
          extend(&spans, tag: tag, range: from..<scalars.count, box: piece.box)
        }
        let box = run.box.map(pixels)
        runs.append(.init(pieces: run.pieces.map(\.text), line: index, box: box))
        if let box {
          places.append(
            RunTruth(start: runStart, end: scalars.count, box: box, edges: edges(of: run)))
        }
      }
      let box = line.compactMap(\.box).reduce(nil as PageRect?) { $0?.union($1) ?? $1 }
      truths.append(
        LineTruth(
          start: start, end: scalars.count, box: box.map(pixels), runs: places))
    }
    return ComposedPage(
      canvas: canvas, transcript: Self.string(scalars), lines: truths,
      fields: try fields(spans, in: scalars), runs: runs, edges: nil)
  }

  private struct FieldSpan {
    var tag: FieldTag
    var range: Range<Int>
    var tagged: Int
    var box: PageRect?
  }

  private func extend(
    _ spans: inout [FieldSpan], tag: FieldTag, range: Range<Int>, box: PageRect?
  ) {
    guard let index = spans.lastIndex(where: { $0.tag == tag }) else {
      spans.append(FieldSpan(tag: tag, range: range, tagged: range.count, box: box))
      return
    }
    // One white space may stand between two pieces of a field: the line's end, or a column gap.
    spans[index].tagged += range.count + (range.lowerBound > spans[index].range.upperBound ? 1 : 0)
    spans[index].range = spans[index].range.lowerBound..<range.upperBound
    if let box { spans[index].box = spans[index].box?.union(box) ?? box }
  }

  private func fields(_ spans: [FieldSpan], in scalars: [Unicode.Scalar]) throws -> [FieldTruth] {
    try spans.map { span in
      guard span.tagged == span.range.count else {
        throw LayoutError(
          defect: .interrupted,
          line: 1 + scalars[..<span.range.lowerBound].count { $0 == "\n" })
      }
      return FieldTruth(
        name: span.tag.name, value: Self.string(Array(scalars[span.range])), kind: span.tag.kind,
        row: span.tag.row, page: 0, start: span.range.lowerBound, end: span.range.upperBound,
        box: span.box.map(pixels))
    }
  }

  private func checkPlaces(_ lines: [[DrawnRun]]) throws {
    let page = PageRect(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
    var boxes: [(line: Int, box: PageRect)] = []
    for (index, line) in lines.enumerated() {
      for run in line {
        guard let box = run.box else { continue }
        guard box.x >= 0, box.y >= 0, box.right <= page.width, box.bottom <= page.height else {
          throw LayoutError(defect: .offPage, line: index + 1)
        }
        // Descenders and accents of neighbouring lines may come within half a millimetre.
        if boxes.contains(where: { $0.box.overlaps(box, tolerance: 0.5) }) {
          throw LayoutError(defect: .overlap, line: index + 1)
        }
        boxes.append((index, box))
      }
    }
  }

  /// The smallest pixel box around a rectangle of the page.
  private func pixels(_ rect: PageRect) -> PixelBox {
    let scale = canvas.dpi / 25.4
    // Cairo puts glyphs on whole pixels, so ink may lie one pixel beside what pango measured.
    let left = max(0, Int((rect.x * scale).rounded(.down)) - 1)
    let top = max(0, Int((rect.y * scale).rounded(.down)) - 1)
    let right = min(canvas.width, Int((rect.right * scale).rounded(.up)) + 1)
    let bottom = min(canvas.height, Int((rect.bottom * scale).rounded(.up)) + 1)
    return PixelBox(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// In pixels; a piece's last edge is the next one's first.
  private func edges(of run: DrawnRun) -> [Int] {
    let starts = run.pieces.flatMap { $0.edges.dropLast() } + run.pieces.suffix(1).map(\.end)
    return starts.map { min(max(0, Int(($0 / 25.4 * canvas.dpi).rounded())), canvas.width) }
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
