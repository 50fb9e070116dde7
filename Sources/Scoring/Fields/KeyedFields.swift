import DocProfiles

/// Judges values that the model named itself (JSON output).
///
/// A key is a critical field's key or its Korean name; case, white space, `-` and `_` in it do not
/// count. Keys outside the list are ignored, blank values count as not given. Fields of a table are
/// compared row by row: the rows are paired by their key, so one row left out costs one row and their
/// order none. What is left of the truth is MIS, of the reading SPU.
struct KeyedFieldComparison {
  let fields: [ReferenceField]
  let given: [Given]
  /// Index of a truth's field → index of the value read for it.
  private(set) var pairs: [Int: Int]

  struct Given {
    var field: CriticalField
    var value: KeyedField
  }

  init(_ keyed: [KeyedField], against fields: [ReferenceField], criticalFields: [CriticalField]) {
    self.fields = fields
    let given: [Given] = keyed.compactMap { value in
      guard !medicineSafe(value.value).isEmpty else { return nil }
      let key = foldedKey(value.key)
      return criticalFields.first { foldedKey($0.key) == key || foldedKey($0.koreanName) == key }
        .map { Given(field: $0, value: value) }
    }
    self.given = given
    pairs = [:]
    pairs = pairedFields()
  }

  /// One outcome for each field of the truth, in order, then the spurious ones as given.
  func outcomes() -> [FieldOutcome] {
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

  /// Rows paired by minimum-cost assignment: by their key first (drug, test, diagnosis), then by as
  /// many values right as possible, then in order.
  private func pairedRows(_ truth: [[Int]], _ reading: [[Int]]) -> [([Int], [Int])] {
    // A model caught in a loop may give rows without end; they cannot all be sought.
    let truth = truth.prefix(256)
    let reading = reading.prefix(4 * truth.count + 64)
    let costs = truth.enumerated().map { i, row in
      reading.enumerated().map { j, values in
        cost(row, values) + 1e-4 * abs(Double(i - j)) / Double(truth.count + reading.count)
      }
    }
    return minimumCostAssignment(costs).enumerated().compactMap { row, column in
      column.map { (truth[row], reading[$0]) }
    }
  }

  /// 0...1 for the key, and a tenth of that for the share of the row's values that differ.
  private func cost(_ truth: [Int], _ reading: [Int]) -> Double {
    let pairs = pairInOrder(truth, reading)
    let wrong = truth.count { index in
      guard let value = pairs[index].map({ given[$0].value.value }) else { return true }
      return !sameValue(fields[index].value, value, kind: fields[index].kind)
    }
    let values = 0.1 * Double(wrong) / Double(max(truth.count, 1))
    let keys = truth.filter { fields[$0].kind.namesRow }
    guard let key = keys.first(where: { pairs[$0] != nil }) else {
      return keys.isEmpty ? values : 0.9 + values
    }
    let value = given[pairs[key]!].value.value
    if sameValue(fields[key].value, value, kind: fields[key].kind) { return values }
    let counts = characterCounts(
      unspaced(medicineSafe(fields[key].value)), unspaced(medicineSafe(value)))
    return 0.2 + 0.8 * (counts.boundedRate ?? 1) + values
  }
}

extension FieldKind {
  /// Whether a value of this kind says what its row is about.
  var namesRow: Bool {
    self == .drugName || self == .testName || self == .diagnosisName || self == .diagnosisCode
  }
}

func foldedKey(_ key: String) -> String {
  unspaced(medicineSafe(key)).lowercased().filter { $0 != "_" && $0 != "-" }
}
