import Boundary

/// Raw engine text in transcript form: one text line a line, joined by line feeds, no blank lines,
/// no white space at either end of a line.
///
/// What goes is layout: Tesseract ends a page with a form feed and puts a blank line between
/// blocks, a program may end lines with CR LF. None of it is a reading of the page, and it must not
/// cost an engine characters. Everything else stays code point for code point: runs of spaces
/// inside a line, full-width forms, composed or decomposed Hangul. Scoring normalises both sides.
/// Only endless combining marks are broken up (`streamSafe`), so that nothing after this hangs on
/// them.
public enum TranscriptText {
  /// `raw` in transcript form; empty when it holds nothing but white space.
  public static func normalized(_ raw: String) -> String {
    // Bytes, because a string that grows by slices is copied at each of them.
    var text: [UInt8] = []
    for line in raw.unicodeScalars.split(whereSeparator: isLineBreak) {
      guard let ink = ink(of: line) else { continue }
      if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
      text.append(contentsOf: Substring(line[ink]).utf8)
    }
    return String(decoding: text, as: UTF8.self).streamSafe
  }

  /// The same form, and the confidence of each character (grapheme cluster) of it: the least of its code points'. A line
  /// feed has the least of what lay between the two lines.
  public static func normalized(_ raw: ConfidentText) -> (text: String, confidences: Confidences) {
    let scalars = Array(raw.text.unicodeScalars)
    var kept: [Int] = []
    var values = raw.confidences
    for line in scalars.split(whereSeparator: isLineBreak) {
      guard let ink = ink(of: line) else { continue }
      if let last = kept.last {
        kept.append(last + 1)
        values[last + 1] = raw.confidences[last + 1..<ink.lowerBound].min()!
      }
      kept.append(contentsOf: ink)
    }
    let text = normalized(raw.text)
    return (text, Confidences(perCharacter(values, of: text, at: kept, in: scalars)))
  }

  /// - Parameter places: in `scalars`, of all code points of `text` but line feeds, which stand in the place of what parted
  ///   the lines, and the joiners that `streamSafe` puts before a mark.
  private static func perCharacter(
    _ confidences: [Float], of text: String, at places: [Int], in scalars: [Unicode.Scalar]
  ) -> [Float] {
    var next = places[...]
    return text.map { character in
      var least: Float = 1
      for scalar in character.unicodeScalars {
        guard let place = next.first, scalar == scalars[place] || scalar == "\n" else { continue }
        least = min(least, confidences[place])
        next.removeFirst()
      }
      return least
    }
  }

  private static func ink<Line: BidirectionalCollection<Unicode.Scalar>>(
    of line: Line
  ) -> ClosedRange<Line.Index>? {
    guard let first = line.firstIndex(where: isInk), let last = line.lastIndex(where: isInk)
    else { return nil }
    return first...last
  }

  /// LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR (UAX #14, class BK and its kin).
  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Neither Unicode white space nor the byte order mark some programs put first.
  private static func isInk(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && scalar.value != 0xFEFF
  }
}
