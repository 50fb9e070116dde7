import Pipeline
import Scoring

/// A stretch of a page's diff as the template shows it: the same on both sides, missed by the
/// model, added by it, or both at once where it read one thing for another.
struct DiffPiece {
  var same: [ReadRun] = []
  var missed: String?
  var added: [ReadRun] = []
  var hasAdded = false
  var isSubstitution = false
  /// Said in place of text that is left out for length.
  var gap: String?

  /// A run of right text longer than this is shown by its ends.
  private static let longestSame = 600
  private static let endsShown = 200
  /// Characters of one page after which the rest is left out.
  private static let longestPage = 8000

  static func pieces(of page: PageRecord, language: Language) -> [DiffPiece] {
    var pieces: [DiffPiece] = []
    var shown = 0
    for stretch in page.confidentDiff {
      let left = longestPage - shown
      guard left > 0 else {
        pieces.append(DiffPiece(gap: "[… \(language(.cutShort))]"))
        break
      }
      let reading = stretch.reading.prefix(left)
      switch stretch.kind {
      case .equal where stretch.reading.count > longestSame:
        let hidden = stretch.reading.count - 2 * endsShown
        pieces += [
          DiffPiece(same: ReadRun.runs(stretch.reading.prefix(endsShown), language)),
          DiffPiece(gap: "[… \(language.characters(hidden)) …]"),
          DiffPiece(same: ReadRun.runs(stretch.reading.suffix(endsShown), language)),
        ]
        shown += 2 * endsShown
        continue
      case .equal:
        pieces.append(DiffPiece(same: ReadRun.runs(stretch.reading[...], language)))
      case .deleted:
        pieces.append(DiffPiece(missed: visible(stretch.truth.prefix(left))))
      case .inserted:
        pieces.append(DiffPiece(added: ReadRun.runs(reading, language), hasAdded: true))
      case .substituted:
        pieces.append(
          DiffPiece(
            missed: visible(stretch.truth.prefix(left), keepsLines: false),
            added: ReadRun.runs(reading, language, keepsLines: false), hasAdded: true,
            isSubstitution: true))
      }
      shown += max(stretch.truth.count, stretch.reading.count)
    }
    return pieces
  }

  private static func visible(_ text: Substring, keepsLines: Bool = true) -> String {
    let isBlank = text.allSatisfy { $0 == " " }
    return text.map {
      ReadRun.visible($0, isBlank: isBlank, keepsLines: keepsLines)
    }.joined()
  }
}

/// Characters of a reading that are drawn alike. (Names no enclosing context has: where a value is nil, Mustache looks for
/// the name further out.)
struct ReadRun {
  var runText: String
  /// The style's name; nil for what needs no mark.
  var runStep: String?
  /// `confidence 0.43`
  var runTitle: String?

  /// - Parameter keepsLines: whether a line feed that is shown by a sign breaks the line as well.
  static func runs(
    _ characters: ArraySlice<ReadCharacter>, _ language: Language, keepsLines: Bool = true
  ) -> [ReadRun] {
    let isBlank = characters.allSatisfy { $0.text == " " }
    var runs: [ReadRun] = []
    for character in characters {
      let step = character.step.flatMap { $0 == .sure && !character.isWrong ? nil : $0 }
      let title = step.flatMap { _ in character.confidence }.map {
        language.confidence($0, isWrong: character.isWrong)
      }
      // A mark about a blank alone needs the sign as well.
      let isBare = isBlank || step == .sure
      let text =
        character.isWrong
        ? visible(character.text, isBlank: isBare, keepsLines: keepsLines)
        : String(character.text)
      if let last = runs.last, last.runStep == step?.rawValue, last.runTitle == title {
        runs[runs.count - 1].runText += text
      } else {
        runs.append(ReadRun(runText: text, runStep: step?.rawValue, runTitle: title))
      }
    }
    return runs
  }

  /// White space that was misread needs a sign: nobody sees a blank struck out.
  static func visible(_ character: Character, isBlank: Bool, keepsLines: Bool) -> String {
    switch character {
    case "\n": keepsLines ? "↵\n" : "↵"
    case " " where isBlank: "␣"
    default: String(character)
    }
  }
}
