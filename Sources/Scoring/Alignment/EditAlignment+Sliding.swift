extension EditAlignment {
  /// The same alignment with each run of deletions or insertions slid to where a reader would put
  /// it: on whole lines where that costs nothing, else on whole words, else as late as it goes.
  ///
  /// Without this a missing row of a table takes the first letters of the next row with it, and
  /// that row's fields with them. The counts stay as they are: each slide by one swaps an edit
  /// with an equal match beside it.
  func slid(reference: GraphemeText, reading: GraphemeText) -> EditAlignment {
    var result = self
    var step = 0
    var referencePlace = 0
    var readingPlace = 0
    while step < result.steps.count {
      let kind = result.steps[step]
      guard kind == .deletion || kind == .insertion else {
        step += 1
        referencePlace += 1
        readingPlace += 1
        continue
      }
      var end = step
      while end < result.steps.count, result.steps[end] == kind { end += 1 }
      let length = end - step
      let moved =
        kind == .deletion
        ? result.slide(step..<end, of: reference, at: referencePlace)
        : result.slide(step..<end, of: reading, at: readingPlace)
      // The run ends `moved` later (or earlier); what it passed are matches.
      if kind == .deletion { referencePlace += length } else { readingPlace += length }
      referencePlace += max(moved, 0)
      readingPlace += max(moved, 0)
      step = end + max(moved, 0)
    }
    return result
  }

  /// Moves one run of edits of `text[place ..< place + run.count]`; returns by how many steps.
  private mutating func slide(_ run: Range<Int>, of text: GraphemeText, at place: Int) -> Int {
    var best = (rank: text.boundaryRank(place..<place + run.count), shift: 0)
    var shift = 0
    while run.upperBound + shift < steps.count, steps[run.upperBound + shift] == .match,
      text.symbols[place + shift] == text.symbols[place + run.count + shift]
    {
      shift += 1
      let rank = text.boundaryRank(place + shift..<place + run.count + shift)
      if rank >= best.rank { best = (rank, shift) }
    }
    shift = 0
    while run.lowerBound + shift > 0, steps[run.lowerBound + shift - 1] == .match,
      text.symbols[place + shift - 1] == text.symbols[place + run.count + shift - 1]
    {
      shift -= 1
      let rank = text.boundaryRank(place + shift..<place + run.count + shift)
      if rank > best.rank { best = (rank, shift) }
    }
    let kind = steps[run.lowerBound]
    // The run's new place may overlap its old one: clear both, then write.
    let cleared = run.lowerBound + min(best.shift, 0)..<run.upperBound + max(best.shift, 0)
    for step in cleared { steps[step] = .match }
    for step in run.lowerBound + best.shift..<run.upperBound + best.shift { steps[step] = kind }
    return best.shift
  }
}

extension GraphemeText {
  /// How natural a block is to be left out or put in: 3 whole lines, 2 whole words, 1 from a
  /// word's start, 0 otherwise.
  fileprivate func boundaryRank(_ block: Range<Int>) -> Int {
    func lineEdge(_ place: Int) -> Bool { place == count || isLineBreak(place) }
    func wordEdge(_ place: Int) -> Bool { place == count || isWhiteSpace(place) }
    let last = block.upperBound - 1
    let afterBreak = block.lowerBound == 0 || isLineBreak(block.lowerBound - 1)
    let afterSpace = block.lowerBound == 0 || isWhiteSpace(block.lowerBound - 1)
    if afterBreak, isLineBreak(last) || block.upperBound == count { return 3 }
    if isLineBreak(block.lowerBound), lineEdge(block.upperBound) { return 3 }
    if afterSpace, isWhiteSpace(last) || block.upperBound == count { return 2 }
    if isWhiteSpace(block.lowerBound), wordEdge(block.upperBound) { return 2 }
    return afterSpace ? 1 : 0
  }
}
