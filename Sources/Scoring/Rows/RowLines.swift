/// The lines that table rows stand on: of the page, and of a reading that has them letter by letter.
struct RowLines {
  /// For each row the clusters of its line of the truth; from its first field to its last where it
  /// shares the line with another row or goes over several.
  let extents: [Range<Int>]
  private let page: AlignedPage
  private let ownsLine: [Bool]

  init(of rows: [TableRow], spans: [Range<Int>], page: AlignedPage) {
    self.page = page
    let inner = rows.map { row in
      row.fields.map { spans[$0].lowerBound }.min()!..<row.fields.map { spans[$0].upperBound }
        .max()!
    }
    let lines = inner.map { page.truth.line(around: $0) }
    let sharing = Dictionary(grouping: lines.compactMap(\.self), by: \.lowerBound)
    let ownsLine = lines.map { $0.map { sharing[$0.lowerBound]!.count == 1 } ?? false }
    self.ownsLine = ownsLine
    extents = rows.indices.map { ownsLine[$0] ? lines[$0]! : inner[$0] }
  }

  /// Lines of a reading that say what a row's line says, spaces and width aside.
  struct Verbatim {
    /// Where rows stand that the alignment does not find whole, by the row's index.
    var moved: [Int: Range<Int>] = [:]
    /// Lines that say it once more, with the row.
    var repeated: [(row: Int, line: Range<Int>)] = []
  }

  /// A line like no other of the page that stands in the reading letter by letter is that row,
  /// wherever the alignment has put it, unless another line begins with the row's key: of a row
  /// that stands there twice, once with an error, the error is not to be passed over.
  ///
  /// - Parameter keys: what names each row.
  func verbatim(keys: [String]) -> Verbatim {
    var result = Verbatim()
    guard page.counts.errors > 0, ownsLine.contains(true) else { return result }
    let own = Dictionary(grouping: page.truth.lines) { compared(page.truth.text($0)) }
    var read: [String: [Range<Int>]] = [:]
    // A model caught in a loop gives lines without end.
    for line in page.reading.lines.prefix(2048) {
      read[compared(page.reading.text(line)), default: []].append(line)
    }
    for row in extents.indices where ownsLine[row] {
      let line = compared(page.truth.text(extents[row]))
      guard own[line]?.count == 1, let found = read[line] else { continue }
      let counts = found.map { matches(of: extents[row], in: $0) }
      let best = counts.indices.max { counts[$0] < counts[$1] }!
      if found.count == 1 {
        let key = compared(keys[row])
        let meant = own.keys.count { $0.hasPrefix(key) }
        if read.keys.count(where: { $0.hasPrefix(key) }) > meant { continue }
      }
      if counts[best] < extents[row].count { result.moved[row] = found[best] }
      for index in found.indices where index != best { result.repeated.append((row, found[index])) }
    }
    return result
  }

  private func compared(_ text: String) -> String { unspaced(medicineSafe(text)) }

  /// Clusters of a line of the truth that the alignment has matched within a line of the reading.
  private func matches(of extent: Range<Int>, in line: Range<Int>) -> Int {
    extent.count { cluster in
      page.targets[cluster].map { line.contains($0) && page.origins[$0] == .matched(cluster) }
        ?? false
    }
  }
}

extension GraphemeText {
  /// The whole line that a stretch stands on; nil where it goes over several.
  func line(around stretch: Range<Int>) -> Range<Int>? {
    guard !stretch.isEmpty, !stretch.contains(where: isLineBreak) else { return nil }
    var (start, end) = (stretch.lowerBound, stretch.upperBound)
    while start > 0, !isLineBreak(start - 1) { start -= 1 }
    while end < count, !isLineBreak(end) { end += 1 }
    return start..<end
  }
}
