import Datasets
import DocProfiles

/// A page of a dataset as plants see it: its code points, its fields and its tables' rows.
public struct PlantingPage: Sendable {
  /// `prescription-0001/1`
  public let id: String
  public let type: DocumentType
  public let transcript: String
  public let fields: [FieldTruth]
  let scalars: [Unicode.Scalar]
  /// For each code point, whether it belongs to a field that is no free text.
  let isStructured: [Bool]
  /// Without their line feeds.
  let lines: [Range<Int>]
  let rows: [PlantingRow]

  /// - Parameter index: of the document's pages, from 0.
  public init(_ document: DatasetDocument, page index: Int) {
    id = "\(document.id)/\(index + 1)"
    type = document.type
    transcript = document.pages[index].transcript
    let scalars = Array(transcript.unicodeScalars)
    let fields = document.fields.filter { $0.page == index }
    var isStructured = [Bool](repeating: false, count: scalars.count)
    for field in fields where field.kind != .freeText {
      for place in field.start..<field.end { isStructured[place] = true }
    }
    var lines: [Range<Int>] = []
    var start = 0
    for place in 0...scalars.count where place == scalars.count || scalars[place] == "\n" {
      lines.append(start..<place)
      start = place + 1
    }
    self.scalars = scalars
    self.fields = fields
    self.isStructured = isStructured
    self.lines = lines
    rows = PlantingRow.rows(of: fields, on: lines)
  }

  /// What stands on the page where an edit puts other text.
  public func text(of edit: Edit) -> String { text(edit.range) }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  func line(at place: Int) -> Range<Int> {
    lines.first { $0.lowerBound <= place && place <= $0.upperBound } ?? 0..<0
  }

  /// Where a text stands outside structured fields.
  func places(of text: String) -> [Range<Int>] {
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= scalars.count else { return [] }
    return (0...scalars.count - wanted.count).compactMap { place in
      guard scalars[place] == wanted[0], !isStructured[place],
        scalars[place..<place + wanted.count].elementsEqual(wanted),
        !isStructured[place + wanted.count - 1]
      else { return nil }
      return place..<place + wanted.count
    }
  }

  func range(of field: Int) -> Range<Int> { fields[field].start..<fields[field].end }

  /// The free-text field around a place, for which errors in it are reported.
  func freeText(at place: Int) -> FieldTruth? {
    fields.first { $0.kind == .freeText && $0.start <= place && place < $0.end }
  }

  /// An error in the text at a place.
  func textError(_ errorClass: ErrorClass, _ severity: Severity, at place: Int) -> ExpectedError {
    let field = freeText(at: place)
    return ExpectedError(errorClass, severity, field: field?.name, row: field?.row)
  }

  /// A plant that puts other text in a field's place and does one thing wrong.
  func misread(
    _ field: FieldTruth, as text: String, _ recipe: String, _ errorClass: ErrorClass,
    _ severity: Severity
  ) -> Plant {
    Plant(
      .harmful(errorClass), recipe, [Edit(range: field.start..<field.end, text: text)],
      expecting: [ExpectedError(errorClass, severity, field: field.name, row: field.row)])
  }

  /// A plant that writes a field otherwise and does nothing wrong.
  func rewritten(
    _ field: FieldTruth, as text: String, _ rewrite: Rewrite, _ recipe: String,
    inOtherTerms: Bool = false
  ) -> Plant {
    var plant = Plant(
      .harmless(rewrite), recipe, [Edit(range: field.start..<field.end, text: text)])
    plant.isInOtherTerms = inOtherTerms
    return plant
  }
}

/// A row of a drug or laboratory table.
struct PlantingRow: Sendable {
  /// Of the field that names the drug or test.
  var key: Int
  /// The row's fields, the key first.
  var fields: [Int]
  /// The line that has the whole row and no other; nil where the row is set otherwise.
  var line: Range<Int>?

  static func rows(of fields: [FieldTruth], on lines: [Range<Int>]) -> [PlantingRow] {
    var rows: [PlantingRow] = []
    for (index, field) in fields.enumerated() {
      if field.kind == .drugName || field.kind == .testName {
        rows.append(PlantingRow(key: index, fields: [index]))
      } else if let last = rows.indices.last, field.row != nil,
        field.row == fields[rows[last].key].row, rows[last].fields.last == index - 1
      {
        rows[last].fields.append(index)
      }
    }
    return rows.map { row in
      var row = row
      row.line = lines.first { line in
        let inside = fields.indices.filter {
          line.lowerBound <= fields[$0].start && fields[$0].start <= line.upperBound
        }
        return inside == row.fields && row.fields.allSatisfy { fields[$0].end <= line.upperBound }
      }
      return row
    }
  }
}
