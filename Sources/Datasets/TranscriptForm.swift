import Foundation

/// The one form in which a page's text is written down, so that scores mean the same everywhere:
/// NFC, lines separated by one line feed, no blank lines, words and cells joined by one space, no
/// white space at the ends of a line, no invisible characters. Empty for a blank page.
public enum TranscriptForm {
  public enum Breach: Equatable, Sendable {
    case notNFC
    case blankLine(line: Int)
    case spaceAtEnd(line: Int)
    case spaceRun(line: Int)
    /// White space other than a space, a control character, or a mark that has no ink.
    case unwritten(Unicode.Scalar, line: Int)
  }

  /// What keeps `text` from the form, each kind once, at its first line (from 1).
  public static func breaches(in text: String) -> [Breach] {
    var breaches: [Breach] = []
    var seen: Set<String> = []
    func add(_ breach: Breach, _ kind: String) {
      if seen.insert(kind).inserted { breaches.append(breach) }
    }
    if !text.isNFC { add(.notNFC, "nfc") }
    guard !text.isEmpty else { return breaches }
    // Scalars, since "\r\n" is one Character.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if line.isEmpty { add(.blankLine(line: number), "blank") }
      if line.first == " " || line.last == " " { add(.spaceAtEnd(line: number), "end") }
      var previous: Unicode.Scalar = "x"
      for scalar in line {
        if scalar == " ", previous == " " { add(.spaceRun(line: number), "run") }
        if scalar.isUnwritten { add(.unwritten(scalar, line: number), "unwritten") }
        previous = scalar
      }
    }
    return breaches
  }

  /// The span of every line in code points, end exclusive; none for a blank page.
  public static func lineSpans(of transcript: String) -> [Range<Int>] {
    guard !transcript.isEmpty else { return [] }
    var spans: [Range<Int>] = []
    var start = 0
    var position = 0
    for scalar in transcript.unicodeScalars {
      if scalar == "\n" {
        spans.append(start..<position)
        start = position + 1
      }
      position += 1
    }
    spans.append(start..<position)
    return spans
  }
}

extension TranscriptForm.Breach {
  var message: String {
    switch self {
    case .notNFC:
      "the transcript is not in NFC; normalise it, then count the spans again"
    case .blankLine(let line):
      "line \(line) of the transcript is blank; remove it"
    case .spaceAtEnd(let line):
      "line \(line) of the transcript has white space at an end; remove it"
    case .spaceRun(let line):
      "line \(line) of the transcript has two spaces in a row; leave one"
    case .unwritten(let scalar, let line):
      "line \(line) of the transcript holds U+\(scalar.hexadecimal), which is not written text; "
        + "remove it, or use a plain space"
    }
  }
}

extension String {
  /// Scalar by scalar: Swift's `==` finds canonically equivalent texts equal.
  var isNFC: Bool {
    utf8.allSatisfy { $0 < 0x80 }
      || unicodeScalars.elementsEqual(precomposedStringWithCanonicalMapping.unicodeScalars)
  }
}

extension Unicode.Scalar {
  fileprivate var isUnwritten: Bool {
    guard !isASCII else { return value < 0x20 || value == 0x7f }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .unassigned:
      return true
    default:
      return false
    }
  }

  fileprivate var hexadecimal: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
