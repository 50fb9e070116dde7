import Boundary
import Foundation
import OCRInference

/// The file of strips that a line model is trained on (docs/lines-file.md).
///
/// ```
/// "medbench-lines-1\n"  u32 n  n bytes of JSON: the header
/// u32 jsonBytes  u32 pixelBytes  JSON  pixels   ... until the end of the file
/// ```
public struct LinesFile: ~Copyable {
  public static let magic = "medbench-lines-1\n"

  /// What the strips are and how they came to be.
  public struct Header: Codable, Sendable, Equatable {
    public var stripHeight: Int
    public var inkHeight: Int
    public var gap: Double
    public var maxWidth: Int
    public var seed: UInt64
    public var recipe: Recipe

    enum CodingKeys: String, CodingKey {
      case stripHeight = "strip_height"
      case inkHeight = "ink_height"
      case gap
      case maxWidth = "max_width"
      case seed, recipe
    }

    public init(_ run: LinesRun) {
      let config = run.settings.config
      stripHeight = config.stripHeight
      inkHeight = config.inkHeight
      gap = config.gap
      maxWidth = config.maxWidth
      seed = run.seed
      recipe = Recipe(run)
    }
  }

  /// Enough to make the file again.
  public struct Recipe: Codable, Sendable, Equatable {
    public var medbenchVersion: String
    /// SHA-256 over the dataset's JSONL.
    public var dataset: String
    public var documents: [String: Int]
    public var pages: Int
    public var dpi: String
    public var degradations: [String]

    enum CodingKeys: String, CodingKey {
      case medbenchVersion = "medbench"
      case dataset, documents, pages, dpi, degradations
    }

    init(_ run: LinesRun) {
      medbenchVersion = Run.medbenchVersion
      dataset = run.dataset.contentHash
      documents = Dictionary(grouping: run.documents, by: \.type.rawValue).mapValues(\.count)
      pages = run.pageCount
      switch run.conditions {
      case .all(let dpis, let degradations):
        dpi = dpis.map(String.init).joined(separator: ",")
        self.degradations = degradations.map(\.rawValue)
      case .drawn(let dpis, let degradations):
        dpi = "\(dpis.lowerBound)..\(dpis.upperBound)"
        self.degradations = degradations.map(\.rawValue)
      }
    }
  }

  /// What is known of a strip beside its pixels.
  public struct Record: Codable, Sendable, Equatable {
    public var page: String
    public var dpi: Int
    public var degradation: String
    public var strip: Int
    public var width: Int
    public var height: Int
    public var text: String
    public var extents: [Int]
  }

  private var stream: AtomicFileStream
  private let encoder: JSONEncoder
  public private(set) var strips = 0

  /// Begins the file beside `path`; it takes that name in `finish`.
  public init(path: String, header: Header) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let header = try encoder.encode(header)
    var stream = try AtomicFileStream(path: path)
    try stream.write(Array(Self.magic.utf8))
    try stream.write(Self.littleEndian(header.count))
    try stream.write(Array(header))
    self.encoder = encoder
    self.stream = stream
  }

  /// Adds the strips whose text is not in doubt.
  public mutating func add(_ page: LinedDocumentPage) throws {
    for (index, (strip, label)) in zip(page.strips, page.truth.labels).enumerated() {
      guard label.kind == .text || label.kind == .blank else { continue }
      let record = Record(
        page: page.id, dpi: page.condition.dpi, degradation: page.condition.degradation.rawValue,
        strip: index, width: strip.image.width, height: strip.image.height, text: label.text,
        extents: label.extents)
      let json = try encoder.encode(record)
      try stream.write(Self.littleEndian(json.count))
      try stream.write(Self.littleEndian(strip.image.samples.count))
      try stream.write(Array(json))
      try stream.write(strip.image.samples)
      strips += 1
    }
  }

  /// The file is whole and takes its name.
  public consuming func finish() throws { try stream.finish() }

  private static func littleEndian(_ value: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(value).littleEndian, Array.init)
  }
}
