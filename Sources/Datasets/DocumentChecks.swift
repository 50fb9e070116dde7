import Boundary
import DocProfiles

/// What can be wrong in a document whose shape is right, without looking at its pictures.
struct DocumentChecks {
  private(set) var problems: [String] = []

  /// Beyond so many, what is left of a document is not looked at.
  private static let maximumProblems = DocumentReading.maximumProblems

  static func problems(in document: DatasetDocument) -> [String] {
    var checks = DocumentChecks()
    checks.check(document)
    return checks.problems
  }

  private mutating func check(_ document: DatasetDocument) {
    checkID(document.id)
    if document.pages.isEmpty { problems.append("pages: the document has no page; add its PNGs") }
    for (index, page) in document.pages.enumerated() where problems.count < Self.maximumProblems {
      check(page, at: "pages[\(index)]")
    }
    let scalars = document.pages.map { Array($0.transcript.unicodeScalars) }
    for (index, field) in document.fields.enumerated() where problems.count < Self.maximumProblems {
      check(field, at: "fields[\(index)]", in: scalars)
    }
  }

  private mutating func checkID(_ id: String) {
    let isName = id.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      default: "._-".utf8.contains(byte)
      }
    }
    guard isName, id.utf8.count <= 128, let first = id.utf8.first, !"._-".utf8.contains(first)
    else {
      problems.append(
        "id: \"\(id.excerptOnOneLine)\" is not safe in a file name; "
          + "use 1 to 128 ASCII letters, digits, \".\", \"_\" or \"-\", starting with a letter or digit"
      )
      return
    }
  }

  // MARK: Pages

  private mutating func check(_ page: PageTruth, at place: String) {
    if let sha256 = page.sha256 {
      let isChecksum = sha256.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
      }
      if !isChecksum || sha256.utf8.count != 64 {
        problems.append(
          "\(place).sha256: must be 64 lower-case hexadecimal digits; take sha256sum's")
      }
    }
    let breaches = TranscriptForm.breaches(in: page.transcript)
    problems += breaches.map { "\(place): \($0.message)" }
    // Lines cannot be right before the transcript is.
    let linesAreRight = breaches.isEmpty && checkLines(of: page, at: place)
    for (index, line) in page.lines.enumerated() where problems.count < Self.maximumProblems {
      check(line.box, at: "\(place).lines[\(index)].box")
      if linesAreRight { check(line.runs, of: line, at: "\(place).lines[\(index)].runs") }
    }
  }

  private mutating func checkLines(of page: PageTruth, at place: String) -> Bool {
    let expected = TranscriptForm.lineSpans(of: page.transcript)
    guard page.lines.count == expected.count else {
      problems.append(
        "\(place).lines: \(page.lines.count) lines, but the transcript has \(expected.count); "
          + "give every line its span in order, or leave \"lines\" out")
      return false
    }
    // The first is enough: one slip moves all that follow.
    for (index, (line, span)) in zip(page.lines, expected).enumerated()
    where line.start != span.lowerBound || line.end != span.upperBound {
      problems.append(
        "\(place).lines[\(index)]: the span \(line.start) to \(line.end) is not line \(index + 1) of "
          + "the transcript; set it to \(span.lowerBound) to \(span.upperBound)")
      return false
    }
    return true
  }

  private mutating func check(_ runs: [RunTruth]?, of line: LineTruth, at place: String) {
    guard let runs else { return }
    // Each begins one space after the last, and together they end with the line.
    var next = line.start
    for (index, run) in runs.enumerated() where problems.count < Self.maximumProblems {
      let place = "\(place)[\(index)]"
      guard run.start == next, run.end > run.start, run.end <= line.end else {
        problems.append(
          "\(place): the span \(run.start) to \(run.end) is not within \(next) to \(line.end); "
            + "runs fill their line, with one space between two")
        return
      }
      next = run.end + 1
      check(run.box, at: "\(place).box")
      if run.edges.count != run.end - run.start + 1 {
        problems.append(
          "\(place).edges: \(run.edges.count) edges of \(run.end - run.start) code points; "
            + "give one more than there are code points")
      } else if run.edges[0] < 0 || zip(run.edges, run.edges.dropFirst()).contains(where: >) {
        problems.append("\(place).edges: must not be negative nor fall; give them left to right")
      }
    }
    if next != line.end + 1 {
      problems.append(
        "\(place): end at \(next - 1), but the line at \(line.end); "
          + "runs fill their line, with one space between two")
    }
  }

  // MARK: Fields

  private mutating func check(
    _ field: FieldTruth, at place: String, in pages: [[Unicode.Scalar]]
  ) {
    if field.name.isEmpty { problems.append("\(place).name: is empty; give the profile's key") }
    if let row = field.row, row < 1 {
      problems.append("\(place).row: is \(row); rows count from 1")
    }
    check(field.box, at: "\(place).box")
    guard pages.indices.contains(field.page) else {
      let mend =
        pages.count == 1 ? "the one page is 0" : "pages count from 0 to \(max(pages.count, 1) - 1)"
      problems.append("\(place).page: there is no page \(field.page); \(mend)")
      return
    }
    let text = pages[field.page]
    guard 0 <= field.start, field.start < field.end, field.end <= text.count else {
      let problem =
        field.start >= field.end && field.start >= 0 && field.end <= text.count
        ? "is empty or reversed" : "lies outside the transcript of \(text.count) code points"
      problems.append(
        "\(place): the span \(field.start) to \(field.end) \(problem); "
          + mend(field.value, in: text))
      return
    }
    if !text[field.start..<field.end].elementsEqual(field.value.unicodeScalars) {
      problems.append(
        "\(place): the value is not the transcript's text from \(field.start) to \(field.end); "
          + mend(field.value, in: text))
    }
  }

  /// Where the value does stand, if it stands there once.
  private func mend(_ value: String, in text: [Unicode.Scalar]) -> String {
    let scalars = Array(value.unicodeScalars)
    let advice = "count Unicode code points from 0, end exclusive, as Python does"
    // The search is the plain one: enough for pages, too slow for what an attacker makes of one.
    guard let first = scalars.first, scalars.count <= text.count,
      text.count * scalars.count <= 5_000_000
    else { return advice }
    var found: Int?
    for start in 0...(text.count - scalars.count) where text[start] == first {
      guard text[start..<start + scalars.count].elementsEqual(scalars) else { continue }
      if found != nil { return advice }
      found = start
    }
    return found.map { "the value stands at \($0) to \($0 + scalars.count)" } ?? advice
  }

  private mutating func check(_ box: PixelBox?, at place: String) {
    guard let box else { return }
    if box.x < 0 || box.y < 0 || box.width < 1 || box.height < 1 {
      problems.append(
        "\(place): \(box.text) is no box on a page; write [x, y, width, height] from the top left")
    }
  }
}

extension PixelBox {
  var text: String { "[\(x), \(y), \(width), \(height)]" }
}
