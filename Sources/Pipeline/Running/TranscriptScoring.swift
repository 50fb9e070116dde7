import Datasets
import OCRInference
import Scoring

extension PageScorer {
  /// What a page's transcript is worth.
  ///
  /// What a failed engine had printed is evidence, not a reading: a page that was not read is scored as
  /// empty, or crashing after the last word would be as good as reading.
  func score(
    _ transcript: Transcript, of document: DatasetDocument, page index: Int,
    profile: ProfileSnapshot
  ) -> PageScore {
    score(
      transcript.outcome.status == .read ? PagePrediction(transcript) : PagePrediction(text: ""),
      against: PageReference(document, page: index), type: document.type,
      criticalFields: profile.criticalFields)
  }
}

extension PagePrediction {
  init(_ transcript: Transcript) {
    self.init(
      text: transcript.text,
      keyedFields: transcript.fields?.map { KeyedField(key: $0.key, value: $0.value, row: $0.row) })
  }
}

extension PageReference {
  init(_ document: DatasetDocument, page index: Int) {
    self.init(
      text: document.pages[index].transcript,
      fields: document.fields.filter { $0.page == index }.map {
        ReferenceField(
          name: $0.name, kind: $0.kind, value: $0.value, row: $0.row, span: $0.start..<$0.end)
      })
  }
}
