extension AlignedPage {
  /// The same with stretches of the truth taken out of the alignment: rows that are left out, or
  /// stand elsewhere in the reading. What the alignment had laid against them was put in.
  func without(_ stretches: [Range<Int>]) -> AlignedPage {
    guard !stretches.isEmpty else { return self }
    var isOut = [Bool](repeating: false, count: truth.count)
    for stretch in stretches { for cluster in stretch { isOut[cluster] = true } }
    return AlignedPage(
      truth: truth, reading: reading, counts: counts,
      origins: origins.map { origin in
        switch origin {
        case .matched(let place), .substituted(let place): isOut[place] ? .inserted : origin
        case .inserted: origin
        }
      },
      targets: targets.indices.map { isOut[$0] ? nil : targets[$0] }, places: places)
  }
}
