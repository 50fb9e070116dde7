import Boundary
import DocProfiles
import Foundation
import PageImaging

/// Documents with their truth, read from a directory of PNGs and JSONL (docs/datasets.md).
public struct Dataset: Sendable {
  public let directory: URL
  /// In the order of the files' names, then of their lines. Ids are unique.
  public let documents: [DatasetDocument]
  /// SHA-256 over the JSONL files in order, in hexadecimal: what `cat *.jsonl | sha256sum` prints.
  public let contentHash: String

  private let root: DatasetDirectory
  private let places: [String: (file: String, line: Int)]

  /// Reads every `*.jsonl` in the directory's root, in the order of the names' bytes.
  ///
  /// Everything is checked but the pictures, which `pageBytes` checks as they are needed, and the
  /// profiles' view, which `DatasetValidation` takes.
  public init(directory: URL) throws(DatasetError) {
    let root = try DatasetDirectory(directory.relativePath)
    let scan = try DatasetScan(root, stopsAtFirst: true)
    if let defect = scan.defects.first { throw DatasetError(defect) }
    self.directory = directory
    self.root = root
    documents = scan.entries.map(\.document)
    contentHash = scan.contentHash
    places = Dictionary(
      uniqueKeysWithValues: scan.entries.map { ($0.document.id, ($0.file, $0.line)) })
  }

  public func documents(of type: DocumentType) -> [DatasetDocument] {
    documents.filter { $0.type == type }
  }

  /// The types that have a document, in order of their first.
  public var types: [DocumentType] {
    var types: [DocumentType] = []
    for document in documents where !types.contains(document.type) { types.append(document.type) }
    return types
  }

  /// Where a page's PNG lies, symbolic links followed: a file inside the directory.
  /// `page` is an index into the document's pages.
  public func pageURL(_ document: DatasetDocument, page: Int) throws(DatasetError) -> URL {
    do {
      return URL(fileURLWithPath: try root.file(document.pages[page].image), isDirectory: false)
    } catch {
      throw failure(document, page, error.message)
    }
  }

  /// A page's PNG, not yet decoded, with the checksum that the truth names.
  public func pageBytes(_ document: DatasetDocument, page: Int) throws(DatasetError) -> [UInt8] {
    do {
      return try root.pageBytes(document.pages[page])
    } catch {
      throw failure(document, page, error.message)
    }
  }

  /// The PNG's relative path, for messages of whoever decodes it.
  public func pageName(_ document: DatasetDocument, page: Int) -> String {
    root.name + "/" + document.pages[page].image
  }

  func failure(_ document: DatasetDocument, _ page: Int, _ message: String) -> DatasetError {
    let place = places[document.id]
    return DatasetError(
      DatasetDefect(
        file: place?.file ?? root.name, line: place?.line, document: document.id,
        message: "pages[\(page)].image: \(message)"))
  }
}

extension DatasetDirectory {
  func pageBytes(_ page: PageTruth) throws(Refusal) -> [UInt8] {
    let bytes = try bytes(of: page.image, limit: PNGLimits.default.fileBytes)
    if let sha256 = page.sha256, Checksum.sha256(of: bytes) != sha256 {
      throw Refusal(
        "\(page.image.onOneLine): the checksum is not the one in \"sha256\"; "
          + "restore the file, or take its sha256sum if the change was meant")
    }
    return bytes
  }
}
