/// Word_Break property values (UAX #29, Unicode 16), in the order of `wordBreakTable`.
enum WordBreakClass: UInt8 {
  case other, carriageReturn, lineFeed, newline, extend, zeroWidthJoiner, regionalIndicator
  case format, katakana, hebrewLetter, letter, singleQuote, doubleQuote, midNumLet, midLetter
  case midNum, numeric, extendNumLet, space

  /// AHLetter
  var isLetter: Bool { self == .letter || self == .hebrewLetter }
  /// MidNumLetQ
  var isMiddleOfBoth: Bool { self == .midNumLet || self == .singleQuote }
  /// What WB4 skips.
  var isIgnored: Bool { self == .extend || self == .format || self == .zeroWidthJoiner }
  var isNewline: Bool { self == .newline || self == .carriageReturn || self == .lineFeed }
}

extension Unicode.Scalar {
  /// The Word_Break class, and whether the scalar is Extended_Pictographic.
  var wordBreak: (type: WordBreakClass, isPictographic: Bool) {
    // Hangul syllables and ideographs first: most of a Korean page.
    if (0xac00...0xd7a3).contains(value) { return (.letter, false) }
    if value < 0x80 { return Self.asciiWordBreak[Int(value)] }
    return lookedUpWordBreak
  }

  private static let asciiWordBreak = (0..<0x80).map {
    Unicode.Scalar(UInt8($0)).lookedUpWordBreak
  }

  private var lookedUpWordBreak: (type: WordBreakClass, isPictographic: Bool) {
    let entry = wordBreakTable[wordBreakTable.partitioningIndex { $0 >> 8 > value } - 1]
    return (WordBreakClass(rawValue: UInt8(entry & 0x7f))!, entry & 0x80 != 0)
  }
}
