/// A stretch of a reading beside the truth it stands for, as a report shows it.
public struct DiffSegment: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable {
    case equal, substituted, deleted, inserted
  }

  public var kind: Kind
  /// Empty for an insertion.
  public var truth: String
  /// Empty for a deletion.
  public var reading: String

  public init(kind: Kind, truth: String, reading: String) {
    self.kind = kind
    self.truth = truth
    self.reading = reading
  }
}

/// The truth and the reading as alternating stretches, split between grapheme clusters.
public func diff(truth: String, reading: String) -> [DiffSegment] {
  var coding = ClusterCoding()
  let truth = GraphemeText(truth, coding: &coding)
  let reading = GraphemeText(reading, coding: &coding)
  let steps = EditAlignment(reference: truth.symbols, reading: reading.symbols)
    .slid(reference: truth, reading: reading).steps

  var segments: [DiffSegment] = []
  var truthPlace = 0
  var readingPlace = 0
  var step = 0
  while step < steps.count {
    let kind = steps[step]
    var end = step
    while end < steps.count, steps[end] == kind { end += 1 }
    let truthLength = kind == .insertion ? 0 : end - step
    let readingLength = kind == .deletion ? 0 : end - step
    segments.append(
      DiffSegment(
        kind: DiffSegment.Kind(kind),
        truth: truth.text(truthPlace..<truthPlace + truthLength),
        reading: reading.text(readingPlace..<readingPlace + readingLength)))
    truthPlace += truthLength
    readingPlace += readingLength
    step = end
  }
  return segments
}

extension DiffSegment.Kind {
  init(_ step: EditStep) {
    switch step {
    case .match: self = .equal
    case .substitution: self = .substituted
    case .deletion: self = .deleted
    case .insertion: self = .inserted
    }
  }
}
