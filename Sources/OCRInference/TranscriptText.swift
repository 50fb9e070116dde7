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
      guard let first = line.firstIndex(where: isInk), let last = line.lastIndex(where: isInk)
      else { continue }
      if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
      text.append(contentsOf: Substring(line[first...last]).utf8)
    }
    return String(decoding: text, as: UTF8.self).streamSafe
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
