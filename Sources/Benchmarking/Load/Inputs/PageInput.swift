import DocProfiles
import OCRInference

/// Pages of one document type, in turn.
public struct PageInput: LoadInput {
  public let type: DocumentType
  public let pages: [EnginePage]
  /// Mean of the pages' image tokens.
  public let inputLength: Int
  private let tokens: [Int]

  /// - Throws: `ImageTokenError` for a page that has no tokens.
  public init(type: DocumentType, pages: [EnginePage]) throws {
    precondition(!pages.isEmpty)
    self.type = type
    self.pages = pages
    tokens = try pages.map {
      try ImageTokens(width: $0.image.width, height: $0.image.height).count
    }
    inputLength = tokens.reduce(0, +) / tokens.count
  }

  public var name: String? { type.rawValue }
  public var outputLength: Int? { nil }

  public func request(_ index: Int) -> LoadRequest {
    let page = index % pages.count
    return LoadRequest(
      id: index, input: .page(pages[page]), inputTokens: tokens[page], outputTokens: 0)
  }
}
