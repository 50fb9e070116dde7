import DocProfiles
import Scoring

/// A page whose fields are written between brackets as `[name:value]`, rows as lines: `row` counts
/// lines that begin with a drug or test.
struct HarmPage {
  var text = ""
  var fields: [ReferenceField] = []

  static let kinds: [String: FieldKind] = [
    "drug_name": .drugName, "dose": .quantity, "frequency": .frequency, "route": .route,
    "test_name": .testName, "value": .labValue, "unit": .unit, "reference_range": .range,
    "patient_name": .person, "diagnosis_name": .diagnosisName, "diagnosis_code": .diagnosisCode,
    "issue_date": .date, "opinion": .freeText,
  ]

  init(_ marked: String) {
    var scalars = String.UnicodeScalarView()
    var row = 0
    for (number, line) in marked.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if number > 0 { scalars.append("\n") }
      var rest = line
      while let open = rest.firstIndex(of: "["), let close = rest.firstIndex(of: "]") {
        scalars.append(contentsOf: rest[..<open].unicodeScalars)
        let parts = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
        let start = scalars.count
        scalars.append(contentsOf: parts[1].unicodeScalars)
        let name = String(parts[0])
        let kind = Self.kinds[name]!
        if kind == .drugName || kind == .testName { row += 1 }
        let isTabular = [
          "drug_name", "dose", "frequency", "route", "test_name", "value", "unit",
          "reference_range",
        ].contains(name)
        fields.append(
          ReferenceField(
            name: name, kind: kind, value: String(parts[1]), row: isTabular ? row : nil,
            span: start..<scalars.count))
        rest = rest[rest.index(after: close)...]
      }
      scalars.append(contentsOf: rest.unicodeScalars)
    }
    text = String(scalars)
  }

  static let drugs: Set<String> = [
    "암로디핀정", "에스암로디핀정", "로사르탄정", "발사르탄정", "메트포르민정", "아스피린", "니페디핀정", "니페디핀서방정",
  ]

  func harms(of reading: String, type: DocumentType? = nil) -> [HarmFinding] {
    HarmScorer(lexicon: Lexicon(drugs: Self.drugs)).findings(
      PagePrediction(text: reading), against: PageReference(text: text, fields: fields), type: type,
      criticalFields: fields.map { CriticalField($0.name, $0.name, $0.kind) })
  }

  /// `dose-ratio critical`, one for each finding.
  func said(of reading: String) -> [String] {
    harms(of: reading).map { "\($0.errorClass.rawValue) \($0.severity.rawValue)" }
  }
}
