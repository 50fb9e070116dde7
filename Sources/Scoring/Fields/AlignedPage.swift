/// A reading laid against the truth, ready to be asked where a stretch of the truth went.
struct AlignedPage {
  let truth: GraphemeText
  let reading: GraphemeText
  let counts: EditCounts
  /// What each cluster of the reading stands for.
  let origins: [Origin]
  /// For each cluster of the truth, the reading's cluster aligned to it; nil where deleted.
  let targets: [Int?]
  /// For each cluster of the truth, and its end, how much of the reading comes before it.
  let places: [Int]

  enum Origin: Equatable {
    case matched(Int)
    case substituted(Int)
    case inserted
  }

  init(
    truth: GraphemeText, reading: GraphemeText, counts: EditCounts, origins: [Origin],
    targets: [Int?], places: [Int]
  ) {
    (self.truth, self.reading, self.counts) = (truth, reading, counts)
    (self.origins, self.targets, self.places) = (origins, targets, places)
  }

  init(truth truthText: String, reading readingText: String) {
    var coding = ClusterCoding()
    truth = GraphemeText(truthText, coding: &coding)
    reading = GraphemeText(readingText, coding: &coding)
    let alignment = EditAlignment(reference: truth.symbols, reading: reading.symbols)
    counts = alignment.counts

    var origins: [Origin] = []
    var targets: [Int?] = []
    var places: [Int] = []
    for step in alignment.slid(reference: truth, reading: reading).steps {
      if step != .insertion { places.append(origins.count) }
      switch step {
      case .match:
        origins.append(.matched(targets.count))
        targets.append(origins.count - 1)
      case .substitution:
        origins.append(.substituted(targets.count))
        targets.append(origins.count - 1)
      case .deletion:
        targets.append(nil)
      case .insertion:
        origins.append(.inserted)
      }
    }
    self.origins = origins
    self.targets = targets
    self.places = places + [origins.count]
  }
}
