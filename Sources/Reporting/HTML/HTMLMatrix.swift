import DocProfiles
import Pipeline

/// Error class × document type × DPI as a table.
struct HTMLMatrix {
  /// Document types over their resolutions.
  var types: [Span]
  var resolutions: [String]
  var sections: [Section]
  var columns: String

  struct Span {
    var spanName: String
    var spanColumns: String
  }

  struct Section {
    var sectionTone: String
    var sectionSign: String
    var sectionName: String
    var rows: [Row]
    /// Documents that have such an error.
    var shares: [String]
  }

  struct Row {
    var rowName: String
    var rowCode: String
    var cells: [Cell]
    var rowTotal: String
  }

  struct Cell {
    var cellText: String
    /// `none`, `some`, `many` or `most`: how dark it is.
    var cellWeight: String
  }

  /// nil where there is nothing to show.
  init?(_ record: RunRecord, language: Language) {
    let matrix = ErrorMatrix(record.groups)
    guard !matrix.rows.isEmpty else { return nil }
    types = []
    for group in record.groups {
      let name = language.typeName(group.type, in: record)
      if types.last?.spanName == name {
        types[types.count - 1].spanColumns = "\(Int(types.last!.spanColumns)! + 1)"
      } else {
        types.append(Span(spanName: name, spanColumns: "1"))
      }
    }
    resolutions = record.groups.map { "\($0.dpi)" }
    columns = "\(record.groups.count + 2)"
    sections = ErrorMatrix.severities.compactMap { severity in
      let rows = matrix.rows.filter { $0.severity == severity }
      guard !rows.isEmpty else { return nil }
      let most = rows.flatMap(\.counts).max() ?? 0
      let affected = matrix.documents[severity] ?? []
      return Section(
        sectionTone: severity.tone, sectionSign: severity.sign,
        sectionName: language.name(severity),
        rows: rows.map { row in
          Row(
            rowName: language.name(row.errorClass), rowCode: row.errorClass.rawValue,
            cells: row.counts.map { Cell($0, most: most) },
            rowTotal: Figures.grouped(String(row.total)))
        },
        shares: zip(affected, record.groups).map { "\($0)/\($1.documents.count)" })
    }
  }
}

extension HTMLMatrix.Cell {
  fileprivate init(_ count: Int, most: Int) {
    cellText = count == 0 ? "·" : Figures.grouped(String(count))
    cellWeight =
      count == 0 ? "none" : 3 * count >= 2 * most ? "most" : 3 * count >= most ? "many" : "some"
  }
}
