import DocProfiles

/// Judges values that the model named itself (JSON output).
///
/// A key is a critical field's key or its Korean name; case, white space, `-` and `_` in it do not
/// count. Keys outside the list are ignored, blank values count as not given. Fields of a table are
/// compared row by row: the rows are paired in order so that as many values as possible are right,
/// so one row left out costs one row. What is left of the truth is MIS, of the reading SPU.
struct KeyedFieldComparison {
  private let fields: [ReferenceField]
  private let given: [Given]

  private struct Given {
    var field: CriticalField
    var value: KeyedField
  }

  init(_ keyed: [KeyedField], against fields: [ReferenceField], criticalFields: [CriticalField]) {
    self.fields = fields
    given = keyed.compactMap { value in
      guard !medicineSafe(value.value).isEmpty else { return nil }
      let key = foldedKey(value.key)
      return criticalFields.first { foldedKey($0.key) == key || foldedKey($0.koreanName) == key }
        .map { Given(field: $0, value: value) }
    }
  }

  /// One outcome for each field of the truth, in order, then the spurious ones as given.
  func outcomes() -> [FieldOutcome] {
    let pairs = pairedFields()
    let read = fields.indices.map { index in
      FieldOutcome(fields[index], read: pairs[index].map { given[$0].value.value })
    }
    let used = Set(pairs.values)
    let spurious = given.indices.filter { !used.contains($0) }.map {
      FieldOutcome(spurious: given[$0].value, as: given[$0].field)
    }
    return read + spurious
  }

  /// The codes that the model gave, right or wrong.
  func diagnosisCodes() -> Set<DiagnosisCode> {
    Set(
      given.filter { $0.field.kind == .diagnosisCode }
        .compactMap { DiagnosisCode(unspaced(medicineSafe($0.value.value))) })
  }

  /// Index of a truth's field → index of the value read for it.
  private func pairedFields() -> [Int: Int] {
    let tabular = Set(fields.filter { $0.row != nil }.map(\.name))
    var pairs = pairInOrder(
      fields.indices.filter { fields[$0].row == nil && !tabular.contains(fields[$0].name) },
      given.indices.filter { !tabular.contains(given[$0].field.key) })

    let truthRows = rows(fields.indices.filter { tabular.contains(fields[$0].name) }) {
      (fields[$0].row, fields[$0].name)
    }
    let givenRows = rows(given.indices.filter { tabular.contains(given[$0].field.key) }) {
      (given[$0].value.row, given[$0].field.key)
    }
    for (truth, reading) in pairedRows(truthRows, givenRows) {
      pairs.merge(pairInOrder(truth, reading)) { first, _ in first }
    }
    return pairs
  }

  /// Groups by row in ascending order; what names no row goes by its place among its key's values.
  private func rows(_ indices: [Int], _ place: (Int) -> (row: Int?, key: String)) -> [[Int]] {
    var seen: [String: Int] = [:]
    var rows: [Int: [Int]] = [:]
    for index in indices {
      let (row, key) = place(index)
      seen[key, default: 0] += 1
      rows[row ?? seen[key]!, default: []].append(index)
    }
    return rows.keys.sorted().map { rows[$0]! }
  }

  /// Pairs values of the same key, first with first.
  private func pairInOrder(_ truth: [Int], _ reading: [Int]) -> [Int: Int] {
    var left = reading
    var pairs: [Int: Int] = [:]
    for index in truth {
      guard let place = left.firstIndex(where: { given[$0].field.key == fields[index].name }) else {
        continue
      }
      pairs[index] = left.remove(at: place)
    }
    return pairs
  }

  /// The pairing of rows in order with the most values right, then with the most rows paired.
  private func pairedRows(_ truth: [[Int]], _ reading: [[Int]]) -> [([Int], [Int])] {
    // A model caught in a loop may give rows without end; they cannot all be sought.
    let reading = reading.prefix(4 * truth.count + 64)
    let weight = fields.count + 1
    var best = [[Int]](
      repeating: [Int](repeating: 0, count: reading.count + 1), count: truth.count + 1)
    var worth = best
    for i in truth.indices.reversed() {
      for j in reading.indices.reversed() {
        worth[i][j] =
          1
          + weight
          * pairInOrder(truth[i], reading[j]).count {
            sameValue(fields[$0.key].value, given[$0.value].value.value, kind: fields[$0.key].kind)
          }
        best[i][j] = max(best[i + 1][j + 1] + worth[i][j], best[i + 1][j], best[i][j + 1])
      }
    }
    var pairs: [([Int], [Int])] = []
    var (i, j) = (0, 0)
    while i < truth.count, j < reading.count {
      if best[i][j] == best[i + 1][j + 1] + worth[i][j] {
        pairs.append((truth[i], reading[j]))
        i += 1
        j += 1
      } else if best[i][j] == best[i + 1][j] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }
}

private func foldedKey(_ key: String) -> String {
  unspaced(medicineSafe(key)).lowercased().filter { $0 != "_" && $0 != "-" }
}
