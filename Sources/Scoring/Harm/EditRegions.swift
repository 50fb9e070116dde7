/// A stretch of the page and of the reading that stand for each other and differ, grown to whole
/// words.
struct EditRegion: Equatable {
  var truth: Range<Int>
  var reading: Range<Int>
}

extension AlignedPage {
  /// The stretches in which the reading differs, outside what fields have claimed. Each grows to
  /// the white space or field around it, and those that meet become one. Linear.
  ///
  /// - Parameters:
  ///   - truthTaken: for each cluster of the truth, whether a field answers for it.
  ///   - readingTaken: the same of the reading.
  func regions(truthTaken: [Bool], readingTaken: [Bool]) -> [EditRegion] {
    var regions: [EditRegion] = []
    var i = 0
    var j = 0
    while i < truth.count || j < reading.count {
      if isMatch(i, j) {
        i += 1
        j += 1
        continue
      }
      if isTaken(i, j, truthTaken, readingTaken) {
        step(&i, &j)
        continue
      }
      var region = EditRegion(truth: i..<i, reading: j..<j)
      while i < truth.count || j < reading.count, !isMatch(i, j),
        !isTaken(i, j, truthTaken, readingTaken)
      {
        step(&i, &j)
      }
      region = EditRegion(
        truth: region.truth.lowerBound..<i, reading: region.reading.lowerBound..<j)
      growLeft(&region, truthTaken, readingTaken)
      growRight(&region, truthTaken, readingTaken)
      // What the growth has passed are matches and need no second look.
      (i, j) = (region.truth.upperBound, region.reading.upperBound)
      if let last = regions.last, last.truth.upperBound >= region.truth.lowerBound,
        last.reading.upperBound >= region.reading.lowerBound
      {
        regions[regions.count - 1] = EditRegion(
          truth: last.truth.lowerBound..<max(i, last.truth.upperBound),
          reading: last.reading.lowerBound..<max(j, last.reading.upperBound))
      } else {
        regions.append(region)
      }
    }
    return regions
  }

  private func isMatch(_ i: Int, _ j: Int) -> Bool {
    j < reading.count && origins[j] == .matched(i)
  }

  /// One step of the alignment: a deletion, an insertion or a substitution.
  private func step(_ i: inout Int, _ j: inout Int) {
    if i < truth.count, targets[i] == nil {
      i += 1
    } else if j < reading.count, origins[j] == .inserted {
      j += 1
    } else {
      i += 1
      j += 1
    }
  }

  private func isTaken(_ i: Int, _ j: Int, _ truthTaken: [Bool], _ readingTaken: [Bool]) -> Bool {
    if i < truth.count, targets[i] == nil { return truthTaken[i] }
    if j < reading.count, origins[j] == .inserted { return readingTaken[j] }
    return (i < truth.count && truthTaken[i]) || (j < reading.count && readingTaken[j])
  }

  private func growLeft(_ region: inout EditRegion, _ truthTaken: [Bool], _ readingTaken: [Bool]) {
    // A block of whole words has no word to complete.
    if isWholeWords(region) { return }
    while region.truth.lowerBound > 0, region.reading.lowerBound > 0 {
      let (i, j) = (region.truth.lowerBound - 1, region.reading.lowerBound - 1)
      guard isMatch(i, j), !truth.isWhiteSpace(i), !truthTaken[i], !readingTaken[j] else { return }
      region.truth = i..<region.truth.upperBound
      region.reading = j..<region.reading.upperBound
    }
  }

  private func growRight(_ region: inout EditRegion, _ truthTaken: [Bool], _ readingTaken: [Bool]) {
    if isWholeWords(region) { return }
    while region.truth.upperBound < truth.count || region.reading.upperBound < reading.count {
      var (i, j) = (region.truth.upperBound, region.reading.upperBound)
      if isMatch(i, j) {
        guard !truth.isWhiteSpace(i), !truthTaken[i], !readingTaken[j] else { return }
        i += 1
        j += 1
      } else {
        // More of the same word was changed further on.
        if isTaken(i, j, truthTaken, readingTaken) { return }
        step(&i, &j)
      }
      region.truth = region.truth.lowerBound..<i
      region.reading = region.reading.lowerBound..<j
    }
  }

  /// A pure deletion or insertion bounded by white space.
  private func isWholeWords(_ region: EditRegion) -> Bool {
    let (block, text) =
      region.truth.isEmpty ? (region.reading, reading) : (region.truth, truth)
    guard region.truth.isEmpty != region.reading.isEmpty else { return false }
    func isEdge(_ place: Int) -> Bool {
      place < 0 || place >= text.count || text.isWhiteSpace(place)
    }
    let starts = isEdge(block.lowerBound - 1) || text.isWhiteSpace(block.lowerBound)
    let ends = isEdge(block.upperBound) || text.isWhiteSpace(block.upperBound - 1)
    return starts && ends
  }

  /// The region with the number before a changed unit, or the unit behind a changed number, where
  /// that stands alike on both sides: `12.5 [g]`, `[100] mg`.
  func overQuantity(_ region: EditRegion) -> EditRegion {
    if region.truth.isEmpty || region.reading.isEmpty { return region }
    var region = region
    let unitBehind = word(after: region.truth.upperBound, in: truth)
    if truth.first(region.truth.upperBound - 1).isDigit
      || reading.first(region.reading.upperBound - 1).isDigit, let unitBehind,
      isUnit(truth.text(unitBehind)),
      areAlike(region.truth.upperBound..<unitBehind.upperBound, region.reading.upperBound)
    {
      let length = unitBehind.upperBound - region.truth.upperBound
      region.truth = region.truth.lowerBound..<unitBehind.upperBound
      region.reading = region.reading.lowerBound..<region.reading.upperBound + length
    }
    let first = truth.text(region.truth).prefix { !$0.isWhitespace }
    let read = reading.text(region.reading).prefix { !$0.isWhitespace }
    // `L` behind a result is low, not a litre.
    guard !Words(String(first)).isFlag, !Words(String(read)).isFlag,
      isUnit(String(first)) || isUnit(String(read)),
      let number = word(before: region.truth.lowerBound, in: truth),
      truth.first(number.upperBound - 1).isDigit,
      region.reading.lowerBound >= region.truth.lowerBound - number.lowerBound
    else { return region }
    let length = region.truth.lowerBound - number.lowerBound
    guard areAlike(number.lowerBound..<region.truth.lowerBound, region.reading.lowerBound - length)
    else { return region }
    region.truth = number.lowerBound..<region.truth.upperBound
    region.reading = region.reading.lowerBound - length..<region.reading.upperBound
    return region
  }

  private func isUnit(_ word: String) -> Bool {
    let unit = MedicalUnit(unspaced(medicineSafe(Words.bare(word))))
    return unit.isKnown && !unit.isEmpty
  }

  /// The word after one blank, at most 16 clusters.
  private func word(after place: Int, in text: GraphemeText) -> Range<Int>? {
    guard place < text.count, text.isWhiteSpace(place), !text.isLineBreak(place) else { return nil }
    var end = place + 1
    while end < text.count, end < place + 16, !text.isWhiteSpace(end) { end += 1 }
    return end > place + 1 ? place + 1..<end : nil
  }

  private func word(before place: Int, in text: GraphemeText) -> Range<Int>? {
    guard place > 1, text.isWhiteSpace(place - 1), !text.isLineBreak(place - 1) else { return nil }
    var start = place - 1
    while start > 0, start > place - 16, !text.isWhiteSpace(start - 1) { start -= 1 }
    return start < place - 1 ? start..<place - 1 : nil
  }

  private func areAlike(_ truthClusters: Range<Int>, _ start: Int) -> Bool {
    start >= 0 && start + truthClusters.count <= reading.count
      && truthClusters.enumerated().allSatisfy { isMatch($1, start + $0) }
  }
}
