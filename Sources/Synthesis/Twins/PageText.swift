import Datasets

/// The printed lines of a page whose place is known: a field on one line, a line that is all one
/// field's, a run.
struct PageText {
  struct Line {
    /// Code points of the page's transcript.
    var span: Range<Int>
    var text: String
    var box: PixelBox
  }

  let lines: [Line]

  /// - Parameter fields: of this page.
  init(_ page: PageTruth, fields: [FieldTruth]) {
    let scalars = Array(page.transcript.unicodeScalars)
    func text(_ span: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[span]))
    }
    var lines: [Line] = []
    for line in page.lines {
      for run in line.runs ?? [] where run.start < run.end {
        lines.append(Line(span: run.start..<run.end, text: text(run.start..<run.end), box: run.box))
      }
      guard let box = line.box, line.runs == nil,
        fields.contains(where: {
          $0.start <= line.start && line.end <= $0.end && $0.value.contains("\n")
        })
      else { continue }
      lines.append(Line(span: line.start..<line.end, text: text(line.start..<line.end), box: box))
    }
    for field in fields {
      guard let box = field.box, !field.value.contains("\n") else { continue }
      lines.append(Line(span: field.start..<field.end, text: field.value, box: box))
    }
    self.lines = lines
  }

  /// The shortest line that holds a stretch.
  func line(holding span: Range<Int>) -> Line? {
    lines.filter { $0.span.lowerBound <= span.lowerBound && span.upperBound <= $0.span.upperBound }
      .min { $0.span.count < $1.span.count }
  }

  /// The lines that make up a field; nil where one of them has no place of its own.
  func lines(of field: FieldTruth) -> [Line]? {
    let span = field.start..<field.end
    let within = lines.filter {
      span.lowerBound <= $0.span.lowerBound && $0.span.upperBound <= span.upperBound
    }
    if let whole = within.first(where: { $0.span == span }) { return [whole] }
    // Line feeds and the spaces between runs are in none.
    let covered = within.reduce(0) { $0 + $1.span.count }
    let breaks = field.value.unicodeScalars.count { $0 == "\n" || $0 == " " }
    let isWhole = covered <= span.count && covered + breaks >= span.count
    return within.isEmpty || !isWhole ? nil : within
  }
}
