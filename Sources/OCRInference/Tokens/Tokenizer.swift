import Boundary

/// Text to token ids and back, as a checkpoint's `tokenizer.json` (Hugging Face tokenizers) says.
///
/// Byte-pair encoding with the parts that the published Qwen2, Llama and GPT-NeoX tokenizers use.
/// Any other part is an error when the file is read: ids that are nearly right would be read
/// by the model as another text. Its `truncation` and `padding` are left alone.
public struct Tokenizer: Sendable {
  let decoder: [TokenDecoder]
  /// Text leaves composed (NFC) where the normalizer takes it apart. The tokenizers library leaves
  /// that to its caller.
  let composesText: Bool

  private let vocabulary: Vocabulary
  private let model: BytePairModel
  private let normalizer: [Normalizer]
  private let preTokenizer: [PreTokenizer]
  private let template: SpecialTokenTemplate
  private let specialIDs: Set<Int32>
  private let addedBeforeNormalizing: AddedTokenSearch
  private let addedAfterNormalizing: AddedTokenSearch
  /// Of added tokens that are looked for in normalised text: what they are there.
  private let normalizedTokens: [Int32: [UInt8]]

  /// Four times the largest published file.
  public static let fileLimit = 128 << 20

  public init(file path: String) throws(TokenizerError) {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: path, limit: Self.fileLimit)
    } catch {
      throw .unreadable(error)
    }
    try self.init(parsing: bytes, name: path)
  }

  /// - Parameter name: of the file, for errors.
  public init(parsing bytes: [UInt8], name: String) throws(TokenizerError) {
    do {
      self.init(try TokenizerFile(parsing: bytes))
    } catch {
      throw error.inFile(name)
    }
  }

  private init(_ file: TokenizerFile) {
    vocabulary = file.vocabulary
    model = file.model
    normalizer = file.normalizer
    preTokenizer = file.preTokenizer
    template = file.template
    decoder = file.decoder
    composesText = normalizer.contains {
      if case .form(.decomposed) = $0 { true } else { false }
    }
    specialIDs = Set(file.added.lazy.filter(\.isSpecial).map(\.id))
    addedBeforeNormalizing = AddedTokenSearch(file.added.filter { !$0.isNormalized })
    var normalizedTokens: [Int32: [UInt8]] = [:]
    let sought = file.added.filter(\.isNormalized).map { token in
      var token = token
      token.content = Self.normalized(token.content, by: file.normalizer)
      normalizedTokens[token.id] = token.content
      return token
    }
    addedAfterNormalizing = AddedTokenSearch(sought)
    self.normalizedTokens = normalizedTokens
  }

  // MARK: Ids

  /// The id of a vocabulary or added token, byte for byte.
  public func id(of token: String) -> Int32? { vocabulary.id(of: token.utf8) }

  /// One more than the largest id.
  public var vocabularySize: Int { vocabulary.idEnd }

  func isSpecial(_ id: Int32) -> Bool { specialIDs.contains(id) }

  /// What the decoder is given for an id, nil where no token has it. A normalised added token comes
  /// as it reads in normalised text, for the decoder undoes that (as tokenizers 0.23 has it).
  func token(_ id: Int32) -> [UInt8]? {
    normalizedTokens[id] ?? vocabulary.bytes(of: id).map(Array.init)
  }

  // MARK: Text to ids

  /// Added tokens inside the text, special ones too, are recognised: text that is not to be trusted
  /// must not be put beside them.
  /// - Parameter addSpecialTokens: whether to put the ids around it that the file asks for (BOS, EOS).
  public func encode(_ text: String, addSpecialTokens: Bool = false) -> [Int32] {
    var ids = addSpecialTokens ? template.before : []
    let bytes = Array(text.utf8)
    for section in addedBeforeNormalizing.sections(of: bytes[...]) {
      switch section {
      case .token(let id): ids.append(id)
      case .text(let range): encode(Array(bytes[range]), isFirst: range.lowerBound == 0, into: &ids)
      }
    }
    return addSpecialTokens ? ids + template.after : ids
  }

  private func encode(_ text: [UInt8], isFirst: Bool, into ids: inout [Int32]) {
    let text = Self.normalized(text, by: normalizer)
    for section in addedAfterNormalizing.sections(of: text[...]) {
      switch section {
      case .token(let id): ids.append(id)
      case .text(let range):
        var pieces = [text[range]]
        for step in preTokenizer {
          pieces = pieces.enumerated().flatMap { index, piece in
            step(piece, isFirst: isFirst && range.lowerBound == 0 && index == 0)
          }
        }
        for piece in pieces { model.encode(piece, vocabulary, into: &ids) }
      }
    }
  }

  private static func normalized(_ text: [UInt8], by steps: [Normalizer]) -> [UInt8] {
    steps.reduce(text) { $1($0) }
  }

  // MARK: Ids to text

  /// Bytes that are no UTF-8 become U+FFFD; an id without a token adds nothing.
  public func decode(
    _ ids: some Sequence<Int32>, skippingSpecialTokens: Bool = true
  ) -> String {
    var text = StreamingText(tokenizer: self, skippingSpecialTokens: skippingSpecialTokens)
    var result = ""
    for id in ids { result += text.add(id) }
    return result + text.finish()
  }
}
