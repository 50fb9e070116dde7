import Foundation
import OCRInference
import PageImaging
import Testing

/// Files that lie: each is an error that names its place, never a crash.
struct TokenizerFileTests {
  private func failure(_ json: String) -> String? {
    do throws(TokenizerError) {
      _ = try Tokenizer(parsing: Array(json.utf8), name: "t.json")
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func model(_ parts: String) -> String { #"{"model": {\#(parts)}}"# }

  @Test func smallestFileIsRead() throws {
    let tokenizer = try Tokenizer(
      parsing: Array(#"{"model": {"vocab": {"a": 0}, "merges": []}}"#.utf8), name: "t.json")
    #expect(tokenizer.encode("aba") == [0, 0])
    // Without a decoder the library puts spaces between tokens.
    #expect(tokenizer.decode([0, 0]) == "a a")
  }

  @Test func mergesMayComeFirstAndInBothForms() throws {
    let json =
      #"{"model": {"merges": [["a", "b"], "ab c"], "vocab": {"#
      + #""a": 0, "b": 1, "c": 2, "ab": 3, "abc": 4}}}"#
    let tokenizer = try Tokenizer(parsing: Array(json.utf8), name: "t.json")
    #expect(tokenizer.encode("abcab") == [4, 3])
  }

  @Test func contradictionsAreNamed() {
    let again = "; fetch the model's tokenizer.json again"
    #expect(failure("{}") == "t.json: model: is missing" + again)
    #expect(
      failure(model(#""vocab": {}, "merges": []"#)) == "t.json: model.vocab: has no tokens" + again)
    #expect(
      failure(model(#""vocab": {"a": 0, "b": 0}"#))
        == "t.json: model.vocab: id 0 belongs to two tokens" + again)
    #expect(
      failure(model(#""vocab": {"a": 0, "a": 1}"#))
        == "t.json: model.vocab: token 'a' has two ids, 0 and 1" + again)
    #expect(
      failure(model(#""vocab": {"a": 4194304}"#))
        == "t.json: model.vocab: id 4194304 is not below 4194304" + again)
    #expect(
      failure(model(#""vocab": {"a": 0, "b": 1}, "merges": ["a b"]"#))
        == "t.json: model.merges[0]: token 'ab' is not in the vocabulary" + again)
    #expect(
      failure(model(#""vocab": {"a": 0, "aa": 1}, "merges": ["a a", "a  a"]"#))
        == "t.json: model.merges[1]: is not two tokens with one space between" + again)
    #expect(
      failure(model(#""unk_token": "?", "vocab": {"a": 0}"#))
        == "t.json: model.unk_token: '?' is not in the vocabulary" + again)
    #expect(
      failure(
        #"{"added_tokens": [{"id": 0, "content": "<x>"}], "model": {"vocab": {"a": 0}}}"#)
        == "t.json: added_tokens[0]: id 0 belongs to two tokens" + again)
    #expect(
      failure(model(#""vocab": {"\#(String(repeating: "a", count: 20_000))": 0}"#))
        == "t.json: model.vocab: token 0 has more than 16384 bytes" + again)
  }

  @Test func brokenJSONIsNamedByItsByte() {
    for (json, offset, expected) in [
      ("", 0, "'{'"), ("[]", 0, "'{'"), (#"{"model": {"vocab": {"a": -1}}}"#, 26, "a whole number"),
      (#"{"model": {"vocab": {"a": 1.5}}}"#, 26, "a whole number"),
      (#"{"model": {"vocab": {"a": 99999999999}}}"#, 26, "a whole number"),
      (#"{"model": {"vocab": {"a": 1}}} x"#, 31, "nothing after the value"),
      (#"{"model": {"vocab": {"\ud800": 1}}}"#, 28, "a pair of surrogates"),
      (#"{"model": {"vocab": {"a": 1"#, 27, "'}'"),
      (#"{"x": \#(String(repeating: "[", count: 40))"#, 38, "at most 32 levels"),
    ] {
      let words = failure(json) ?? ""
      #expect(words.hasPrefix("t.json: byte \(offset): expected \(expected)"), "\(words)")
    }
    let error = #expect(throws: TokenizerError.self) {
      try Tokenizer(parsing: Array(#"{"a": ""#.utf8) + [0xFF], name: "t.json")
    }
    #expect(error == .malformed(file: "t.json", offset: 7, expected: "UTF-8"))
  }

  @Test func otherPartsAreRefusedByName() {
    let rest = #""model": {"vocab": {"a": 0}}"#
    for (part, component) in [
      (#""normalizer": {"type": "Precompiled"}"#, "normalizer.type"),
      (
        #""normalizer": {"type": "Sequence", "normalizers": [{"type": "Nmt"}]}"#,
        "normalizer.normalizers[0].type"
      ),
      (#""pre_tokenizer": {"type": "BertPreTokenizer"}"#, "pre_tokenizer.type"),
      (
        #""pre_tokenizer": {"type": "Split", "pattern": {"Regex": "x+"}, "behavior": "Isolated"}"#,
        "pre_tokenizer.pattern.Regex"
      ),
      (#""decoder": {"type": "WordPiece"}"#, "decoder.type"),
      (#""post_processor": {"type": "BertProcessing"}"#, "post_processor.type"),
    ] {
      let words = failure("{\(part), \(rest)}") ?? ""
      #expect(words.hasPrefix("t.json: \(component): '"), "\(words)")
      #expect(words.contains("' is not supported; use a tokenizer with "), "\(words)")
    }
    #expect(
      failure(model(#""type": "Unigram", "vocab": []"#))
        == "t.json: model.type: 'Unigram' is not supported; use a tokenizer with BPE")
    #expect(
      failure(model(#""end_of_word_suffix": "</w>", "vocab": {"a": 0}"#))
        == "t.json: model.end_of_word_suffix: '</w>' is not supported; use a tokenizer with none")
  }

  @Test func replacementsMayNotMultiply() {
    let long = String(repeating: "a", count: 40)
    let replace = #"{"type": "Replace", "pattern": {"String": "a"}, "content": "\#(long)"}"#
    let json =
      #"{"normalizer": {"type": "Sequence", "normalizers": [\#(replace), \#(replace)]}, "#
      + #""model": {"vocab": {"a": 0}}}"#
    #expect(failure(json)?.contains("more than 64 times as long") == true)
  }

  @Test func fileIsBoundedBeforeItIsRead() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: UInt64(Tokenizer.fileLimit) + 1)
    try handle.close()
    let error = #expect(throws: TokenizerError.self) { try Tokenizer(file: file.path()) }
    #expect("\(try #require(error))".contains("more than the limit"))
    #expect(throws: TokenizerError.self) { try Tokenizer(file: file.path() + ".missing") }
  }

  @Test func everyTruncationIsAnError() throws {
    let file = TokenizerCases.golden("line-reader/tokenizer.json")
    let bytes = [UInt8](try Data(contentsOf: file))
    let end = bytes.lastIndex(of: UInt8(ascii: "}"))!
    for count in 0..<end {
      #expect(throws: TokenizerError.self, "\(count) bytes") {
        try Tokenizer(parsing: Array(bytes[..<count]), name: "t.json")
      }
    }
  }

  /// What survives a change still encodes and decodes.
  @Test(arguments: TokenizerCases.directories)
  func changedBytesNeverCrash(_ directory: String) throws {
    let file = TokenizerCases.golden(directory).appending(path: "tokenizer.json")
    let bytes = [UInt8](try Data(contentsOf: file))
    var random = SeededRandom(seed: 11)
    for _ in 0..<200 {
      var changed = bytes
      for _ in 0...(random.next() % 3) {
        changed[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() & 0x7F)
      }
      guard let tokenizer = try? Tokenizer(parsing: changed, name: "t.json") else { continue }
      let ids = tokenizer.encode("환자 A 12\n<|im_end|>\u{301}")
      _ = tokenizer.decode(ids + [0, 1, 300])
    }
  }
}
