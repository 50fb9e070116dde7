import DocProfiles

/// Where each field of the truth went in a plain transcript: rows of drug and laboratory tables are
/// bound to the reading's lines by their key first, so that a table whose rows stand in another
/// order is read row by row and not by place.
///
/// A row whose key the alignment finds in its place stays with the alignment. The others are given
/// lines that no such row stands on, by minimum-cost assignment of keys to the lines' beginnings.
struct PlainFields {
  /// For each field, what was read for it; empty where nothing was.
  let texts: [String]
  /// For each field, the clusters of the reading that stand for it.
  let slices: [Range<Int>]
  let rows: [TableRow]
  /// The reading's clusters that rows standing elsewhere were read from, by the row's index.
  let movedRows: [Int: Range<Int>]

  /// How much of a key may be misread for a line to be its row's all the same.
  private static let keyTolerance = 0.34

  init(page: AlignedPage, fields: [ReferenceField]) {
    rows = TableRow.rows(of: fields)
    var slices = fields.map { field in
      FieldProjection(page: page, kind: field.kind)
        .slice(of: page.truth.clusters(inScalars: field.span))
    }
    var texts = slices.map(page.reading.text)
    var moved: [Int: Range<Int>] = [:]
    let (rows, read) = (rows, texts)
    let lost = rows.indices.filter {
      !sameValue(fields[rows[$0].key].value, read[rows[$0].key], kind: fields[rows[$0].key].kind)
    }
    if !lost.isEmpty {
      let inPlace = Set(rows.indices).subtracting(lost)
      let lines = Self.freeLines(
        of: page.reading, beside: inPlace.map { [slices] in slices[rows[$0].key] })
      for (row, line) in Self.bind(lost.map { fields[rows[$0].key] }, to: lines, page.reading) {
        let row = lost[row]
        // The alignment has found this line for the key already.
        if line.overlaps(slices[rows[row].key]) { continue }
        let found = Self.read(rows[row], of: fields, from: line, page)
        guard Self.isRow(found, rows[row], of: fields) else { continue }
        moved[row] = line
        for (field, (text, slice)) in zip(rows[row].fields, found) {
          texts[field] = text
          slices[field] = slice
        }
      }
    }
    // A line read for its own row is not read for another one too.
    if !moved.isEmpty {
      for row in lost where moved[row] == nil {
        for field in rows[row].fields
        where moved.values.contains(where: { $0.overlaps(slices[field]) }) {
          slices[field] = slices[field].lowerBound..<slices[field].lowerBound
          texts[field] = ""
        }
      }
    }
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
    self.texts = texts
    self.slices = slices
    movedRows = moved
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
  private static func read(
    _ row: TableRow, of fields: [ReferenceField], from line: Range<Int>, _ page: AlignedPage
  ) -> [(text: String, slice: Range<Int>)] {
    let spans = row.fields.map { page.truth.clusters(inScalars: fields[$0].span) }
    let extent = spans.map(\.lowerBound).min()!..<spans.map(\.upperBound).max()!
    let local = AlignedPage(truth: page.truth.text(extent), reading: page.reading.text(line))
    guard local.truth.count == extent.count, local.reading.count == line.count else { return [] }
    return zip(row.fields, spans).map { field, span in
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
