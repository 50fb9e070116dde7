import DocProfiles

/// Judges what a model read on a page against what is truly on it.
///
/// Every convention, with a worked example, is in `docs/scoring.md`.
public struct PageScorer: Sendable {
  /// What a reading of a blank page may hold, in clusters: room for a page number read from the
  /// page's edge (`- 12 -`) or a few specks, and less than a line that names a drug and its dose.
  public static let defaultBlankLimit = 8

  public var blankLimit: Int
  public var harms: HarmScorer

  public init(blankLimit: Int = PageScorer.defaultBlankLimit, harms: HarmScorer = HarmScorer()) {
    self.blankLimit = blankLimit
    self.harms = harms
  }

  /// Only the reference's fields named in `criticalFields` (by key) are judged; harm is looked for
  /// in all of them and in the text between.
  ///
  /// - Parameter type: for severity rules that hold for certain document types only.
  public func score(
    _ prediction: PagePrediction, against reference: PageReference, type: DocumentType? = nil,
    criticalFields: [CriticalField]
  ) -> PageScore {
    let page = AlignedPage(truth: reference.text, reading: prediction.text)
    let fields = reference.fields(namedIn: criticalFields)
    // Rates count what the model wrote; fields are read from what it meant by it.
    let given = prediction.structured(by: criticalFields)
    let truthText = widthFolded(reference.text)
    let meant =
      given.text == prediction.text && truthText == reference.text
      ? page : AlignedPage(truth: truthText, reading: given.text)

    var score = PageScore(
      characters: page.counts,
      words: wordCounts(comparableWords(reference.text), comparableWords(prediction.text)),
      clinicalWords: wordCounts(clinicalWords(reference.text), clinicalWords(prediction.text)),
      fields: [], blank: blankCheck(page))
    if score.blank != nil {
      // Blanks alone make no rate either.
      score.characters = EditCounts(insertions: page.reading.count)
    }
    let codeFields = reference.fields.filter { $0.kind == .diagnosisCode }
    let codes: Set<DiagnosisCode>
    if let keyed = given.keyedFields {
      let comparison = KeyedFieldComparison(keyed, against: fields, criticalFields: criticalFields)
      score.fields = comparison.outcomes()
      codes = comparison.diagnosisCodes()
      score.harms = harms.keyedFindings(comparison, type: type)
    } else {
      let plain = PlainFields(page: meant, fields: reference.fields)
      let critical = Set(criticalFields.map(\.key))
      score.fields = reference.fields.indices
        .filter { critical.contains(reference.fields[$0].name) }
        .map { FieldOutcome(reference.fields[$0], read: plain.texts[$0]) }
      codes = codeFields.isEmpty ? [] : diagnosisCodes(in: meant, fields: codeFields)
      score.harms = harms.findings(meant, reference.fields, plain, type: type)
    }
    if !codeFields.isEmpty {
      score.diagnosisCodes = DiagnosisCodeScore(
        truth: codeSet(codeFields.map(\.value)), reading: codes)
    }
    return score
  }

  /// A page is blank where its truth has nothing but white space.
  private func blankCheck(_ page: AlignedPage) -> BlankPageCheck? {
    guard (0..<page.truth.count).allSatisfy(page.truth.isWhiteSpace) else { return nil }
    let inked = (0..<page.reading.count).filter { !page.reading.isWhiteSpace($0) }
    let count = inked.isEmpty ? 0 : inked.last! - inked.first! + 1
    return BlankPageCheck(outputClusters: count, limit: blankLimit)
  }

  private func slice(of field: ReferenceField, in page: AlignedPage) -> Range<Int> {
    FieldProjection(page: page, kind: field.kind)
      .slice(of: page.truth.clusters(inScalars: field.span))
  }

  /// The codes read in the fields' places, and code-shaped words elsewhere that the truth does not
  /// have elsewhere too (`비타민 B12`).
  private func diagnosisCodes(in page: AlignedPage, fields: [ReferenceField]) -> Set<DiagnosisCode>
  {
    let slices = fields.map { slice(of: $0, in: page) }
    let read = codeSet(slices.map(page.reading.text))
    let innocent = Set(DiagnosisCode.scan(page.truth).map(\.code))
      .subtracting(codeSet(fields.map(\.value)))
    let elsewhere = DiagnosisCode.scan(page.reading)
      .filter { found in !slices.contains { $0.overlaps(found.clusters) } }
      .map(\.code)
    return read.union(Set(elsewhere).subtracting(innocent))
  }

  private func codeSet(_ texts: [String]) -> Set<DiagnosisCode> {
    Set(texts.compactMap { DiagnosisCode(unspaced(medicineSafe($0))) })
  }
}

/// Counts of an alignment of grapheme clusters: the CER's.
public func characterCounts(_ truth: String, _ reading: String) -> EditCounts {
  var coding = ClusterCoding()
  let truth = GraphemeText(truth, coding: &coding)
  let reading = GraphemeText(reading, coding: &coding)
  return EditAlignment(reference: truth.symbols, reading: reading.symbols).counts
}
