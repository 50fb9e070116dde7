/// Stretches of a page's transcript taken out or written anew, with every span moved along.
public struct TranscriptReplacement: Sendable {
  public let transcript: String
  public let lines: [LineTruth]
  public let fields: [FieldTruth]
  /// Where each stretch's new text stands, in the order given; empty where it was taken out.
  public let spans: [Range<Int>]

  /// What is left stays in transcript form: no blank line, no space at an end, none doubled.
  ///
  /// - Parameters:
  ///   - page: its lines keep their boxes and lose their runs.
  ///   - fields: of this page. Those whose whole text is taken out go.
  ///   - stretches: in code points; must not overlap. An empty text takes the stretch out.
  public init(
    of page: PageTruth, fields: [FieldTruth], _ stretches: [(span: Range<Int>, text: String)]
  ) {
    let old = Array(page.transcript.unicodeScalars)
    let order = stretches.indices.sorted {
      stretches[$0].span.lowerBound < stretches[$1].span.lowerBound
    }
    // Each kept or new scalar with the old place it stands for.
    var pieces: [(scalar: Unicode.Scalar, origin: Int, stretch: Int?)] = []
    var place = 0
    for index in order {
      let (span, text) = stretches[index]
      pieces += (place..<span.lowerBound).map { (old[$0], $0, nil) }
      pieces += text.unicodeScalars.map { ($0, span.lowerBound, index) }
      place = span.upperBound
    }
    pieces += (place..<old.count).map { (old[$0], $0, nil) }
    let kept = Self.inForm(pieces)

    transcript = String(String.UnicodeScalarView(kept.map(\.scalar)))
    // How many scalars of the new text come from before an old place.
    var before = [Int](repeating: 0, count: old.count + 1)
    for piece in kept where piece.stretch == nil { before[piece.origin + 1] += 1 }
    for piece in kept where piece.stretch != nil {
      before[min(stretches[piece.stretch!].span.upperBound, old.count)] += 1
    }
    for index in before.indices.dropFirst() { before[index] += before[index - 1] }
    spans = stretches.indices.map { index in
      let own = kept.indices.filter { kept[$0].stretch == index }
      guard let first = own.first, let last = own.last else {
        let place = before[stretches[index].span.lowerBound]
        return place..<place
      }
      return first..<last + 1
    }
    let text = kept.map(\.scalar)
    let placed = spans
    self.fields = fields.compactMap { field in
      var field = field
      if let whole = stretches.firstIndex(where: { $0.span == field.start..<field.end }) {
        (field.start, field.end) = (placed[whole].lowerBound, placed[whole].upperBound)
      } else {
        (field.start, field.end) = (before[field.start], before[field.end])
      }
      while field.start < field.end, text[field.start].properties.isWhitespace { field.start += 1 }
      while field.start < field.end, text[field.end - 1].properties.isWhitespace { field.end -= 1 }
      guard field.start < field.end else { return nil }
      field.value = String(String.UnicodeScalarView(text[field.start..<field.end]))
      return field
    }
    lines = Self.lines(of: transcript, kept.map(\.origin), page)
  }

  private static func inForm(
    _ pieces: [(scalar: Unicode.Scalar, origin: Int, stretch: Int?)]
  ) -> [(scalar: Unicode.Scalar, origin: Int, stretch: Int?)] {
    var kept: [(scalar: Unicode.Scalar, origin: Int, stretch: Int?)] = []
    for piece in pieces {
      let last = kept.last?.scalar ?? "\n"
      if piece.scalar == " ", last == " " || last == "\n" { continue }
      if piece.scalar == "\n" {
        if last == " " { kept.removeLast() }
        if kept.isEmpty || kept.last!.scalar == "\n" { continue }
      }
      kept.append(piece)
    }
    while let last = kept.last, last.scalar == " " || last.scalar == "\n" { kept.removeLast() }
    return kept
  }

  /// A line has the box of the old line that its first character stood on.
  private static func lines(
    of transcript: String, _ origins: [Int], _ page: PageTruth
  ) -> [LineTruth] {
    guard !page.lines.isEmpty else { return [] }
    return TranscriptForm.lineSpans(of: transcript).map { span in
      let origin = origins[span.lowerBound]
      let old = page.lines.first { $0.start <= origin && origin < $0.end }
      return LineTruth(start: span.lowerBound, end: span.upperBound, box: old?.box)
    }
  }
}
