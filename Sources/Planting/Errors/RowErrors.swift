import Datasets
import DocProfiles

extension PlantingPage {
  /// Rows of tables: left out, repeated, invented, and values in each other's rows.
  ///
  /// - Parameter strangers: the names that the page does not have.
  func rowErrors(
    _ strangers: KnownNames, _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    rows.flatMap { omitted($0) + duplicated($0) + missing($0) } + swaps()
      + invented(strangers, &random)
  }

  private func worst(_ row: PlantingRow) -> Severity {
    fields[row.key].kind == .drugName ? .critical : .major
  }

  private func omitted(_ row: PlantingRow) -> [Plant] {
    guard let line = row.line, line.upperBound < scalars.count else { return [] }
    let key = fields[row.key]
    return [
      Plant(
        .harmful(.rowOmitted), "row left out",
        [Edit(range: line.lowerBound..<line.upperBound + 1, text: "")],
        expecting: [ExpectedError(.rowOmitted, worst(row), field: key.name, row: key.row)])
    ]
  }

  private func duplicated(_ row: PlantingRow) -> [Plant] {
    guard let line = row.line, row.fields.count > 1 else { return [] }
    let key = fields[row.key]
    let again = Edit(range: line.upperBound..<line.upperBound, text: "\n" + text(line))
    let last = rows.compactMap(\.line).map(\.upperBound).max()!
    let later = Edit(range: last..<last, text: "\n" + text(line))
    return [again, later].map { edit in
      var plant = Plant(
        .harmful(.rowDuplicated), "row repeated", [edit],
        expecting: [ExpectedError(.rowDuplicated, worst(row), field: key.name, row: key.row)])
      // With an error in the row as well, which of the two stands there once too often?
      plant.subjects = [line]
      return plant
    }
  }

  /// Values that were not read, the rest of their row being right.
  private func missing(_ row: PlantingRow) -> [Plant] {
    guard row.line != nil else { return [] }
    return row.fields.filter { fields[$0].kind != .freeText }.map { index in
      let field = fields[index]
      // With the blank before it, if one stands there.
      let start = field.start > 0 && scalars[field.start - 1] == " " ? field.start - 1 : field.start
      return Plant(
        .harmful(.fieldMissing), "value left out", [Edit(range: start..<field.end, text: "")],
        expecting: [ExpectedError(.fieldMissing, .major, field: field.name, row: field.row)])
    }
  }

  // MARK: In each other's rows

  private func swaps() -> [Plant] {
    zip(rows, rows.dropFirst()).flatMap { first, second -> [Plant] in
      guard first.line != nil, second.line != nil,
        fields[first.key].kind == fields[second.key].kind
      else { return [] }
      return first.fields.dropFirst().compactMap { index in
        let field = fields[index]
        guard field.kind == .quantity || field.kind == .labValue || field.kind == .frequency,
          let twin = second.fields.first(where: { fields[$0].name == field.name }),
          differ(field.value, fields[twin].value)
        else { return nil }
        let other = fields[twin]
        return Plant(
          .harmful(.rowSwap), "values in each other's rows",
          [
            Edit(range: field.start..<field.end, text: other.value),
            Edit(range: other.start..<other.end, text: field.value),
          ],
          expecting: [
            ExpectedError(.rowSwap, .critical, field: field.name, row: field.row),
            ExpectedError(.rowSwap, .critical, field: other.name, row: other.row),
          ])
      }
    }
  }

  /// Whether two values differ in more than their spelling: in another number or, without one, at
  /// all; `5mg` and `5.0 mg` do not, and `1 g` and `1 mg` are left alone.
  private func differ(_ a: String, _ b: String) -> Bool {
    if let x = WrittenAmount(a), let y = WrittenAmount(b) {
      return x.number.value != y.number.value
    }
    return a.filter { $0 != " " } != b.filter { $0 != " " }
  }

  // MARK: Not on the page

  private func invented(
    _ strangers: KnownNames, _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    var plants: [Plant] = []
    func plant(_ recipe: String, _ line: String, after place: Int, _ severity: Severity) {
      plants.append(
        Plant(
          .harmful(.hallucinated), recipe, [Edit(range: place..<place, text: "\n" + line)],
          expecting: [ExpectedError(.hallucinated, severity)]))
    }
    if let row = rows.last(where: { fields[$0.key].kind == .drugName && $0.line != nil }),
      let drug = strangers.drugs.randomElement(using: &random)
    {
      plant("drug invented", "\(drug) 25mg 1일 2회 경구", after: row.line!.upperBound, .critical)
    }
    if let row = rows.last(where: { fields[$0.key].kind == .testName && $0.line != nil }),
      let test = strangers.tests.randomElement(using: &random)
    {
      plant("result invented", "\(test) 42 mg/dL 10-30", after: row.line!.upperBound, .critical)
    }
    if let code = fields.last(where: { $0.kind == .diagnosisCode }),
      let diagnosis = strangers.diagnoses.randomElement(using: &random)
    {
      plant(
        "diagnosis invented", "부상병 \(diagnosis) Q87.4", after: line(at: code.start).upperBound,
        .critical)
    }
    plant("sentence with a figure invented", "14일 뒤에 다시 오십시오.", after: scalars.count, .major)
    return plants
  }
}
