import DocProfiles

/// Judges the fields of a page, given what was read for each: values that differ, values missing,
/// rows left out whole, and right values that stand in each other's rows.
struct FieldJudge {
  var scorer: HarmScorer
  var fields: [ReferenceField]
  var rows: [TableRow]
  var type: DocumentType?

  /// - Parameters:
  ///   - texts: for each field what was read; blank where nothing was.
  ///   - freeText: the free-text fields that are judged here; the page's text judges the others,
  ///     unless they are missing altogether.
  func findings(texts: [String], freeText: Set<Int> = []) -> [HarmFinding] {
    let isMissing = texts.map { medicineSafe($0).isEmpty }
    let omitted = omittedRows(isMissing, texts)
    var isOmitted = [Bool](repeating: false, count: fields.count)
    for row in omitted { for field in rows[row].fields { isOmitted[field] = true } }
    let swaps = swaps(texts, isMissing)
    let ranges = ranges

    var findings: [HarmFinding] = []
    let omittedKeys = Set(omitted.map { rows[$0].key })
    for (index, field) in fields.enumerated() {
      if omittedKeys.contains(index) {
        findings.append(finding(ClassifiedError(.rowOmitted), field, reading: nil))
      } else if isOmitted[index] {
        continue
      } else if isMissing[index] {
        if !medicineSafe(field.value).isEmpty {
          findings.append(
            finding(ClassifiedError(.fieldMissing, length: field.value.count), field, reading: nil))
        }
      } else if swaps.contains(index) {
        findings.append(finding(ClassifiedError(.rowSwap), field, reading: texts[index]))
      } else if field.kind == .freeText {
        guard freeText.contains(index) else { continue }
        findings += TextDifference(names: scorer.names).errorsByStretch(field.value, texts[index])
          .map { error in
            scorer.finding(
              error, kind: nil, type: type, field: field.name, row: field.row,
              truth: error.truth.nonEmpty, reading: error.reading.nonEmpty,
              span: field.span.isEmpty ? nil : field.span)
          }
      } else {
        findings += differences(field, texts[index], range: ranges[index])
      }
    }
    return findings
  }

  private func differences(
    _ field: ReferenceField, _ text: String, range: String?
  ) -> [HarmFinding] {
    switch compareMeaning(field.value, text, kind: field.kind).equality {
    case .same: return []
    case .rewritten: return [finding(ClassifiedError(.rewritten), field, reading: text)]
    case .different:
      return FieldDifference(kind: field.kind, names: scorer.names, range: range)
        .errors(field.value, text).map { finding($0, field, reading: text) }
    }
  }

  private func finding(
    _ error: ClassifiedError, _ field: ReferenceField, reading: String?
  ) -> HarmFinding {
    scorer.finding(
      error, kind: field.kind, type: type, field: field.name, row: field.row, truth: field.value,
      reading: reading, span: field.span.isEmpty ? nil : field.span)
  }

  /// Rows of which no key was read and nothing else is right.
  private func omittedRows(_ isMissing: [Bool], _ texts: [String]) -> [Int] {
    rows.indices.filter { row in
      guard isMissing[rows[row].key] else { return false }
      return rows[row].fields.allSatisfy { isMissing[$0] }
        || !rows[row].fields.contains {
          !isMissing[$0] && sameValue(fields[$0].value, texts[$0], kind: fields[$0].kind)
        }
    }
  }

  /// Fields whose reading is what another row of the table has, while that row's reading is not its
  /// own either: two right values in each other's rows, or a column that slipped by a row.
  private func swaps(_ texts: [String], _ isMissing: [Bool]) -> Set<Int> {
    var swapped: Set<Int> = []
    for column in Dictionary(grouping: rows.flatMap(\.fields), by: { fields[$0].name }).values {
      let wrong = column.sorted().filter {
        !isMissing[$0] && fields[$0].kind != .freeText
          && !sameValue(fields[$0].value, texts[$0], kind: fields[$0].kind)
      }
      guard wrong.count > 1 else { continue }
      // Texts first, so that a long table costs no square of itself.
      let owners = Dictionary(grouping: wrong) { unspaced(medicineSafe(fields[$0].value)) }
      for index in wrong {
        let read = unspaced(medicineSafe(texts[index]))
        let others =
          owners[read]
          ?? (wrong.count <= 64
            ? wrong.filter { sameValue(fields[$0].value, texts[index], kind: fields[index].kind) }
            : [])
        if others.contains(where: { $0 != index }) { swapped.insert(index) }
      }
    }
    return swapped
  }

  /// For each field, the reference range of its row, as the page has it.
  private var ranges: [Int: String] {
    var ranges: [Int: String] = [:]
    for row in rows {
      guard let range = row.fields.first(where: { fields[$0].kind == .range }) else { continue }
      for field in row.fields where fields[field].kind == .labValue {
        ranges[field] = fields[range].value
      }
    }
    return ranges
  }
}

extension String? {
  fileprivate var nonEmpty: String? { flatMap { $0.isEmpty ? nil : $0 } }
}
