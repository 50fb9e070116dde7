/// How many columns of a terminal text takes: two for Hangul and other wide letters, none for a
/// combining mark, one for the rest, characters of ambiguous width included (UAX #11).
public enum TerminalWidth {
  public static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// A cluster is drawn in one place, so it is as wide as its widest part.
  public static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    // A lone regional indicator is narrow; two of them are a flag.
    let isFlag = scalars.count == 2 && scalars.allSatisfy { (0x1F1E6...0x1F1FF) ~= $0.value }
    let asksForEmoji = scalars.contains { $0.value == 0xFE0F }
    if isFlag || asksForEmoji { return 2 }
    return scalars.map(of).max() ?? 0
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    if (0x20..<0x7F) ~= scalar.value { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      return 0
    default: break
    }
    // Vowels and finals of decomposed Hangul join the initial, which is wide.
    if (0x1160...0x11FF) ~= scalar.value || (0xD7B0...0xD7FF) ~= scalar.value { return 0 }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wideRanges.contains { $0 ~= scalar.value } ? 2 : 1
  }

  /// East Asian Wide and Fullwidth (Unicode 15.1, EastAsianWidth.txt) but for emoji, which
  /// Swift knows by itself. Sorted by how often a Korean report meets them.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0xAC00...0xD7A3,  // Hangul syllables
    0x4E00...0xA4CF,  // ideographs, Yi
    0x1100...0x115F,  // Hangul initials
    0xFF01...0xFF60, 0xFFE0...0xFFE6,  // fullwidth forms
    0x2E80...0x303E,  // radicals, CJK punctuation
    0x3041...0x3247, 0x3250...0x4DBF,  // kana, squared units, extension A
    0xF900...0xFAFF,  // compatibility ideographs
    0x2329...0x232A, 0xA960...0xA97F, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
