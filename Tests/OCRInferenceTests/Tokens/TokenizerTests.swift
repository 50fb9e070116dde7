import Foundation
import OCRInference
import Testing

struct TokenizerTests {
  @Test(arguments: TokenizerCases.directories)
  func idsAreThoseOfTheLibrary(_ directory: String) throws {
    let tokenizer = try TokenizerCases.tokenizer(directory)
    let cases = try TokenizerCases.cases(directory)
    #expect(cases.count > 50)
    for row in cases {
      guard let text = row.text else { continue }
      #expect(tokenizer.encode(text) == row.ids, "\(text)")
      #expect(tokenizer.encode(text, addSpecialTokens: true) == row.idsWithSpecial, "\(text)")
    }
  }

  @Test(arguments: TokenizerCases.directories)
  func textIsThatOfTheLibrary(_ directory: String) throws {
    let tokenizer = try TokenizerCases.tokenizer(directory)
    for row in try TokenizerCases.cases(directory) {
      let skipped = tokenizer.decode(row.ids)
      let kept = tokenizer.decode(row.ids, skippingSpecialTokens: false)
      // The line reader's jamo leave composed; the library leaves that to its caller.
      let composes = directory == "line-reader"
      #expect(skipped.isExactly(composes ? row.decoded.nfc : row.decoded), "\(row.ids)")
      #expect(
        kept.isExactly(composes ? row.decodedWithSpecial.nfc : row.decodedWithSpecial),
        "\(row.ids)")
    }
  }

  @Test func syllablesLeaveComposed() throws {
    let tokenizer = try TokenizerCases.tokenizer("line-reader")
    let ids = tokenizer.encode("환자 각")
    // Jamo: ㅎㅘㄴㅈㅏ, a space, ㄱㅏㄱ.
    #expect(ids.count == 9)
    #expect(tokenizer.decode(ids).isExactly("환자 각"))
  }

  /// A published vocabulary, where there is one: a directory with tokenizer.json and token cases.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["MEDBENCH_QWEN_TOKENIZER"] != nil))
  func publishedVocabulary() throws {
    struct Cases: Decodable {
      struct Case: Decodable {
        let text: String
        let ids: [Int32]
      }
      let cases: [Case]
    }
    let directory = URL(
      filePath: ProcessInfo.processInfo.environment["MEDBENCH_QWEN_TOKENIZER"] ?? "")
    let tokenizer = try Tokenizer(file: directory.appending(path: "tokenizer.json").path())
    let json = try Data(contentsOf: directory.appending(path: "korean_medical_token_cases.json"))
    let cases = try JSONDecoder().decode(Cases.self, from: json).cases
    #expect(!cases.isEmpty)
    for row in cases {
      #expect(tokenizer.encode(row.text) == row.ids, "\(row.text)")
      #expect(tokenizer.decode(row.ids, skippingSpecialTokens: false).isExactly(row.text.nfc))
    }
  }

  // MARK: Vocabulary

  @Test func tokensAreToldApartByBytes() throws {
    // One string to Swift: e with acute, composed and in two code points.
    let tokenizer = try small(vocabulary: #""\u00e9": 0, "e\u0301": 1, "e": 2"#)
    #expect(tokenizer.id(of: "\u{e9}") == 0)
    #expect(tokenizer.id(of: "e\u{301}") == 1)
    #expect(tokenizer.id(of: "E") == nil)
    #expect(tokenizer.vocabularySize == 3)
  }

  @Test func addedTokensCountInTheVocabulary() throws {
    let tokenizer = try TokenizerCases.tokenizer("tokenizers/qwen2")
    let id = try #require(tokenizer.id(of: "<|im_end|>"))
    #expect(tokenizer.encode("<|im_end|>") == [id])
    #expect(tokenizer.decode([id]) == "")
    #expect(tokenizer.decode([id], skippingSpecialTokens: false) == "<|im_end|>")
    #expect(Int(id) < tokenizer.vocabularySize)
    #expect(tokenizer.decode([-1, Int32.max, Int32(tokenizer.vocabularySize)]) == "")
  }

  // MARK: Added tokens in text

  @Test func addedTokenTakesItsWhiteSpace() throws {
    let tokenizer = try small(
      vocabulary: #"" ": 0, "a": 1"#,
      added: #"{"id": 2, "content": "<x>", "lstrip": true, "rstrip": true, "special": true}"#)
    #expect(tokenizer.encode("a  <x>  a") == [1, 2, 1])
    #expect(tokenizer.encode(" <x> <x> ") == [2, 2])
  }

  @Test func singleWordStandsAlone() throws {
    let tokenizer = try small(
      vocabulary: #"" ": 0, "a": 1, "b": 2, "환": 3"#,
      added: #"{"id": 4, "content": "ab", "single_word": true}"#)
    #expect(tokenizer.encode("ab") == [4])
    #expect(tokenizer.encode("ab a") == [4, 0, 1])
    #expect(tokenizer.encode("aab") == [1, 1, 2])
    #expect(tokenizer.encode("ab환") == [1, 2, 3])
  }

  @Test func longestAddedTokenWins() throws {
    let tokenizer = try small(
      vocabulary: #""a": 0, "b": 1"#,
      added: #"{"id": 2, "content": "<a>"}, {"id": 3, "content": "<a>b"}"#)
    #expect(tokenizer.encode("<a>a<a>b") == [2, 0, 3])
  }

  // MARK: What would take hours

  @Test func veryLongWordIsMerged() throws {
    let tokenizer = try small(
      vocabulary: #""a": 0, "aa": 1, "aaaa": 2"#, merges: #"["a", "a"], ["aa", "aa"]"#)
    let ids = tokenizer.encode(String(repeating: "a", count: 1 << 18))
    #expect(ids.count == 1 << 16)
    #expect(ids.allSatisfy { $0 == 2 })
  }

  @Test func endlessMarksAreComposed() throws {
    let tokenizer = try small(
      vocabulary: #""\u00e1": 0, "\u0316": 1, "\u0301": 2"#, normalizer: #"{"type": "NFC"}"#)
    let marks = 100_000
    // Each pair stands in the wrong order; below go before above, and the first above joins the a.
    let ids = tokenizer.encode("a" + String(repeating: "\u{301}\u{316}", count: marks))
    #expect(ids.prefix(2) == [0, 1])
    #expect(ids.filter { $0 == 1 }.count == marks)
    #expect(ids.suffix(marks - 1).allSatisfy { $0 == 2 })
  }

  @Test func finalConsonantJoinsAComposedSyllable() throws {
    let tokenizer = try small(
      vocabulary: #""가": 0, "\u11a8": 1, "각": 2"#, normalizer: #"{"type": "NFC"}"#)
    #expect(tokenizer.encode("가\u{11a8}") == [2])
  }

  private func small(
    vocabulary: String, merges: String = "", added: String = "", normalizer: String = "null"
  ) throws -> Tokenizer {
    let json = """
      {"added_tokens": [\(added)], "normalizer": \(normalizer), "decoder": {"type": "Fuse"},
       "model": {"type": "BPE", "vocab": {\(vocabulary)}, "merges": [\(merges)]}}
      """
    return try Tokenizer(parsing: Array(json.utf8), name: "small.json")
  }
}

extension String {
  fileprivate var nfc: String { precomposedStringWithCanonicalMapping }
}
