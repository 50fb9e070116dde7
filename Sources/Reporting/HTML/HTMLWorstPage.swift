import Pipeline
import Scoring

/// A page worth looking at: its picture, and what was read beside what is true.
struct HTMLWorstPage {
  var rank: String
  var pageAnchor: String
  var id: String
  var rate: String
  var edits: String
  var shot: PageShot?
  var pictureNote: String
  var shotLabel: String
  var pieces: [DiffPiece]
  var hasFields: Bool
  var fields: [MisreadField]

  struct MisreadField {
    var name: String
    var expected: String
    var predicted: String
    var judgement: String
  }

  /// At most this many misread fields are listed.
  static let fieldsShown = 40

  init(
    _ page: PageRecord, rank: Int, anchor: String, group: GroupRecord, record: RunRecord,
    language: Language,
    pictures: PagePictures
  ) {
    self.rank = "\(rank)"
    pageAnchor = anchor
    id = page.id
    rate = page.score.characters.rate.map { "CER " + Figures.rate($0) } ?? language(.blankReference)
    edits = language.edits(page.score.characters)
    shotLabel = "\(language(.pagePicture)) \(page.id)"
    switch pictures[page.pictureName(dpi: group.dpi)] {
    case .embedded(let embedded):
      shot = embedded
      pictureNote = ""
    case .leftOut: pictureNote = language(.pictureLeftOut)
    case .missing: pictureNote = language(.noPicture)
    }
    pieces = DiffPiece.pieces(of: page, language: language)
    fields = page.score.fields.filter { $0.judgement != .correct }.prefix(Self.fieldsShown).map {
      MisreadField(
        name: language.fieldName($0.name, row: $0.row, of: group.type, in: record),
        expected: Self.shortened($0.expected), predicted: Self.shortened($0.predicted),
        judgement: $0.judgement.rawValue)
    }
    hasFields = !fields.isEmpty
  }

  /// A value, cut to what a table cell can hold; a dash for none.
  private static func shortened(_ value: String?) -> String {
    guard let value else { return "–" }
    return value.count > 240 ? value.prefix(240) + "…" : value
  }
}
