/// The words that the comparable word error rate counts: UAX #29 segments of NFC text, without
/// those made only of marks, punctuation, separators, symbols, control and format characters
/// (dinglehopper's rule, `word_error_rate.py`).
///
/// `BE -3.5` and `BE 3.5` have the same words here, so no verdict may rest on them.
public func comparableWords(_ text: String) -> [String] {
  wordSegments(text.composed).filter { !$0.allSatisfy(\.isNoWord) }.map { String($0) }
}

/// The words of the clinical rate: those above, of text after the medicine-safe normalisation,
/// and each of `- + < > ≤ ≥ ± % ° / × ^` as a word of its own. The minus sign U+2212 is written
/// `-`. A decimal number is one word: `3.5` by UAX #29, and `.5` because the point before a digit
/// belongs to it (`5 mg` is not `.5 mg`).
public func clinicalWords(_ text: String) -> [String] {
  var words: [String] = []
  var point = false
  for segment in wordSegments(medicineSafe(text)) {
    let first = segment.first!
    let isNumber = ("0"..."9").contains(first)
    if point, isNumber {
      words.append("." + String(segment))
    } else if clinicalSymbols.contains(first) {
      words.append(first == "\u{2212}" ? "-" : String(segment))
    } else if !segment.allSatisfy(\.isNoWord) {
      words.append(String(segment))
    }
    point = first == "."
  }
  return words
}

private let clinicalSymbols: Set<Unicode.Scalar> = [
  "-", "\u{2212}", "+", "<", ">", "≤", "≥", "±", "%", "°", "/", "×", "^",
]

/// Counts of an alignment of words.
func wordCounts(_ reference: [String], _ reading: [String]) -> EditCounts {
  var codes: [String: UInt32] = [:]
  func coded(_ words: [String]) -> [UInt32] {
    words.map { word in
      let next = UInt32(codes.count)
      if let known = codes[word] { return known }
      codes[word] = next
      return next
    }
  }
  return EditAlignment(reference: coded(reference), reading: coded(reading)).counts
}

extension Unicode.Scalar {
  /// General category M, P, Z, S, Cc or Cf.
  fileprivate var isNoWord: Bool {
    if (0xac00...0xd7a3).contains(value) { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .connectorPunctuation, .dashPunctuation,
      .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .otherPunctuation, .spaceSeparator, .lineSeparator, .paragraphSeparator, .mathSymbol,
      .currencySymbol, .modifierSymbol, .otherSymbol, .control, .format:
      return true
    default: return false
    }
  }
}
