import OCRInference

/// The text that truly stands on a strip, and where.
public struct StripLabel: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Whole characters of one line, and nothing else of the truth.
    case text
    /// Ink that is none of the truth's: a stamp, a logo, a speck.
    case blank
    /// A character is shown in part, or one that belongs to another strip.
    case cut
    /// Characters of two lines, one above the other.
    case merged
  }

  public let kind: Kind
  /// NFC; one space where the transcript has white space or another run begins. Of a strip that is cut, what is whole.
  public let text: String
  /// In pixels of the strip, a pair for each code point of the text: where its advance begins and ends.
  public let extents: [Int]

  init(
    _ strip: Strip, index: Int, sights: [Sight], characters: [TruthCharacter],
    fates: [CharacterFate]
  ) {
    let view = strip.view
    let own = sights.filter { fates[$0.character] == .whole(strip: index) }
      .map { Place($0, characters[$0.character], view, width: strip.image.width) }
      .sorted { ($0.middle, $0.character.offset) < ($1.middle, $1.character.offset) }
    let isCut = sights.contains { fates[$0.character] == .cut(strip: index) }
    let hasStranger = sights.contains { sight in
      sight.isConspicuous && fates[sight.character] != .whole(strip: index)
    }
    if Self.isStacked(own.map(\.character)) {
      kind = .merged
    } else if isCut || hasStranger || Self.isPartOfUnplaced(own.map(\.character), characters) {
      kind = .cut
    } else if own.isEmpty {
      // A sliver of a letter is not what a stamp looks like.
      kind = sights.contains { $0.across * $0.down > 0.05 } ? .cut : .blank
    } else {
      kind = .text
    }
    var scalars = String.UnicodeScalarView()
    var extents: [Int] = []
    for (position, place) in own.enumerated() {
      if position > 0, place.isApart(from: own[position - 1]) {
        scalars.append(" ")
        let start = own[position - 1].right
        extents += [start, max(start, place.left)]
      }
      scalars.append(place.character.scalar)
      extents += [place.left, place.right]
    }
    text = String(scalars)
    self.extents = extents
  }

  /// Whether a line whose characters' places are not known is shown in part: which part, nobody can say.
  private static func isPartOfUnplaced(
    _ own: [TruthCharacter], _ all: [TruthCharacter]
  ) -> Bool {
    let shown = own.filter { !$0.isPlaced }
    let lines = Set(shown.map(\.line))
    return !lines.isEmpty && shown.count < all.count { lines.contains($0.line) }
  }

  /// Whether characters of two lines share columns.
  private static func isStacked(_ characters: [TruthCharacter]) -> Bool {
    var reach: [Int: Double] = [:]
    for character in characters.sorted(by: { $0.ink.left < $1.ink.left }) {
      let margin = 0.3 * character.ink.width
      for (line, right) in reach where line != character.line {
        if right > character.ink.left + margin { return true }
      }
      reach[character.line] = max(reach[character.line] ?? -.infinity, character.ink.right)
    }
    return false
  }
}

/// A character on its strip.
private struct Place {
  let character: TruthCharacter
  let left, right: Int
  let middle: Double

  init(_ sight: Sight, _ character: TruthCharacter, _ view: StripView, width: Int) {
    func x(_ x: Double) -> Int {
      min(max(0, Int(view.x(x, through: sight.source).rounded())), width)
    }
    self.character = character
    left = x(character.cell.left)
    right = x(character.cell.right)
    middle = view.x(character.cell.middleX, through: sight.source)
  }

  func isApart(from previous: Place) -> Bool {
    character.run != previous.character.run || character.word != previous.character.word
  }
}
