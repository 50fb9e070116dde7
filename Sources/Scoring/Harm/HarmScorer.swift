import DocProfiles

/// Says of every difference between a reading and the page what kind of error it is and how bad.
///
/// Fields first, table rows bound by their key; then what stands differently in the rest of the
/// page; then what the reading has and the page has not. Classes come from what stands in the
/// reading and on the page, severities from rules that are data; in doubt the worse holds.
/// `docs/scoring.md` holds the classes with examples.
public struct HarmScorer: Sendable {
  /// A model caught in a loop invents without end; a page's findings end here.
  public static let maximumFindings = 500

  public var rules: SeverityRules
  var names: RealNames

  public init(rules: SeverityRules = .builtIn, lexicon: Lexicon = .empty) {
    self.rules = rules
    names = lexicon == .empty ? .none : RealNames(lexicon)
  }

  /// In the order of the page: the fields' errors, then those of the text between, then what was
  /// invented.
  ///
  /// - Parameters:
  ///   - type: nil where it is not known; rules for certain types do not fit then.
  ///   - criticalFields: the keys by which a model that answers in JSON names its fields.
  public func findings(
    _ prediction: PagePrediction, against reference: PageReference, type: DocumentType?,
    criticalFields: [CriticalField]
  ) -> [HarmFinding] {
    let prediction = prediction.structured(by: criticalFields)
    if let keyed = prediction.keyedFields {
      return keyedFindings(
        KeyedFieldComparison(
          keyed, against: reference.fields(namedIn: criticalFields), criticalFields: criticalFields),
        type: type)
    }
    let page = AlignedPage(truth: widthFolded(reference.text), reading: prediction.text)
    return findings(
      page, reference.fields, PlainFields(page: page, fields: reference.fields), type: type)
  }

  // MARK: Plain transcripts

  func findings(
    _ page: AlignedPage, _ fields: [ReferenceField], _ plain: PlainFields, type: DocumentType?
  ) -> [HarmFinding] {
    let judge = FieldJudge(scorer: self, fields: fields, rows: plain.rows, type: type)
    let moved = Set(plain.movedRows.keys.flatMap { plain.rows[$0].fields })
    var findings = judge.findings(texts: plain.texts, freeText: moved)
    let text = TextJudge(scorer: self, page: page, fields: fields, plain: plain, type: type)
    findings += text.findings()
    return Array(findings.prefix(Self.maximumFindings))
  }

  // MARK: JSON output

  func keyedFindings(_ comparison: KeyedFieldComparison, type: DocumentType?) -> [HarmFinding] {
    let fields = comparison.fields
    let texts = fields.indices.map { index in
      comparison.pairs[index].map { comparison.given[$0].value.value } ?? ""
    }
    let rows = TableRow.rows(of: fields)
    let judge = FieldJudge(scorer: self, fields: fields, rows: rows, type: type)
    var findings = judge.findings(texts: texts, freeText: Set(fields.indices))
    let used = Set(comparison.pairs.values)
    let keys = rows.map { (fields[$0.key], $0.number) }
    var rowsNamed: Set<Int> = []
    for (index, given) in comparison.given.enumerated() where !used.contains(index) {
      var error = ClassifiedError(.hallucinated, length: given.value.value.count)
      var row: Int?
      if TableRow.isKey(given.field.kind),
        let twin = keys.first(where: {
          $0.0.name == given.field.key && sameValue($0.0.value, given.value.value, kind: $0.0.kind)
        })
      {
        error = ClassifiedError(.rowDuplicated)
        row = twin.1
        if let number = given.value.row { rowsNamed.insert(number) }
      } else if let number = given.value.row, rowsNamed.contains(number) {
        continue  // The rest of a row that stands there twice.
      }
      findings.append(
        finding(
          error, kind: given.field.kind, type: type, field: given.field.key, row: row, truth: nil,
          reading: given.value.value, span: nil))
    }
    return Array(findings.prefix(Self.maximumFindings))
  }

  // MARK: Applying the rules

  func finding(
    _ error: ClassifiedError, kind: FieldKind?, type: DocumentType?, field: String?, row: Int?,
    truth: String?, reading: String?, span: Range<Int>?
  ) -> HarmFinding {
    let rule = rules.rule(
      for: ErrorCircumstances(
        error.errorClass, kind: error.kind ?? kind, type: type, logRatio: error.ratio,
        unreadable: error.unreadable, length: error.length))
    // Beyond nine places a logarithm's rounding would show: 0.9999999999999999.
    let ratio = error.ratio.map { ($0 * 1e9).rounded() / 1e9 }
    return HarmFinding(
      errorClass: error.errorClass, severity: rule.severity, field: field, row: row,
      truth: truth, reading: reading, span: span, rule: rule.id, ratio: ratio)
  }
}

extension PageReference {
  func fields(namedIn criticalFields: [CriticalField]) -> [ReferenceField] {
    let names = Set(criticalFields.map(\.key))
    return fields.filter { names.contains($0.name) }
  }
}
