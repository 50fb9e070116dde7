import DocProfiles

/// One line of a dataset's JSONL: a document with its pages and what is truly on them.
public struct DatasetDocument: Codable, Sendable, Equatable {
  /// Unique in the dataset; safe in file names: letters, digits, `.`, `_`, `-`.
  public var id: String
  public var type: DocumentType
  public var pages: [PageTruth]
  public var fields: [FieldTruth]

  public init(id: String, type: DocumentType, pages: [PageTruth], fields: [FieldTruth]) {
    self.id = id
    self.type = type
    self.pages = pages
    self.fields = fields
  }
}

/// A page's picture and its transcript in reading order, one text line a line.
public struct PageTruth: Codable, Sendable, Equatable {
  /// Path of the PNG, relative to the dataset's directory.
  public var image: String
  /// Of the PNG's bytes, lower-case hexadecimal; absent in a user's own folder is allowed.
  public var sha256: String?
  /// NFC; lines separated by one line feed; no blank lines, no trailing white space.
  /// Empty for a blank page.
  public var transcript: String
  public var lines: [LineTruth]

  public init(image: String, sha256: String? = nil, transcript: String, lines: [LineTruth]) {
    self.image = image
    self.sha256 = sha256
    self.transcript = transcript
    self.lines = lines
  }
}

/// Where a line of the transcript stands on the page.
public struct LineTruth: Codable, Sendable, Equatable {
  public var start: Int
  public var end: Int
  public var box: PixelBox?
  /// From left to right; nil where nobody asked where the characters stand.
  public var runs: [RunTruth]?

  public init(start: Int, end: Int, box: PixelBox? = nil, runs: [RunTruth]? = nil) {
    self.start = start
    self.end = end
    self.box = box
    self.runs = runs
  }
}

/// A stretch of a line that is set without a gap, and where each of its characters stands.
///
/// The one space that joins two runs of a line belongs to neither.
public struct RunTruth: Codable, Sendable, Equatable {
  /// Code points of the page's transcript, as a line's.
  public var start: Int
  public var end: Int
  /// The ink of the run.
  public var box: PixelBox
  /// x in pixels of the master, never falling, one more than the run has code points: code point
  /// `start + i` has its advance from `edges[i]` to `edges[i + 1]`.
  public var edges: [Int]

  public init(start: Int, end: Int, box: PixelBox, edges: [Int]) {
    self.start = start
    self.end = end
    self.box = box
    self.edges = edges
  }
}

/// A field as written on the page: `value` is the transcript's text from `start` to `end`.
///
/// Offsets count Unicode code points of the page's transcript (what Python's `text[start:end]`
/// takes), `end` exclusive.
public struct FieldTruth: Codable, Sendable, Equatable {
  /// The profile's field key: `drug_name`.
  public var name: String
  public var value: String
  public var kind: FieldKind
  /// Row of a table, from 1; absent for a field that stands alone.
  public var row: Int?
  /// Index into the document's pages, from 0.
  public var page: Int
  public var start: Int
  public var end: Int
  public var box: PixelBox?

  public init(
    name: String, value: String, kind: FieldKind, row: Int? = nil, page: Int, start: Int, end: Int,
    box: PixelBox? = nil
  ) {
    self.name = name
    self.value = value
    self.kind = kind
    self.row = row
    self.page = page
    self.start = start
    self.end = end
    self.box = box
  }
}

/// A rectangle on the master page, in its own pixels (300 DPI as shipped); `[x, y, width, height]`
/// in JSON.
public struct PixelBox: Codable, Sendable, Hashable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    x = try list.decode(Int.self)
    y = try list.decode(Int.self)
    width = try list.decode(Int.self)
    height = try list.decode(Int.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(x)
    try list.encode(y)
    try list.encode(width)
    try list.encode(height)
  }
}

extension DocumentType {
  /// Pages of random text to train on. They have no profile: nobody is judged on them.
  public static let practice = DocumentType(rawValue: "practice")
}
