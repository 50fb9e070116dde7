import OCRInference
import PageImaging

/// What became of a character of the truth between the page and the strips that a model reads.
public enum CharacterFate: Sendable, Equatable {
  /// A strip shows it whole.
  case whole(strip: Int)
  /// A strip shows a part of it, or its ink was taken for something else in part.
  case cut(strip: Int)
  /// No strip shows it, or its ink was taken off the page.
  case missed
}

/// What truly stands on the strips that the line finder cut from a page.
public struct StripTruth: Sendable {
  /// On the level page, in pixels of it.
  public let characters: [TruthCharacter]
  /// One for each character.
  public let fates: [CharacterFate]
  /// One for each strip.
  public let labels: [StripLabel]

  /// - Parameters:
  ///   - characters: as they stand on the master, in the order of the transcript.
  ///   - place: from a place on the master to one on the level page.
  public init(
    _ characters: [TruthCharacter], strips: [Strip], level page: PageImage,
    place: (Double, Double) -> (x: Double, y: Double)
  ) {
    let placed = characters.map { $0.placed(by: place) }
    let views = strips.map(\.view)
    let isLost = Faintness(placed, page)
    var seen = [[Sight]](repeating: [], count: strips.count)
    var fates: [CharacterFate] = []
    for (index, character) in placed.enumerated() {
      let sights = views.enumerated().compactMap { strip, view in
        Sight(of: character, index: index, in: view, strip: strip)
      }
      for sight in sights { seen[sight.strip].append(sight) }
      guard
        let best = sights.filter(\.isMoreThanSliver)
          .min(by: { $0.isBetter(than: $1) })
      else {
        fates.append(.missed)
        continue
      }
      switch isLost.share(index) {
      case ..<0.12: fates.append(.missed)
      case ..<0.4: fates.append(.cut(strip: best.strip))
      default: fates.append(best.isWhole ? .whole(strip: best.strip) : .cut(strip: best.strip))
      }
    }
    self.characters = placed
    self.fates = fates
    labels = strips.indices.map { strip in
      StripLabel(strips[strip], index: strip, sights: seen[strip], characters: placed, fates: fates)
    }
  }
}

extension TruthCharacter {
  fileprivate func placed(by place: (Double, Double) -> (x: Double, y: Double)) -> TruthCharacter {
    var character = self
    character.cell = cell.placed(by: place)
    character.ink = ink.placed(by: place)
    character.runMiddle = character.cell.middleY
    // Ink takes the area that the page has.
    let area = ink.width * ink.height
    if area > 0 { character.darkness *= character.ink.width * character.ink.height / area }
    return character
  }
}

/// How much of its ink each character still has on the page that strips are cut from: rules and seals were taken
/// off there, and strokes that look like them.
private struct Faintness {
  private let shares: [Double]

  init(_ characters: [TruthCharacter], _ page: PageImage) {
    let found = characters.map { character in
      character.darkness > 0 ? Self.darkness(of: character.ink, page) / character.darkness : 1
    }
    // Pale print, blur and the fax's threshold change all characters alike.
    let measured = zip(found, characters).filter { $0.1.darkness > 0 }.map(\.0).sorted()
    let usual = measured.isEmpty ? 1 : max(0.1, measured[measured.count / 2])
    shares = zip(found, characters).map { $0.1.darkness > 0 ? $0.0 / usual : 1 }
  }

  func share(_ character: Int) -> Double { shares[character] }

  private static func darkness(of ink: Extent, _ page: PageImage) -> Double {
    // Blurred ink has left its own pixels for the next ones.
    let columns = (Int(ink.left) - 1..<Int(ink.right.rounded(.up)) + 1).clamped(to: 0..<page.width)
    let rows = (Int(ink.top) - 1..<Int(ink.bottom.rounded(.up)) + 1).clamped(to: 0..<page.height)
    return page.samples.withUnsafeBufferPointer { levels in
      var sum = 0
      for y in rows {
        for x in columns { sum += 255 - Int(levels[y * page.width + x]) }
      }
      return Double(sum) / 255
    }
  }
}

/// How much of a character a strip shows.
struct Sight {
  let character: Int
  let strip: Int
  /// Through which of the strip's sources.
  let source: StripView.Source
  /// Shares of its ink's width and height that are shown.
  let across, down: Double
  let isWhole: Bool
  /// From its run's middle to the phrase's, in rows: which of two lines it is of.
  let distance: Double

  /// Nil where nothing of it is shown.
  init?(of character: TruthCharacter, index: Int, in view: StripView, strip: Int) {
    let ink = character.ink
    guard let first = view.sources.first, let last = view.sources.last,
      Double(last.shown.right) > ink.left, Double(first.shown.left) < ink.right
    else { return nil }
    var best: (overlap: Double, source: StripView.Source)?
    var held = 0.0
    for source in view.sources {
      let shown = source.shown
      let overlap = min(Double(shown.right), ink.right) - max(Double(shown.left), ink.left)
      held += max(0, overlap)
      if overlap > (best?.overlap ?? 0) { best = (overlap, source) }
    }
    guard let source = best?.source else { return nil }
    let shown = source.shown
    let rows = min(Double(shown.bottom), ink.bottom) - max(Double(shown.top), ink.top)
    guard rows > 0 else { return nil }
    // Between two sources is paper, so a syllable that two of them hold in parts is whole; but a letter that was
    // dropped between them is not there.
    let columns =
      min(Double(last.shown.right), ink.right) - max(Double(first.shown.left), ink.left)
    self.character = index
    self.strip = strip
    self.source = source
    across = held / ink.width
    down = rows / ink.height
    isWhole =
      Self.isWhole(columns, of: ink.width) && Self.isWhole(rows, of: ink.height) && across >= 0.5
    distance = abs(character.runMiddle - Double(source.phrase.top + source.phrase.bottom) / 2)
  }

  /// A descender of the line above, or the edge of a letter of the next strip, is nothing to read.
  var isMoreThanSliver: Bool { across >= 0.2 && down >= 0.2 }
  /// Enough to be read as a letter of this strip, whichever it is of.
  var isConspicuous: Bool { across >= 0.5 && down >= 0.5 }

  func isBetter(than other: Sight) -> Bool {
    let (own, others) = ((across * down * 10).rounded(), (other.across * other.down * 10).rounded())
    return own == others ? distance < other.distance : own > others
  }

  /// Within 15 %, or the pixel that an edge is uncertain by.
  private static func isWhole(_ shown: Double, of length: Double) -> Bool {
    length - shown <= max(0.15 * length, min(1, length / 2))
  }
}
