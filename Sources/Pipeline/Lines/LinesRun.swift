import Datasets
import DocProfiles
import OCRInference
import PageImaging

/// Every page of a dataset, cut into strips under each of its conditions.
public struct LinesRun: Sendable {
  public let dataset: Dataset
  public let documents: [DatasetDocument]
  public let conditions: PageConditions
  public let seed: UInt64
  public let settings: LineSettings
  /// In place of what the pages' pHYs say.
  public let sourceDPI: Double?

  /// - Parameters:
  ///   - types: all of the dataset's where it is empty.
  ///   - limit: documents of each type; nil for all.
  /// - Throws: `LinesError` where a document does not say where its characters stand, or none is left.
  public init(
    dataset: Dataset, types: [DocumentType] = [], limit: Int? = nil, conditions: PageConditions,
    seed: UInt64, settings: LineSettings = LineSettings(), sourceDPI: Double? = nil
  ) throws(LinesError) {
    for type in types where !dataset.types.contains(type) { throw .noDocuments(type) }
    documents = (types.isEmpty ? dataset.types : types)
      .flatMap { dataset.documents(of: $0).prefix(limit ?? .max) }
    for document in documents {
      let lines = document.pages.flatMap(\.lines)
      guard lines.allSatisfy({ $0.runs != nil || $0.box != nil || $0.start == $0.end }) else {
        throw .noExtents(document: document.id)
      }
    }
    self.dataset = dataset
    self.conditions = conditions
    self.seed = seed
    self.settings = settings
    self.sourceDPI = sourceDPI
  }

  public var pageCount: Int { documents.reduce(0) { $0 + $1.pages.count } }

  /// Cuts every page, `workers` at once, and hands each on in the order of the dataset.
  ///
  /// - Parameter take: gets a page under all of its conditions.
  /// - Throws: `CancellationError`, what reading a page throws, and what `take` throws.
  public func run(
    workers: Int, take: (DocumentType, [LinedDocumentPage]) throws -> Void
  ) async throws {
    let pages = documents.flatMap { document in document.pages.indices.map { (document, $0) } }
    try await withThrowingTaskGroup(of: (Int, [LinedDocumentPage]).self) { group in
      var begun = 0
      func begin() {
        guard begun < pages.count else { return }
        let (index, (document, page)) = (begun, pages[begun])
        begun += 1
        group.addTask {
          try Task.checkCancellation()
          return (index, try linedPages(of: document, page: page))
        }
      }
      // Finished pages wait for their turn; a slow one must not let them fill the memory.
      for _ in 0..<workers { begin() }
      var waiting: [Int: [LinedDocumentPage]] = [:]
      var next = 0
      while let (index, lined) = try await group.next() {
        try Task.checkCancellation()
        waiting[index] = lined
        while let lined = waiting.removeValue(forKey: next) {
          try take(pages[next].0.type, lined)
          next += 1
        }
        while begun < pages.count, begun - next < 4 * workers,
          begun - next - waiting.count < workers
        {
          begin()
        }
      }
    }
  }

  /// One page under each of its conditions.
  public func linedPages(
    of document: DatasetDocument, page index: Int
  ) throws -> [LinedDocumentPage] {
    let id = PageReading.id(document, page: index)
    return try linedPages(
      of: document, page: index, under: conditions.conditions(pageID: id, seed: seed))
  }

  /// A page of a summary once more.
  public func linedPage(_ page: LossSummary.WorstPage) throws -> LinedDocumentPage {
    for document in documents {
      for index in document.pages.indices where PageReading.id(document, page: index) == page.id {
        return try linedPages(of: document, page: index, under: [page.condition])[0]
      }
    }
    preconditionFailure("a page of another run: \(page.id)")
  }

  /// One page under the conditions given.
  private func linedPages(
    of document: DatasetDocument, page index: Int, under conditions: [PageCondition]
  ) throws -> [LinedDocumentPage] {
    let truth = document.pages[index]
    let name = dataset.pageName(document, page: index)
    let master = try PageImage(
      png: try dataset.pageBytes(document, page: index), name: name, sourceDPI: sourceDPI)
    guard let characters = TruthCharacter.all(of: truth, on: master) else {
      throw LinesError.noExtents(document: document.id)
    }
    return try conditions.map { condition in
      do {
        return try LinedDocumentPage(
          id: PageReading.id(document, page: index), truth, master: master,
          characters: characters, condition: condition, seed: seed, settings: settings)
      } catch let error as ResamplingError {
        throw PageLoadingError.resampling(path: name, error)
      }
    }
  }
}

/// Why lines could not be taken from a dataset.
public enum LinesError: Error, Sendable, Equatable, CustomStringConvertible {
  case noExtents(document: String)
  case noDocuments(DocumentType)

  public var description: String {
    switch self {
    case .noExtents(let document):
      "document \(document) does not say where its lines stand (\"box\" or \"runs\" of its lines): "
        + "mark them, or generate the dataset with --extents"
    case .noDocuments(let type):
      "the dataset has no document of type \(type); `medbench dataset stats` lists its types"
    }
  }
}
