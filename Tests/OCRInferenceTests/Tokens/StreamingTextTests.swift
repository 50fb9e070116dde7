import Foundation
import OCRInference
import PageImaging
import Testing

struct StreamingTextTests {
  @Test(arguments: TokenizerCases.directories)
  func piecesJoinToTheWholeText(_ directory: String) throws {
    let tokenizer = try TokenizerCases.tokenizer(directory)
    for row in try TokenizerCases.cases(directory) {
      for skips in [true, false] {
        let pieces = StreamingText.pieces(
          of: row.ids, tokenizer, skippingSpecialTokens: skips)
        #expect(
          pieces.joined().isExactly(
            tokenizer.decode(row.ids, skippingSpecialTokens: skips)), "\(row.ids)")
      }
    }
  }

  /// What was shown stays: it begins the text of every longer answer.
  @Test(arguments: TokenizerCases.directories)
  func shownTextNeverChanges(_ directory: String) throws {
    let tokenizer = try TokenizerCases.tokenizer(directory)
    var random = SeededRandom(seed: 5)
    for _ in 0..<100 {
      let ids = (0..<30).map { _ in
        Int32(random.next() % UInt64(tokenizer.vocabularySize + 3)) - 1
      }
      var stream = StreamingText(tokenizer: tokenizer)
      var shown = ""
      for (index, id) in ids.enumerated() {
        shown += stream.add(id)
        let soFar = tokenizer.decode(ids[...index])
        #expect(soFar.utf8.starts(with: shown.utf8), "\(ids)")
      }
      shown += stream.finish()
      #expect(shown.isExactly(tokenizer.decode(ids)), "\(ids)")
    }
  }

  @Test func characterWaitsForItsLastByte() throws {
    let tokenizer = try TokenizerCases.tokenizer("tokenizers/qwen2")
    // ℃ in bytes: E2 84 83.
    let ids = ["â", "Ħ", "ĥ"].compactMap { tokenizer.id(of: $0) }
    #expect(StreamingText.pieces(of: ids, tokenizer) == ["", "", "℃", ""])
    #expect(StreamingText.pieces(of: [ids[0], ids[1]], tokenizer) == ["", "", "\u{FFFD}"])
    // What cannot become a character is shown at once.
    #expect(StreamingText.pieces(of: [ids[1]], tokenizer) == ["\u{FFFD}", ""])
  }

  @Test func syllableWaitsForItsFinal() throws {
    let tokenizer = try TokenizerCases.tokenizer("line-reader")
    let ids = ["ᄀ", "ᅡ", "ᆨ", "ᄀ", "ᅡ", " ", "m"].compactMap { tokenizer.id(of: $0) }
    #expect(ids.count == 7)
    let pieces = StreamingText.pieces(of: ids, tokenizer)
    #expect(pieces == ["", "", "", "각", "", "가", " ", "m"])
    #expect(pieces[3].isExactly("각"))
  }

  @Test func bytesOfAFallbackWaitForTheirEnd() throws {
    let tokenizer = try TokenizerCases.tokenizer("tokenizers/llama2")
    let ids = ["a", "<0xE2>", "<0x84>", "<0x83>", "a"].compactMap { tokenizer.id(of: $0) }
    #expect(ids.count == 5)
    #expect(StreamingText.pieces(of: ids, tokenizer) == ["a", "", "", "", "℃a", ""])
    // A run that is no UTF-8 gives one replacement a byte, as the library has it.
    #expect(
      StreamingText.pieces(of: [ids[1], ids[2], ids[0]], tokenizer)
        == ["", "", "\u{FFFD}\u{FFFD}a", ""])
  }
}
