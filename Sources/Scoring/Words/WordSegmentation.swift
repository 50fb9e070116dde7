/// The segments of a text between word boundaries, by the default rules of UAX #29 (Unicode 16).
func wordSegments(_ text: String) -> [Substring.UnicodeScalarView] {
  let scalars = text.unicodeScalars
  let classes = scalars.map(\.wordBreak)
  let breaks = wordBoundaries(classes)
  var segments: [Substring.UnicodeScalarView] = []
  var start = scalars.startIndex
  var index = scalars.startIndex
  for place in classes.indices {
    if place > 0, breaks[place] {
      segments.append(scalars[start..<index])
      start = index
    }
    index = scalars.index(after: index)
  }
  if start < index { segments.append(scalars[start..<index]) }
  return segments
}

/// Whether there is a boundary before each scalar.
private func wordBoundaries(_ classes: [(type: WordBreakClass, isPictographic: Bool)]) -> [Bool] {
  var breaks = [Bool](repeating: true, count: classes.count)
  // The last two classes that WB4 does not skip, and how many regional indicators end there.
  var before: WordBreakClass?
  var beforeThat: WordBreakClass?
  var indicators = 0
  for place in classes.indices {
    let type = classes[place].type
    if place > 0 {
      let previous = classes[place - 1].type
      breaks[place] = {
        if previous == .carriageReturn, type == .lineFeed { return false }  // WB3
        if previous.isNewline || type.isNewline { return true }  // WB3a, WB3b
        if previous == .zeroWidthJoiner, classes[place].isPictographic { return false }  // WB3c
        if previous == .space, type == .space { return false }  // WB3d
        if type.isIgnored { return false }  // WB4
        guard let before else { return true }
        return separates(
          beforeThat, before, type, next: { nextKept(classes, after: place) },
          oddIndicators: indicators % 2 == 1)
      }()
    }
    // WB4: a mark after a line break stands alone and is a character of its own.
    if !type.isIgnored || place == 0 || classes[place - 1].type.isNewline {
      indicators = type == .regionalIndicator ? indicators + 1 : 0
      beforeThat = before
      before = type
    }
  }
  return breaks
}

/// WB5 to WB999 over the classes that WB4 leaves.
private func separates(
  _ beforeThat: WordBreakClass?, _ before: WordBreakClass, _ type: WordBreakClass,
  next: () -> WordBreakClass?, oddIndicators: Bool
) -> Bool {
  if before.isLetter, type.isLetter { return false }  // WB5
  if before.isLetter, type == .midLetter || type.isMiddleOfBoth, next()?.isLetter == true {
    return false  // WB6
  }
  if beforeThat?.isLetter == true, before == .midLetter || before.isMiddleOfBoth, type.isLetter {
    return false  // WB7
  }
  if before == .hebrewLetter {
    if type == .singleQuote { return false }  // WB7a
    if type == .doubleQuote, next() == .hebrewLetter { return false }  // WB7b
  }
  if beforeThat == .hebrewLetter, before == .doubleQuote, type == .hebrewLetter {
    return false  // WB7c
  }
  if before == .numeric || before.isLetter, type == .numeric { return false }  // WB8, WB9
  if before == .numeric, type.isLetter { return false }  // WB10
  if beforeThat == .numeric, before == .midNum || before.isMiddleOfBoth, type == .numeric {
    return false  // WB11
  }
  if before == .numeric, type == .midNum || type.isMiddleOfBoth, next() == .numeric {
    return false  // WB12
  }
  if before == .katakana, type == .katakana { return false }  // WB13
  if before.isLetter || [.numeric, .katakana, .extendNumLet].contains(before),
    type == .extendNumLet
  {
    return false  // WB13a
  }
  if before == .extendNumLet, type.isLetter || type == .numeric || type == .katakana {
    return false  // WB13b
  }
  return !(before == .regionalIndicator && type == .regionalIndicator && oddIndicators)  // WB15, 16
}

private func nextKept(
  _ classes: [(type: WordBreakClass, isPictographic: Bool)], after place: Int
) -> WordBreakClass? {
  classes[(place + 1)...].first { !$0.type.isIgnored }?.type
}
