import DocProfiles

/// Where each field of the truth went in a plain transcript: rows of drug and laboratory tables are
/// bound to the reading's lines by their key first, so that a table whose rows stand in another
/// order is read row by row and not by place.
///
/// A row that stands in the reading letter by letter is bound to that line, wherever it is. Of the
/// others, one whose key the alignment finds in its place stays there, and the rest are given lines
/// that no such row stands on, by minimum-cost assignment of keys to the lines' beginnings.
struct PlainFields {
  /// For each field, what was read for it; empty where nothing was.
  private(set) var texts: [String]
  /// For each field, the clusters of the reading that stand for it.
  private(set) var slices: [Range<Int>]
  let rows: [TableRow]
  /// For each row, the clusters of the truth that are its line.
  let extents: [Range<Int>]
  /// The reading's clusters that rows standing elsewhere were read from, by the row's index.
  private(set) var movedRows: [Int: Range<Int>]
  /// Lines of the reading that say a row once more, letter by letter.
  let repeatedRows: [(row: Int, line: Range<Int>)]

  /// How much of a key may be misread for a line to be its row's all the same.
  private static let keyTolerance = 0.34

  init(page: AlignedPage, fields: [ReferenceField]) {
    let spans = fields.map { page.truth.clusters(inScalars: $0.span) }
    rows = TableRow.rows(of: fields)
    let lines = RowLines(of: rows, spans: spans, page: page)
    extents = lines.extents
    slices = zip(fields, spans).map { field, span in
      FieldProjection(page: page, kind: field.kind).slice(of: span)
    }
    texts = slices.map(page.reading.text)
    movedRows = [:]
    let verbatim = lines.verbatim(keys: rows.map { fields[$0.key].value })
    repeatedRows = verbatim.repeated
    for (row, line) in verbatim.moved { move(row, to: line, read(row, fields, line, page)) }
    bindLost(fields, page)
    rereadInPlace(fields, page)
    takeFromOthers(fields, page)
    takeInsertedWords(fields, page)
  }

  /// Whether nothing was read for any of a row's fields.
  func isOmitted(_ row: Int) -> Bool {
    rows[row].fields.allSatisfy { medicineSafe(texts[$0]).isEmpty }
  }

  private mutating func move(
    _ row: Int, to line: Range<Int>, _ found: [(text: String, slice: Range<Int>)]
  ) {
    guard found.count == rows[row].fields.count else { return }
    movedRows[row] = line
    for (field, (text, slice)) in zip(rows[row].fields, found) {
      texts[field] = text
      slices[field] = slice
    }
  }

  private func isKeyRight(_ row: Int, _ fields: [ReferenceField]) -> Bool {
    let key = rows[row].key
    return sameValue(fields[key].value, texts[key], kind: fields[key].kind)
  }

  /// Rows whose key the alignment has not found get free lines that begin like it.
  private mutating func bindLost(_ fields: [ReferenceField], _ page: AlignedPage) {
    let lost = rows.indices.filter { movedRows[$0] == nil && !isKeyRight($0, fields) }
    if lost.isEmpty { return }
    let found = Set(rows.indices).subtracting(lost).map { slices[rows[$0].key] }
    let lines = Self.freeLines(of: page.reading, beside: found)
    for (row, line) in Self.bind(lost.map { fields[rows[$0].key] }, to: lines, page.reading) {
      let row = lost[row]
      // The alignment has found this line for the key already.
      if line.overlaps(slices[rows[row].key]) { continue }
      let found = read(row, fields, line, page)
      if Self.isRow(found, rows[row], of: fields) { move(row, to: line, found) }
    }
  }

  /// A row with a right key and a wrong value is read once more from the key's line alone: over
  /// the whole page an alignment may part `8 mg`, read for `1g`, to keep a letter of another row.
  private mutating func rereadInPlace(_ fields: [ReferenceField], _ page: AlignedPage) {
    let keys = Dictionary(
      grouping: rows.map { slices[$0.key] }.compactMap { page.reading.line(around: $0) },
      by: \.lowerBound)
    for row in rows.indices where movedRows[row] == nil && isKeyRight(row, fields) {
      let wrong = wrongFields(row, fields, texts)
      guard !wrong.isEmpty, let line = page.reading.line(around: slices[rows[row].key]),
        keys[line.lowerBound]?.count == 1
      else { continue }
      let found = read(row, fields, line, page)
      guard found.count == rows[row].fields.count else { continue }
      var reread = texts
      for (field, (text, _)) in zip(rows[row].fields, found) { reread[field] = text }
      let isNoWorse =
        wrongFields(row, fields, reread).count <= wrong.count
        && rows[row].fields.allSatisfy { !reread[$0].isEmpty || texts[$0].isEmpty }
      if isNoWorse { move(row, to: line, found) }
    }
  }

  private func wrongFields(
    _ row: Int, _ fields: [ReferenceField], _ texts: [String]
  ) -> [Int] {
    rows[row].fields.filter {
      fields[$0].kind != .freeText
        && !sameValue(fields[$0].value, texts[$0], kind: fields[$0].kind)
    }
  }

  /// A line read for its own row is not read for another one too.
  private mutating func takeFromOthers(_ fields: [ReferenceField], _ page: AlignedPage) {
    let strays = rows.indices.filter { movedRows[$0] == nil && !isKeyRight($0, fields) }
    if strays.isEmpty { return }
    let inPlace = Set(rows.indices).subtracting(strays).filter { movedRows[$0] == nil }
    let lines =
      Array(movedRows.values) + repeatedRows.map(\.line)
      + inPlace.compactMap { page.reading.line(around: slices[rows[$0].key]) }
    for row in strays {
      for field in rows[row].fields
      where lines.contains(where: { $0.overlaps(slices[field]) }) {
        slices[field] = slices[field].lowerBound..<slices[field].lowerBound
        texts[field] = ""
      }
    }
  }

  /// Names and frequencies that are not the truth's go on over words put in beside them.
  private mutating func takeInsertedWords(_ fields: [ReferenceField], _ page: AlignedPage) {
    var isClaimed = [Bool](repeating: false, count: page.reading.count)
    for slice in slices { for cluster in slice { isClaimed[cluster] = true } }
    for (index, field) in fields.enumerated() where !slices[index].isEmpty {
      let wide = page.overInsertedWords(slices[index], besides: isClaimed)
      guard wide != slices[index], Self.goesOn(field, texts[index], page.reading.text(wide)) else {
        continue
      }
      for cluster in wide { isClaimed[cluster] = true }
      slices[index] = wide
      texts[index] = page.reading.text(wide)
    }
  }

  /// Whether words put in beside a reading are part of it: of a name that is another one, or of a
  /// frequency (`three times a day`, `1일 3회 필요시`).
  private static func goesOn(_ field: ReferenceField, _ text: String, _ wide: String) -> Bool {
    switch field.kind {
    case .drugName, .testName, .diagnosisName:
      return !sameValue(field.value, text, kind: field.kind)
    case .frequency:
      guard let frequency = Frequency(unspaced(medicineSafe(wide))) else { return false }
      return frequency.rest.isEmpty || Frequency(unspaced(medicineSafe(text))) == nil
    default: return false
    }
  }

  /// The lines of the reading on which no slice begins, as many as rows could stand on.
  private static func freeLines(of reading: GraphemeText, beside taken: [Range<Int>]) -> [Range<
    Int
  >] {
    let starts = taken.map(\.lowerBound).sorted()
    var lines: [Range<Int>] = []
    var next = 0
    for line in reading.lines {
      while next < starts.count, starts[next] < line.lowerBound { next += 1 }
      if next < starts.count, starts[next] < line.upperBound { continue }
      // A model caught in a loop gives lines without end.
      if lines.count == 512 { break }
      lines.append(line)
    }
    return lines
  }

  private static func bind(
    _ keys: [ReferenceField], to lines: [Range<Int>], _ reading: GraphemeText
  ) -> [(Int, Range<Int>)] {
    guard keys.count <= 256 else { return [] }
    let beginnings = lines.map { Array(unspaced(medicineSafe(reading.text($0))).prefix(48)) }
    let costs = keys.enumerated().map { place, field in
      let key = Array(unspaced(medicineSafe(field.value)).prefix(40))
      return beginnings.enumerated().map { line, text in
        // Of equals the one whose place is nearest.
        keyCost(key, text) + 1e-6 * abs(Double(line - place))
      }
    }
    return minimumCostAssignment(costs).enumerated().compactMap { row, line in
      guard let line, costs[row][line] <= keyTolerance else { return nil }
      return (row, lines[line])
    }
  }

  /// Edits between a key and the beginning of a line (after its number or bullet) over the key's
  /// length, 0...1; a key that goes on in the line costs more.
  private static func keyCost(_ key: [Character], _ line: [Character]) -> Double {
    let marks = line.prefix { $0.isASCIIDigit || ".)(-•#*".contains($0) }
    let line = line.dropFirst(key.first?.isASCIIDigit ?? false ? 0 : marks.count)
    guard !key.isEmpty, let first = line.first else { return 1 }
    // Cheap look before the dear one: most lines share nothing with most keys.
    guard key.prefix(4).contains(first) || line.prefix(4).contains(key[0]) else { return 1 }
    var row = Array(0...key.count)
    var best = key.count
    for (place, character) in line.prefix(key.count + 3).enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for index in key.indices {
        let cost = min(
          row[index + 1] + 1, row[index] + 1, diagonal + (key[index] == character ? 0 : 1))
        diagonal = row[index + 1]
        row[index + 1] = cost
      }
      best = min(best, row[key.count])
    }
    let after = line.dropFirst(key.count).first
    let goesOn = after.map { $0.isLetter && !$0.isASCIIDigit } ?? false
    return min(1, Double(best) / Double(key.count) + (goesOn && best == 0 ? 0.15 : 0))
  }

  /// Whether what a line gave for a row is that row, and not a sentence that begins with the same
  /// word: another value is right, or the key is and the others are at least of their kinds.
  private static func isRow(
    _ found: [(text: String, slice: Range<Int>)], _ row: TableRow, of fields: [ReferenceField]
  ) -> Bool {
    var isKeyRight = false
    var isOfKind = true
    for (index, reading) in zip(row.fields, found) {
      let field = fields[index]
      let isRight = sameValue(field.value, reading.text, kind: field.kind)
      if index == row.key {
        isKeyRight = isRight
      } else if isRight {
        return true
      } else if field.kind != .freeText {
        let text = unspaced(medicineSafe(reading.text))
        isOfKind = isOfKind && (text.isEmpty || isParsed(text, field.kind))
      }
    }
    return isKeyRight && isOfKind
  }

  /// Reads a row from one line alone, by an alignment of its own; empty where that cannot be.
  private func read(
    _ row: Int, _ fields: [ReferenceField], _ line: Range<Int>, _ page: AlignedPage
  ) -> [(text: String, slice: Range<Int>)] {
    let extent = extents[row]
    let local = AlignedPage(truth: page.truth.text(extent), reading: page.reading.text(line))
    guard local.truth.count == extent.count, local.reading.count == line.count else { return [] }
    return rows[row].fields.map { field in
      let span = page.truth.clusters(inScalars: fields[field].span)
      let slice = FieldProjection(page: local, kind: fields[field].kind)
        .slice(of: span.lowerBound - extent.lowerBound..<span.upperBound - extent.lowerBound)
      return (
        local.reading.text(slice),
        slice.lowerBound + line.lowerBound..<slice.upperBound + line.lowerBound
      )
    }
  }
}

extension AlignedPage {
  /// A slice that is not what the truth has, with the words put in beside it on its line: of
  /// `Insulin glargine` in another drug's place, the alignment takes one word only.
  ///
  /// - Parameter isClaimed: for each cluster of the reading, whether a field has it already.
  func overInsertedWords(_ slice: Range<Int>, besides isClaimed: [Bool]) -> Range<Int> {
    func isOpen(_ place: Int) -> Bool {
      !reading.isLineBreak(place) && !isClaimed[place]
        && (reading.isWhiteSpace(place) || origins[place] == .inserted)
    }
    var (start, end) = (slice.lowerBound, slice.upperBound)
    while start > 0, isOpen(start - 1) { start -= 1 }
    while start < slice.lowerBound, reading.isWhiteSpace(start) { start += 1 }
    while end < reading.count, isOpen(end) { end += 1 }
    while end > slice.upperBound, reading.isWhiteSpace(end - 1) { end -= 1 }
    return start..<end
  }
}

extension GraphemeText {
  /// The lines that hold more than white space.
  var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var isInked = false
    for place in 0...count {
      if place == count || isLineBreak(place) {
        if isInked { lines.append(start..<place) }
        start = place + 1
        isInked = false
      } else if !isWhiteSpace(place) {
        isInked = true
      }
    }
    return lines
  }

  /// The code points of the NFC text that some clusters stand on.
  func scalars(ofClusters clusters: Range<Int>) -> Range<Int> {
    offset(ofCluster: clusters.lowerBound)..<offset(ofCluster: clusters.upperBound)
  }
}
