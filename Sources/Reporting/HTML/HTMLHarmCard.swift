import DocProfiles
import Pipeline
import Scoring

/// A critical error as a card: the place on the page, what it says, what was read, why it matters.
/// (Names no enclosing context has: where a value is nil, Mustache looks for the name further out.)
struct HTMLHarmCard {
  var cardSign: String
  var cardSeverity: String
  var cardTone: String
  var cardClass: String
  /// `decimal-shift`, as files and rules call it.
  var cardCode: String
  var cardPage: String
  var cardGroup: String
  var cardField: String?
  /// The line of the page it stands on, parted at the place; nil for what is not on the page.
  var cardLine: Line?
  var shot: PageShot?
  var shotNote: String
  var shotLabel: String
  /// `long` for passages, which need smaller type.
  var cardLength: String
  var truthPieces: [Piece]
  var readingPieces: [Piece]
  /// Said in place of text that is not there.
  var truthNote: String?
  var readingNote: String?
  var cardFactor: String?
  var cardReason: String
  var cardSource: String?

  struct Line {
    var lineBefore: String
    var linePlace: String
    var lineAfter: String
  }

  /// A stretch of a value, marked where the two differ.
  struct Piece {
    var pieceText: String
    var isMarked: Bool
  }

  /// Characters of a value; a passage is cut about the place where it differs.
  private static let longest = 180

  init(
    _ harm: PlacedHarm, record: RunRecord, language: Language, pictures: PagePictures
  ) {
    let group = record.groups[harm.group]
    let finding = harm.finding
    cardSign = finding.severity.sign
    cardSeverity = language.name(finding.severity)
    cardTone = finding.severity.tone
    cardClass = language.name(finding.errorClass)
    cardCode = finding.errorClass.rawValue
    cardPage = harm.page
    cardGroup = language.name(of: group, in: record)
    cardField = language.place(of: finding, in: group, of: record)
    shotLabel = "\(language(.pagePicture)) \(harm.page)"
    let page = group.page(harm.page)
    let name = page?.pictureName(dpi: group.dpi, harm: harm.index) ?? ""
    cardLine = page.flatMap { page in finding.span.flatMap { Line(of: page.reference, at: $0) } }
    (shot, shotNote) = language.shot(pictures[name], span: finding.span)
    (truthPieces, readingPieces) = Self.pieces(finding.truth, finding.reading)
    let width = [finding.truth, finding.reading].compactMap { $0.map { TerminalWidth.of($0) } }
    cardLength = (width.max() ?? 0) > 22 ? "long" : "short"
    truthNote = finding.truth == nil ? language.notOnThePage : nil
    readingNote = finding.reading == nil ? language.notRead : nil
    cardFactor = Language.factor(finding.ratio)
    cardReason = language.reason(finding, of: record)
    cardSource = record.rule(finding.rule).map(\.source)
  }

  /// The two values with their differences marked; all of a value where nothing stands beside it.
  static func pieces(_ truth: String?, _ reading: String?) -> ([Piece], [Piece]) {
    guard let truth, let reading else {
      return
        ([truth, reading].map { value in
          value.map { [Piece(pieceText: shortened($0), isMarked: true)] } ?? []
        }).pair
    }
    let segments = diff(truth: truth.onVisibleLine, reading: reading.onVisibleLine)
    // Values that share little are marked whole: scattered letters say nothing.
    let same = segments.filter { $0.kind == .equal }.reduce(0) { $0 + $1.truth.count }
    let isScattered =
      2 * same < max(truth.count, reading.count) && !truth.contains(where: \.isNumber)
    if isScattered {
      return (
        [Piece(pieceText: shortened(truth), isMarked: true)],
        [Piece(pieceText: shortened(reading), isMarked: true)]
      )
    }
    var (left, right): ([Piece], [Piece]) = ([], [])
    for segment in segments {
      let isMarked = segment.kind != .equal
      let isLong = !isMarked && segment.truth.count > 60
      let shown: String? =
        isLong ? "\(segment.truth.prefix(24)) … \(segment.truth.suffix(24))" : nil
      if !segment.truth.isEmpty {
        left.append(Piece(pieceText: shown ?? shortened(segment.truth), isMarked: isMarked))
      }
      if !segment.reading.isEmpty {
        right.append(Piece(pieceText: shown ?? shortened(segment.reading), isMarked: isMarked))
      }
    }
    return (left, right)
  }

  private static func shortened(_ text: String) -> String {
    let text = text.onVisibleLine
    return text.count > longest ? text.prefix(longest) + "…" : text
  }
}

extension HTMLHarmCard.Line {
  /// Characters before and after the place.
  private static let reach = 60

  /// nil where the span is not of this text, or takes more than its line.
  fileprivate init?(of text: String, at span: Range<Int>) {
    let scalars = Array(text.unicodeScalars)
    guard span.upperBound <= scalars.count, !span.isEmpty, !scalars[span].contains("\n") else {
      return nil
    }
    func joined(_ scalars: some Collection<Unicode.Scalar>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    let before = joined(scalars[..<span.lowerBound].reversed().prefix { $0 != "\n" }.reversed())
    let after = joined(scalars[span.upperBound...].prefix { $0 != "\n" })
    guard !before.isEmpty || !after.isEmpty else { return nil }
    lineBefore = (before.count > Self.reach ? "…" : "") + before.suffix(Self.reach)
    linePlace = joined(scalars[span])
    lineAfter = after.prefix(Self.reach) + (after.count > Self.reach ? "…" : "")
  }
}

extension String {
  /// Line feeds as blanks.
  fileprivate var onVisibleLine: String { String(map { $0.isNewline ? " " : $0 }) }
}

extension [[HTMLHarmCard.Piece]] {
  fileprivate var pair: ([HTMLHarmCard.Piece], [HTMLHarmCard.Piece]) { (self[0], self[1]) }
}

extension GroupRecord {
  func page(_ id: String) -> PageRecord? {
    documents.lazy.flatMap(\.pages).first { $0.id == id }
  }
}

extension Language {
  /// A picture, or why there is none.
  func shot(_ picture: PagePictures.Picture, span: Range<Int>?) -> (PageShot?, String) {
    switch picture {
    case .embedded(let shot): (shot, "")
    case .leftOut: (nil, self(.pictureLeftOut))
    case .missing where span == nil:
      (nil, self("쪽에 없는 내용이라 보여 줄 자리가 없습니다.", "Nothing on the page stands for it."))
    case .missing:
      (
        nil,
        self(
          "이 자리의 그림이 결과 폴더에 없습니다. 정답에 위치가 없으면 그림을 만들지 않습니다.",
          "The results directory holds no picture of this place; none is made where the truth does not "
            + "say where it stands.")
      )
    }
  }
}
