import Foundation
import OCRInference

/// What the tokenizers library makes of some eighty strings (Golden/tokenizers/README.md).
struct TokenizerCases: Decodable {
  struct Case: Decodable {
    /// Missing where the ids came from no text.
    let text: String?
    let ids: [Int32]
    let idsWithSpecial: [Int32]?
    let decoded: String
    let decodedWithSpecial: String

    enum CodingKeys: String, CodingKey {
      case text, ids, decoded
      case idsWithSpecial = "ids_with_special"
      case decodedWithSpecial = "decoded_with_special"
    }
  }
  let cases: [Case]

  static let directories = [
    "tokenizers/qwen2", "tokenizers/llama3", "tokenizers/llama2", "tokenizers/llama2-metaspace",
    "tokenizers/gpt-neox", "line-reader",
  ]

  static func golden(_ name: String) -> URL {
    Bundle.module.bundleURL.appending(path: "Golden").appending(path: name)
  }

  static func tokenizer(_ directory: String) throws -> Tokenizer {
    try Tokenizer(file: golden(directory).appending(path: "tokenizer.json").path())
  }

  static func cases(_ directory: String) throws -> [Case] {
    let name = directory == "line-reader" ? "tokenizer_cases.json" : "cases.json"
    let json = try Data(contentsOf: golden(directory).appending(path: name))
    return try JSONDecoder().decode(Self.self, from: json).cases
  }
}

extension String {
  /// Swift compares by canonical equivalence, which would hide a missing composition.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension StreamingText {
  static func pieces(
    of ids: [Int32], _ tokenizer: Tokenizer, skippingSpecialTokens: Bool = true
  ) -> [String] {
    var text = StreamingText(tokenizer: tokenizer, skippingSpecialTokens: skippingSpecialTokens)
    var pieces = ids.map { text.add($0) }
    pieces.append(text.finish())
    return pieces
  }
}
