import Boundary
import Datasets
import Foundation
import PageImaging

/// Twins in a directory, so that anyone can look at them: a dataset a kind (`counterfactual/` holds
/// `truth.jsonl` and the pages), and `twins.json`, which says what was changed where.
public struct TwinFolder {
  private let staging: StagedDirectory
  private var documents: [ProbeKind: [DatasetDocument]] = [:]
  private var entries: [Entry] = []
  private var written: Set<String> = []

  private struct Entry: Encodable {
    var twin: String
    var kind: ProbeKind
    var original: String
    var page: Int
    var image: String
    var edits: [TwinEdit]
  }

  private struct Index: Encodable {
    var schemaVersion = 1
    var twins: [Entry]

    enum CodingKeys: String, CodingKey {
      case schemaVersion = "schema_version"
      case twins
    }
  }

  /// - Parameter directory: new or empty.
  /// - Throws: `GenerationError`.
  public init(_ directory: String) throws {
    staging = try StagedDirectory(for: directory, permissions: 0o700)
  }

  /// Writes a twin's picture; one that is there already is passed over.
  public mutating func add(_ twin: Twin) throws {
    var document = twin.document
    guard written.insert(document.id).inserted else { return }
    let folder = twin.kind.rawValue
    if documents[twin.kind] == nil { try staging.makeDirectory(folder) }
    let bytes = try twin.image.pngData()
    document.pages[0].sha256 = Checksum.sha256(of: bytes)
    let image = document.pages[0].image
    try AtomicFile.write(bytes, to: staging.path(folder + "/" + image), permissions: 0o600)
    documents[twin.kind, default: []].append(document)
    entries.append(
      Entry(
        twin: document.id, kind: twin.kind, original: twin.originalID, page: twin.originalPage + 1,
        image: folder + "/" + image, edits: twin.edits))
  }

  /// The directory takes its name, whole.
  public func publish() throws {
    for (kind, documents) in documents {
      try AtomicFile.write(
        DatasetGenerator.jsonLines(documents), to: staging.path(kind.rawValue + "/truth.jsonl"),
        permissions: 0o600)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(
      try encoder.encode(Index(twins: entries)) + Data("\n".utf8), to: staging.path("twins.json"),
      permissions: 0o600)
    try staging.publish()
  }

  /// Leaves nothing behind.
  public func discard() { staging.discard() }
}
