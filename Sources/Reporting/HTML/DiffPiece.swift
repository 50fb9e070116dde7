import Scoring

/// A stretch of a page's diff as the template shows it: the same on both sides, missed by the
/// model, added by it, or both at once where it read one thing for another.
struct DiffPiece {
  var same: String?
  var missed: String?
  var added: String?
  var isSubstitution = false
  /// Said in place of text that is left out for length.
  var gap: String?

  /// A run of right text longer than this is shown by its ends.
  private static let longestSame = 600
  private static let endsShown = 200
  /// Characters of one page after which the rest is left out.
  private static let longestPage = 8000

  static func pieces(truth: String, reading: String, language: Language) -> [DiffPiece] {
    var pieces: [DiffPiece] = []
    var shown = 0
    for segment in diff(truth: truth, reading: reading) {
      let left = longestPage - shown
      guard left > 0 else {
        pieces.append(DiffPiece(gap: "[… \(language(.cutShort))]"))
        break
      }
      switch segment.kind {
      case .equal where segment.truth.count > longestSame:
        let hidden = segment.truth.count - 2 * endsShown
        pieces += [
          DiffPiece(same: String(segment.truth.prefix(endsShown))),
          DiffPiece(gap: "[… \(language.characters(hidden)) …]"),
          DiffPiece(same: String(segment.truth.suffix(endsShown))),
        ]
        shown += 2 * endsShown
        continue
      case .equal: pieces.append(DiffPiece(same: segment.truth))
      case .deleted: pieces.append(DiffPiece(missed: visible(segment.truth.prefix(left))))
      case .inserted: pieces.append(DiffPiece(added: visible(segment.reading.prefix(left))))
      case .substituted:
        pieces.append(
          DiffPiece(
            missed: visible(segment.truth.prefix(left), keepsLines: false),
            added: visible(segment.reading.prefix(left), keepsLines: false), isSubstitution: true))
      }
      shown += max(segment.truth.count, segment.reading.count)
    }
    return pieces
  }

  /// White space that was misread needs a sign: nobody sees a blank struck out.
  private static func visible(_ text: Substring, keepsLines: Bool = true) -> String {
    let isBlank = text.allSatisfy { $0 == " " }
    return text.map { character in
      switch character {
      case "\n": keepsLines ? "↵\n" : "↵"
      case " " where isBlank: "␣"
      default: String(character)
      }
    }.joined()
  }
}
