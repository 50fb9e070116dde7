import Boundary
import DocProfiles

/// A truth and a reading from anywhere, with the kind they are compared as.
public struct ExplainCase: Sendable, Equatable {
  /// How two texts are compared: as a field of one kind, or as rows of a table written
  /// `A 5mg|B 10mg`.
  public enum Kind: Sendable, Equatable {
    case field(FieldKind)
    case drugRows
    case labRows

    /// As on the command line: a field's kind, a short name for it, or `row`, `lab-row`.
    public init(named name: String) throws(UnknownExplainKind) {
      if let kind = FieldKind(rawValue: name) ?? Self.shortNames[name] {
        self = .field(kind)
      } else if ["row", "rows", "drug-row", "drug-rows"].contains(name) {
        self = .drugRows
      } else if ["lab-row", "lab-rows"].contains(name) {
        self = .labRows
      } else {
        throw UnknownExplainKind(name: name)
      }
    }

    fileprivate static let shortNames: [String: FieldKind] = [
      "drug": .drugName, "dose": .quantity, "test": .testName, "lab": .labValue,
      "reference-range": .range, "code": .diagnosisCode, "diagnosis": .diagnosisName,
      "name": .person, "patient": .person, "text": .freeText, "laterality": .freeText,
      "negation": .freeText,
    ]
    static let names =
      FieldKind.allCases.map(\.rawValue) + ["row", "lab-row"] + shortNames.keys.sorted()
  }

  public var kind: Kind
  /// As it was given.
  public var kindName: String
  public var truth: String
  public var reading: String

  public init(kind name: String, truth: String, reading: String) throws(UnknownExplainKind) {
    kind = try Kind(named: name)
    kindName = name
    self.truth = truth
    self.reading = reading
  }
}

public struct UnknownExplainKind: Error, Equatable, CustomStringConvertible {
  public var name: String

  public var description: String {
    let names = ExplainCase.Kind.names
    return "unknown kind \"\(name.excerptOnOneLine)\"; "
      + (names.nearest(to: name).map { "did you mean \"\($0)\"?" }
        ?? "use one of: \(names.joined(separator: ", "))")
  }
}

/// A pair with everything that is wrong about it, the worst first.
public struct ExplainedPair: Sendable, Equatable, Codable {
  public var kind: String
  public var truth: String
  public var prediction: String
  /// Whether the reading means what the truth means.
  public var isEqual: Bool
  /// Of the worst finding; nil where the pair is equal and nothing was rewritten.
  public var errorClass: ErrorClass?
  public var severity: Severity?
  public var rule: String?
  public var reason: String?
  public var koreanReason: String?
  public var source: String?
  public var ratio: Double?
  public var findings: [HarmFinding]
  /// What the kind's parser does not know; compared as text.
  public var unparsed: [String]

  enum CodingKeys: String, CodingKey {
    case kind, truth, prediction, severity, rule, reason, source, ratio, findings, unparsed
    case isEqual = "equal"
    case errorClass = "class"
    case koreanReason = "reason_ko"
  }
}

extension HarmScorer {
  /// What is wrong between a truth and a reading, by which rule and why.
  public func explain(_ pair: ExplainCase) -> ExplainedPair {
    var unparsed: [String] = []
    let findings: [HarmFinding]
    switch pair.kind {
    case .field(let kind):
      findings = self.findings(kind, pair.truth, pair.reading)
      if kind != .freeText {
        unparsed = compareMeaning(pair.truth, pair.reading, kind: kind).unparsed
          .filter { !$0.isEmpty }
      }
    case .drugRows: findings = rowFindings(pair, DrugRow.self)
    case .labRows: findings = rowFindings(pair, LabRow.self)
    }
    // Of equally bad ones the first.
    let worst = findings.max { $0.severity < $1.severity }
      .flatMap { worst in findings.first { $0.severity == worst.severity } }
    let rule = worst.flatMap { rules[$0.rule] ?? SeverityRules.builtIn[$0.rule] }
    return ExplainedPair(
      kind: pair.kindName, truth: pair.truth, prediction: pair.reading,
      isEqual: findings.allSatisfy { $0.errorClass == .rewritten }, errorClass: worst?.errorClass,
      severity: worst?.severity, rule: worst?.rule, reason: rule?.reason,
      koreanReason: rule?.koreanReason, source: rule?.source, ratio: worst?.ratio,
      findings: findings.sorted { $0.severity > $1.severity }, unparsed: unparsed)
  }

  private func findings(_ kind: FieldKind, _ truth: String, _ reading: String) -> [HarmFinding] {
    if medicineSafe(truth).isEmpty {
      if medicineSafe(reading).isEmpty { return [] }
      return [
        finding(
          ClassifiedError(.hallucinated, length: reading.count), kind: kind, type: nil, field: nil,
          row: nil, truth: nil, reading: reading, span: nil)
      ]
    }
    let field = ReferenceField(name: kind.rawValue, kind: kind, value: truth, span: 0..<0)
    return FieldJudge(scorer: self, fields: [field], rows: [], type: nil)
      .findings(texts: [reading], freeText: [0]).map { finding in
        var finding = finding
        finding.field = nil
        return finding
      }
  }

  private func rowFindings<Row: WrittenRow>(_ pair: ExplainCase, _: Row.Type) -> [HarmFinding] {
    var text = ""
    var fields: [ReferenceField] = []
    for (number, row) in pair.truth.split(separator: "|").enumerated() {
      if number > 0 { text += "\n" }
      // As written: a word that is no cell of the row may be its flag, and is compared as text.
      let row = written(row)
      var rest = row[...]
      for (name, kind, value) in Row.cells(row) {
        guard let place = rest.firstRange(of: value) else { continue }
        let start = text.unicodeScalars.count + row[..<place.lowerBound].unicodeScalars.count
        fields.append(
          ReferenceField(
            name: name, kind: kind, value: value, row: number + 1,
            span: start..<start + value.unicodeScalars.count))
        rest = row[place.upperBound...]
      }
      text += row
    }
    let reading = pair.reading.split(separator: "|").map(written).joined(separator: "\n")
    return findings(
      PagePrediction(text: reading), against: PageReference(text: text, fields: fields), type: nil,
      criticalFields: [])
  }
}

/// A row with one blank between words, its range in one word: `(3.5 - 5.1)` is `3.5-5.1`.
private func written(_ row: Substring) -> String {
  medicineSafe(String(row)).split(separator: " ").joined(separator: " ")
    .replacing(/([0-9]) ([-~–]) ([0-9])/) { "\($0.1)\($0.2)\($0.3)" }
    .replacing(/\(([<>≤≥0-9][^()]*)\)/) { String($0.1) }
}

/// A row of a table as one line of text, taken apart: a name, then values in their usual order.
private protocol WrittenRow {
  static func cells(_ row: String) -> [(String, FieldKind, String)]
}

/// The words before the first that begins like a number, and the rest; a name alone has no rest.
private func nameAndValues(_ row: String) -> (name: String, values: [Substring]) {
  let words = row.split(separator: " ")
  let first =
    words.indices.dropFirst().first { index in
      Finding(String(words[index])) != nil
        || words[index].first { !"<>≤≥=-+±.".contains($0) }?.isASCIIDigit ?? false
    } ?? words.count
  return (words[..<first].joined(separator: " "), Array(words[first...]))
}

private enum DrugRow: WrittenRow {
  static func cells(_ row: String) -> [(String, FieldKind, String)] {
    var (name, values) = nameAndValues(row)
    var cells: [(String, FieldKind, String)] = []
    if !name.isEmpty { cells.append(("drug_name", .drugName, name)) }
    guard !values.isEmpty else { return cells }
    // `5 mg` is two words.
    let parts =
      values.count > 1 && MedicalUnit(String(values[1])).isKnown && values[0].last!.isASCIIDigit
      ? 2 : 1
    cells.append(("dose", .quantity, values.prefix(parts).joined(separator: " ")))
    values.removeFirst(parts)
    var route: Substring?
    if let last = values.last, Route(unspaced(String(last))) != nil { route = values.removeLast() }
    if !values.isEmpty { cells.append(("frequency", .frequency, values.joined(separator: " "))) }
    if let route { cells.append(("route", .route, String(route))) }
    return cells
  }
}

private enum LabRow: WrittenRow {
  static func cells(_ row: String) -> [(String, FieldKind, String)] {
    let (name, values) = nameAndValues(row)
    var cells: [(String, FieldKind, String)] = []
    if !name.isEmpty { cells.append(("test_name", .testName, name)) }
    for (place, value) in values.enumerated() {
      let value = String(value)
      if place == 0 {
        cells.append(("value", .labValue, value))
      } else if ClinicalRange(value) != nil || "<>≤≥".contains(value.first!) {
        cells.append(("reference_range", .range, value))
      } else if MedicalUnit(value).isKnown {
        cells.append(("unit", .unit, value))
      }
    }
    return cells
  }
}
