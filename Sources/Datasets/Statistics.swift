import Boundary
import DocProfiles
import PageImaging

/// What a dataset holds of one document type.
public struct TypeStatistics: Sendable {
  public struct FieldCount: Sendable, Equatable {
    public var name: String
    public var count: Int
    /// Of documents with at least one.
    public var documents: Int
    /// Whether the profile judges it.
    public var isCritical: Bool
  }

  public struct ImageTokens: Sendable {
    public var dpi: Int
    public var perPage: Distribution
    /// The sum over a document's pages, which the profile's range is about.
    public var perDocument: Distribution
  }

  public var type: DocumentType
  /// nil where no profile describes the type.
  public var profile: DocumentProfile?
  public var documents: Int
  public var pages: Int
  public var blankPages: Int
  /// Grapheme clusters, what CER counts; blank pages included.
  public var charactersPerPage: Distribution
  public var linesPerPage: Distribution
  /// Estimated from the transcript's characters (`TokenEstimate`).
  public var outputTokensPerDocument: Distribution
  /// The profile's fields in its order, those without a count too; then the others by name.
  public var fields: [FieldCount]
  /// A DPI each, as asked for.
  public var imageTokens: [ImageTokens]
}

/// A page's picture as its header describes it.
public struct PagePicture: Sendable, Equatable {
  public var width: Int
  public var height: Int
  public var dpi: Double

  public init(width: Int, height: Int, dpi: Double) {
    self.width = width
    self.height = height
    self.dpi = dpi
  }
}

extension Dataset {
  /// Statistics of every type in the dataset, in the profiles' order, unknown types last.
  ///
  /// - Parameters:
  ///   - dpi: the resolutions at which `imageTokens` is asked for.
  ///   - sourceDPI: the DPI of pictures, in place of what they say.
  ///   - imageTokens: the tokens of a page resampled to a DPI; an error of its becomes one that
  ///     names the page. Datasets cannot know: tokens are the model's side, which must not see the
  ///     truth.
  public func statistics(
    profiles: ProfileSet = .builtIn, dpi: [Int], sourceDPI: Double? = nil,
    imageTokens: (PagePicture, Int) throws -> Int
  ) throws(DatasetError) -> [TypeStatistics] {
    let known = profiles.types.filter(types.contains)
    var statistics: [TypeStatistics] = []
    for type in known + types.filter({ profiles[$0] == nil }) {
      let documents = documents(of: type)
      var tokens: [TypeStatistics.ImageTokens] = []
      let pictures = dpi.isEmpty ? [] : try pictures(of: documents, sourceDPI)
      for dpi in dpi {
        var perDocument: [[Int]] = []
        for (document, pictures) in zip(documents, pictures) {
          perDocument.append(try self.tokens(document, pictures, dpi, imageTokens))
        }
        tokens.append(
          TypeStatistics.ImageTokens(
            dpi: dpi, perPage: Distribution(perDocument.joined()),
            perDocument: Distribution(perDocument.map { $0.reduce(0, +) })))
      }
      statistics.append(
        TypeStatistics(documents, type, profile: profiles[type], imageTokens: tokens))
    }
    return statistics
  }

  private func pictures(
    of documents: [DatasetDocument], _ sourceDPI: Double?
  ) throws(DatasetError) -> [[PagePicture]] {
    var pictures: [[PagePicture]] = []
    for document in documents {
      var ofDocument: [PagePicture] = []
      for page in document.pages.indices {
        ofDocument.append(try picture(document, page, sourceDPI))
      }
      pictures.append(ofDocument)
    }
    return pictures
  }

  private func tokens(
    _ document: DatasetDocument, _ pictures: [PagePicture], _ dpi: Int,
    _ imageTokens: (PagePicture, Int) throws -> Int
  ) throws(DatasetError) -> [Int] {
    var tokens: [Int] = []
    for (page, picture) in pictures.enumerated() {
      do {
        tokens.append(try imageTokens(picture, dpi))
      } catch {
        throw failure(document, page, "\(document.pages[page].image.onOneLine): \(error)")
      }
    }
    return tokens
  }

  private func picture(
    _ document: DatasetDocument, _ page: Int, _ sourceDPI: Double?
  ) throws(DatasetError) -> PagePicture {
    let file = try pageURL(document, page: page)
    let header: PNGHeader
    do {
      header = try PNGHeader(pngFile: file.path)
    } catch {
      throw failure(document, page, error.description)
    }
    guard let dpi = sourceDPI ?? header.density?.x else {
      throw failure(
        document, page,
        "\(document.pages[page].image.onOneLine): does not say its DPI (no pHYs chunk); "
          + "save it with its resolution, or give --source-dpi")
    }
    return PagePicture(width: header.width, height: header.height, dpi: dpi)
  }
}

extension TypeStatistics {
  fileprivate init(
    _ documents: [DatasetDocument], _ type: DocumentType, profile: DocumentProfile?,
    imageTokens: [ImageTokens]
  ) {
    let pages = documents.flatMap(\.pages)
    self.init(
      type: type, profile: profile, documents: documents.count, pages: pages.count,
      blankPages: pages.count(where: \.transcript.isEmpty),
      charactersPerPage: Distribution(pages.map(\.transcript.count)),
      linesPerPage: Distribution(pages.map(\.lines.count)),
      outputTokensPerDocument: Distribution(
        documents.map { $0.pages.reduce(0) { $0 + TokenEstimate.tokens(of: $1.transcript) } }),
      fields: Self.fieldCounts(documents, profile), imageTokens: imageTokens)
  }

  private static func fieldCounts(
    _ documents: [DatasetDocument], _ profile: DocumentProfile?
  ) -> [FieldCount] {
    var counts: [String: Int] = [:]
    var holders: [String: Int] = [:]
    for document in documents {
      for field in document.fields { counts[field.name, default: 0] += 1 }
      for name in Set(document.fields.map(\.name)) { holders[name, default: 0] += 1 }
    }
    let critical = profile?.criticalFields.map(\.key) ?? []
    let others = counts.keys.filter { !critical.contains($0) }.sorted()
    return (critical + others).map { name in
      FieldCount(
        name: name, count: counts[name] ?? 0, documents: holders[name] ?? 0,
        isCritical: critical.contains(name))
    }
  }
}
