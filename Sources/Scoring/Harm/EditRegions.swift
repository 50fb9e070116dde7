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
      if let last = regions.last, meet(last, region) || areOneWordLost(last, region) {
        regions[regions.count - 1] = EditRegion(
          truth: last.truth.lowerBound..<max(i, last.truth.upperBound),
          reading: last.reading.lowerBound..<max(j, last.reading.upperBound))
      } else {
        regions.append(region)
      }
    }
    return regions
  }

  private func meet(_ first: EditRegion, _ second: EditRegion) -> Bool {
    first.truth.upperBound >= second.truth.lowerBound
      && first.reading.upperBound >= second.reading.lowerBound
  }

  /// Whether a changed word and the next, which was left out, are parted by one blank: of
  /// `동반하지 않은` read as `동반한` either blank may have been kept.
  private func areOneWordLost(_ first: EditRegion, _ second: EditRegion) -> Bool {
    let gap = first.truth.upperBound..<max(first.truth.upperBound, second.truth.lowerBound)
    return gap.count == 1 && truth.isWhiteSpace(gap.lowerBound)
      && !truth.isLineBreak(gap.lowerBound)
      && second.reading.lowerBound - first.reading.upperBound == 1
      && !first.reading.isEmpty && !first.truth.isEmpty && second.reading.isEmpty
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
    if truth.first(region.truth.upperBound - 1).isDigit
      || reading.first(region.reading.upperBound - 1).isDigit,
      let unit = truth.word(after: region.truth.upperBound), isUnit(truth.text(unit)),
      let read = reading.word(after: region.reading.upperBound),
      reading.text(read) == truth.text(unit)
    {
      region.truth = region.truth.lowerBound..<unit.upperBound
      region.reading = region.reading.lowerBound..<read.upperBound
    }
    let first = truth.text(region.truth).prefix { !$0.isWhitespace }
    let read = reading.text(region.reading).prefix { !$0.isWhitespace }
    // `L` behind a result is low, not a litre.
    guard !Words(String(first)).isFlag, !Words(String(read)).isFlag,
      isUnit(String(first)) || isUnit(String(read)),
      let number = truth.word(before: region.truth.lowerBound),
      truth.first(number.upperBound - 1).isDigit,
      let same = reading.word(before: region.reading.lowerBound),
      reading.text(same) == truth.text(number)
    else { return region }
    region.truth = number.lowerBound..<region.truth.upperBound
    region.reading = same.lowerBound..<region.reading.upperBound
    return region
  }

  private func isUnit(_ word: String) -> Bool {
    let unit = MedicalUnit(unspaced(medicineSafe(Words.bare(word))))
    return unit.isKnown && !unit.isEmpty
  }
}

extension GraphemeText {
  /// The word behind a few blanks on the same line, at most 16 clusters of it.
  fileprivate func word(after place: Int) -> Range<Int>? {
    var start = place
    while start < count, start < place + 4, isWhiteSpace(start), !isLineBreak(start) { start += 1 }
    guard start > place, start < count, !isWhiteSpace(start) else { return nil }
    var end = start
    while end < count, end < start + 16, !isWhiteSpace(end) { end += 1 }
    return start..<end
  }

  /// The word before a few blanks on the same line, at most 16 clusters of it.
  fileprivate func word(before place: Int) -> Range<Int>? {
    var end = place
    while end > 0, end > place - 4, isWhiteSpace(end - 1), !isLineBreak(end - 1) { end -= 1 }
    guard end < place, end > 0, !isWhiteSpace(end - 1) else { return nil }
    var start = end
    while start > 0, start > end - 16, !isWhiteSpace(start - 1) { start -= 1 }
    return start..<end
  }
}
