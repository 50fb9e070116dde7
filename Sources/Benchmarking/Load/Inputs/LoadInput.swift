/// What the requests of a report's row ask: prompts of a length, or pages of a type.
public protocol LoadInput: Sendable {
  /// Tokens of a prompt, or of a page's image; the middle where they differ. Names the row.
  var inputLength: Int { get }
  /// Tokens to generate; nil where a page ends by itself.
  var outputLength: Int? { get }
  /// A workload or a document type; nil for prompts of one length.
  var name: String? { get }

  /// The same for the same index, whatever was asked before.
  func request(_ index: Int) -> LoadRequest
}

extension LoadInput {
  public func requests(_ indices: Range<Int>) -> [LoadRequest] { indices.map(request) }
}
