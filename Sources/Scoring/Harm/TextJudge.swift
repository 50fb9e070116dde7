import DocProfiles

/// Judges the text of a page that no structured field answers for: free-text fields, what stands
/// between fields, and what the reading has beyond the page, rows repeated or invented among it.
struct TextJudge {
  private let scorer: HarmScorer
  private let page: AlignedPage
  private let fields: [ReferenceField]
  private let plain: PlainFields
  private let type: DocumentType?
  /// For each cluster of the truth and of the reading, whether a structured field answers for it.
  private var truthTaken: [Bool]
  private var readingTaken: [Bool]
  /// The clusters of each free-text field, by its index.
  private var freeText: [Int: Range<Int>] = [:]
  /// Rows by their key without blanks.
  private var rowOfKey: [String: Int] = [:]

  init(
    scorer: HarmScorer, page: AlignedPage, fields: [ReferenceField], plain: PlainFields,
    type: DocumentType?
  ) {
    self.scorer = scorer
    let absent = plain.rows.indices.filter { plain.movedRows[$0] != nil || plain.isOmitted($0) }
    self.page = page.without(absent.map { plain.extents[$0] })
    self.fields = fields
    self.plain = plain
    self.type = type
    truthTaken = [Bool](repeating: false, count: page.truth.count)
    readingTaken = [Bool](repeating: false, count: page.reading.count)
    for (index, field) in fields.enumerated() {
      let clusters = page.truth.clusters(inScalars: field.span)
      if field.kind == .freeText {
        freeText[index] = clusters
      } else {
        for cluster in clusters { truthTaken[cluster] = true }
        for cluster in plain.slices[index] { readingTaken[cluster] = true }
      }
    }
    for (index, row) in plain.rows.enumerated() {
      rowOfKey[unspaced(medicineSafe(fields[row.key].value)).filter { $0 != " " }] = index
    }
    // Of a row left out as a whole, its flag went with it.
    for row in absent { for cluster in plain.extents[row] { truthTaken[cluster] = true } }
    for line in plain.movedRows.values {
      for cluster in line { readingTaken[cluster] = true }
    }
    for (_, line) in plain.repeatedRows { for cluster in line { readingTaken[cluster] = true } }
  }

  func findings() -> [HarmFinding] {
    var findings: [HarmFinding] = []
    var linesSeen: Set<String> = []
    let fieldOf = freeTextFields()
    for region in page.regions(truthTaken: truthTaken, readingTaken: readingTaken) {
      if findings.count >= HarmScorer.maximumFindings { break }
      if region.truth.isEmpty {
        findings += invented(region.reading, at: region.truth.lowerBound, &linesSeen)
      } else {
        findings += changed(region, field: fieldOf(region.truth))
      }
    }
    for (row, line) in plain.repeatedRows {
      let text = medicineSafe(page.reading.text(line))
      if linesSeen.insert(text).inserted { findings.append(repetition(of: row, text)) }
    }
    for row in plain.movedRows.keys.sorted() {
      if findings.count >= HarmScorer.maximumFindings { break }
      findings += besideFields(ofMoved: row)
    }
    return findings
  }

  /// What stands between and behind the fields of a row that was read elsewhere, its flag above all.
  private func besideFields(ofMoved row: Int) -> [HarmFinding] {
    let stretch = plain.extents[row]
    let line = plain.movedRows[row]!
    let local = AlignedPage(truth: page.truth.text(stretch), reading: page.reading.text(line))
    guard local.truth.count == stretch.count, local.reading.count == line.count else { return [] }
    var isTruthTaken = [Bool](repeating: false, count: stretch.count)
    // Before the first value a line may have its number.
    var isReadingTaken = [Bool](repeating: true, count: line.count)
    let slices = plain.rows[row].fields.map { plain.slices[$0] }.filter {
      line.contains($0.lowerBound)
    }
    guard let first = slices.map(\.lowerBound).min(), first < line.upperBound else { return [] }
    for cluster in first..<line.upperBound {
      isReadingTaken[cluster - line.lowerBound] = slices.contains { $0.contains(cluster) }
    }
    for field in plain.rows[row].fields {
      for cluster in page.truth.clusters(inScalars: fields[field].span) {
        isTruthTaken[cluster - stretch.lowerBound] = true
      }
    }
    for cluster in 0..<(isTruthTaken.firstIndex(of: true) ?? 0) { isTruthTaken[cluster] = true }
    return local.regions(truthTaken: isTruthTaken, readingTaken: isReadingTaken).flatMap { region in
      let (truth, reading) = (local.truth.text(region.truth), local.reading.text(region.reading))
      let difference = TextDifference(
        names: scorer.names, before: local.truth.line(before: region.truth.lowerBound))
      let start = stretch.lowerBound
      return difference.errors(truth, reading).map { error in
        scorer.finding(
          error, kind: nil, type: type, field: nil, row: plain.rows[row].number,
          truth: trimmed(truth), reading: trimmed(reading),
          span: page.truth.scalars(
            ofClusters: region.truth.lowerBound + start..<region.truth.upperBound + start))
      }
    }
  }

  // MARK: What stands differently

  private func changed(_ region: EditRegion, field: Int?) -> [HarmFinding] {
    let region = page.overQuantity(region)
    let truth = page.truth.text(region.truth)
    let reading = page.reading.text(region.reading)
    // A missing field is a finding already; its text is not counted once more.
    if let field, medicineSafe(plain.texts[field]).isEmpty { return [] }
    let difference = TextDifference(
      names: scorer.names, before: page.truth.line(before: region.truth.lowerBound),
      after: page.truth.text(
        region.truth.upperBound..<min(region.truth.upperBound + 8, page.truth.count)))
    return difference.errors(truth, reading).map { error in
      scorer.finding(
        error, kind: nil, type: type, field: field.map { fields[$0].name },
        row: field.flatMap { fields[$0].row }, truth: trimmed(error.truth ?? truth),
        reading: error.reading
          ?? (error.truth == nil || !medicineSafe(reading).isEmpty ? trimmed(reading) : nil),
        span: page.truth.scalars(ofClusters: region.truth))
    }
  }

  // MARK: What the page has not

  /// Line by line, each once: a model caught in a loop says one thing a thousand times.
  private func invented(
    _ clusters: Range<Int>, at place: Int, _ seen: inout Set<String>
  ) -> [HarmFinding] {
    var findings: [HarmFinding] = []
    let before = page.truth.line(before: place)
    for line in page.reading.lines(in: clusters).prefix(2000) {
      let text = medicineSafe(page.reading.text(line))
      guard !text.isEmpty, seen.insert(text).inserted else { continue }
      if let row = repeatedRow(text) {
        findings.append(repetition(of: row, text))
        continue
      }
      let difference = TextDifference(names: scorer.names, before: before)
      findings += difference.errors("", text).map { error in
        scorer.finding(
          error, kind: nil, type: type, field: nil, row: nil, truth: nil, reading: text, span: nil)
      }
      if findings.count >= HarmScorer.maximumFindings { break }
    }
    return findings
  }

  private func repetition(of row: Int, _ text: String) -> HarmFinding {
    let key = fields[plain.rows[row].key]
    return scorer.finding(
      ClassifiedError(.rowDuplicated), kind: key.kind, type: type, field: key.name,
      row: plain.rows[row].number, truth: nil, reading: text, span: nil)
  }

  /// The row whose key an invented line begins with, if more than the key stands there; of `HbA1c`
  /// and `HbA1c (IFCC)` the longer, be it the page's or another real one.
  private func repeatedRow(_ line: String) -> Int? {
    let words = line.split(separator: " ").prefix(8)
    var beginning = ""
    var found: Int?
    for (count, word) in words.enumerated() {
      beginning += word
      if let row = rowOfKey[beginning], words.count > count + 1 || plain.rows[row].fields.count == 1
      {
        found = row
      } else if scorer.names.tests.contains(beginning) {
        found = nil
      }
    }
    return found
  }

  /// The free-text field that a stretch of the truth belongs to.
  private func freeTextFields() -> (Range<Int>) -> Int? {
    let spans = freeText.map { ($0.value, $0.key) }.sorted { $0.0.lowerBound < $1.0.lowerBound }
    return { stretch in
      let next = spans.partitioningIndex { $0.0.upperBound > stretch.lowerBound }
      guard next < spans.count, spans[next].0.overlaps(stretch) else { return nil }
      return spans[next].1
    }
  }

  private func trimmed(_ text: String) -> String? {
    let text = medicineSafe(text)
    return text.isEmpty ? nil : text
  }
}

extension TextDifference {
  /// The same of two texts that are not part of a page: each stretch that differs, for itself.
  func errorsByStretch(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let page = AlignedPage(truth: truth, reading: reading)
    let regions = page.regions(
      truthTaken: [Bool](repeating: false, count: page.truth.count),
      readingTaken: [Bool](repeating: false, count: page.reading.count))
    return regions.prefix(HarmScorer.maximumFindings).flatMap { region in
      var difference = self
      let region = page.overQuantity(region)
      difference.before = before + page.truth.line(before: region.truth.lowerBound)
      let (truth, reading) = (page.truth.text(region.truth), page.reading.text(region.reading))
      return difference.errors(truth, reading).map { error in
        var error = error
        if error.truth == nil, error.reading == nil {
          error.truth = medicineSafe(truth)
          error.reading = medicineSafe(reading)
        }
        return error
      }
    }
  }
}

extension GraphemeText {
  /// The line up to a place, at most its last 120 clusters.
  func line(before place: Int) -> String {
    var start = place
    while start > 0, place - start < 120, !isLineBreak(start - 1) { start -= 1 }
    return text(start..<place)
  }

  /// The inked lines within some clusters.
  func lines(in clusters: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = clusters.lowerBound
    for place in clusters.lowerBound...clusters.upperBound
    where place == clusters.upperBound || isLineBreak(place) {
      if (start..<place).contains(where: { !isWhiteSpace($0) }) { lines.append(start..<place) }
      start = place + 1
    }
    return lines
  }
}
