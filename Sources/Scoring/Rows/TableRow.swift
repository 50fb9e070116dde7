import DocProfiles

/// A row of a drug or laboratory table of the truth: what its key is and which fields belong to it.
struct TableRow {
  /// Index of the field that names the drug or test.
  var key: Int
  /// Indices of the row's fields, the key among them.
  var fields: [Int]
  /// As the truth numbers it.
  var number: Int

  static func isKey(_ kind: FieldKind) -> Bool { kind == .drugName || kind == .testName }

  /// The rows of all drug and laboratory tables: runs of fields with one row number, parted where a
  /// name comes twice or a second key begins. Runs without a drug or test are no rows.
  static func rows(of fields: [ReferenceField]) -> [TableRow] {
    var rows: [TableRow] = []
    var run: [Int] = []
    func close() {
      if let key = run.first(where: { isKey(fields[$0].kind) }), let number = fields[key].row {
        rows.append(TableRow(key: key, fields: run, number: number))
      }
      run = []
    }
    for index in fields.indices {
      let field = fields[index]
      guard let row = field.row else { continue }
      // Diagnoses are numbered too; of one alone the code would join the first result's row.
      if field.kind == .diagnosisCode || field.kind == .diagnosisName {
        close()
        continue
      }
      let startsAnew = run.contains {
        fields[$0].row != row || fields[$0].name == field.name
          || (isKey(field.kind) && isKey(fields[$0].kind))
      }
      if startsAnew { close() }
      run.append(index)
    }
    close()
    return rows
  }
}
