import DocProfiles

/// What was read for a field, and where it stands in the reading.
public struct ReadPlace: Sendable, Equatable {
  /// Empty where nothing was read.
  public var text: String
  /// Grapheme clusters of the reading's text; nil for a value that the model named itself.
  public var clusters: Range<Int>?

  public init(text: String, clusters: Range<Int>?) {
    self.text = text
    self.clusters = clusters
  }
}

/// Where each field of the truth went in a reading, one a field, as `PageScorer` finds them: by
/// alignment and rows in plain text, by key in JSON output.
public func readPlaces(
  _ prediction: PagePrediction, against reference: PageReference, criticalFields: [CriticalField]
) -> [ReadPlace] {
  let given = prediction.structured(by: criticalFields)
  if let keyed = given.keyedFields {
    let outcomes = KeyedFieldComparison(
      keyed, against: reference.fields, criticalFields: criticalFields
    ).outcomes()
    return reference.fields.indices.map {
      ReadPlace(text: outcomes[$0].predicted ?? "", clusters: nil)
    }
  }
  let page = AlignedPage(truth: reference.text, reading: given.text)
  let plain = PlainFields(page: page, fields: reference.fields)
  let isAsWritten = given.text == prediction.text
  return reference.fields.indices.map {
    ReadPlace(text: plain.texts[$0], clusters: isAsWritten ? plain.slices[$0] : nil)
  }
}

/// For each grapheme cluster of a reading whether the truth does not account for it: it was put in,
/// or stands in place of something else.
public func unaccounted(truth: String, reading: String) -> [Bool] {
  AlignedPage(truth: truth, reading: reading).origins.map { origin in
    if case .matched = origin { return false }
    return true
  }
}
