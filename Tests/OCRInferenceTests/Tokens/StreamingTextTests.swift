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

  // MARK: Confidences

  /// Tokens with their probabilities, and how likely a joining token was in their place.
  private func confident(
    _ tokens: [(String, Float, Float)], end: Float? = nil, _ tokenizer: Tokenizer
  ) throws -> [(String, Float)] {
    var stream = StreamingText(tokenizer: tokenizer)
    var text = ConfidentText()
    for (token, probability, joining) in tokens {
      text.append(
        stream.add(
          try #require(tokenizer.id(of: token)), logProbability: log(probability),
          joiningProbability: joining))
    }
    text.append(stream.finish(endLogProbability: end.map { log($0) }))
    return zip(text.text.unicodeScalars, text.confidences).map { (String($0), $1) }
  }

  private func expect(
    _ found: [(String, Float)], _ expected: [(String, Float)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.map(\.0) == expected.map(\.0), sourceLocation: sourceLocation)
    for (found, expected) in zip(found, expected) {
      #expect(abs(found.1 - expected.1) < 1e-5, "\(expected.0)", sourceLocation: sourceLocation)
    }
  }

  @Test func aSyllableIsAsSureAsAllItsJamo() throws {
    let tokenizer = try TokenizerCases.tokenizer("line-reader")
    let found = try confident(
      [("ᄀ", 0.9, 0), ("ᅡ", 0.8, 0.99), ("ᆨ", 0.5, 0.6), ("m", 0.7, 0)], tokenizer)
    expect(found, [("각", 0.36), ("m", 0.7)])
  }

  /// 가 or 각 is decided where the final would stand, by the token that comes in its place.
  @Test func aFinalThatNearlyCameIsDoubtOfItsSyllableNotOfTheNext() throws {
    let tokenizer = try TokenizerCases.tokenizer("line-reader")
    let found = try confident(
      [("ᄀ", 1, 0), ("ᅡ", 1, 1), ("m", 0.6, 0.4), ("g", 1, 0)], tokenizer)
    expect(found, [("가", 0.6), ("m", 0.6), ("g", 1)])
  }

  @Test func theTokenThatEndsTheTextWeighsTheLastCharacter() throws {
    let tokenizer = try TokenizerCases.tokenizer("line-reader")
    expect(
      try confident([("5", 0.9, 0), ("0", 0.8, 0)], end: 0.5, tokenizer), [("5", 0.9), ("0", 0.4)])
    expect(try confident([("5", 0.9, 0)], tokenizer), [("5", 0.9)])
    expect(try confident([], end: 0.1, tokenizer), [])
  }

  @Test func bytesMakeACharacterTogetherAndNothingElse() throws {
    let qwen = try TokenizerCases.tokenizer("tokenizers/qwen2")
    expect(
      try confident(
        [("a", 0.9, 0), ("â", 0.5, 0), ("Ħ", 0.6, 0), ("ĥ", 0.7, 0), ("b", 0.8, 0)], qwen),
      [("a", 0.9), ("℃", 0.21), ("b", 0.8)])
    let llama = try TokenizerCases.tokenizer("tokenizers/llama2")
    expect(
      try confident(
        [
          ("a", 0.9, 0), ("<0xE2>", 0.5, 0), ("<0x84>", 0.6, 0), ("<0x83>", 0.7, 0),
          ("<0x41>", 0.4, 0), ("a", 0.8, 0),
        ], llama),
      [("a", 0.9), ("℃", 0.21), ("A", 0.4), ("a", 0.8)])
    // What is no UTF-8: a replacement a byte.
    expect(
      try confident([("<0xE2>", 0.5, 0), ("<0x84>", 0.6, 0), ("a", 0.8, 0)], llama),
      [("\u{FFFD}", 0.5), ("\u{FFFD}", 0.6), ("a", 0.8)])
  }

  @Test func aTokenOfSeveralCharactersCountsForEachOnce() throws {
    let tokenizer = try TokenizerCases.tokenizer("tokenizers/qwen2")
    let id = try #require(
      (0..<Int32(tokenizer.vocabularySize)).first {
        let text = tokenizer.decode([$0])
        return text.count > 1 && text.allSatisfy(\.isASCII)
      })
    let word = tokenizer.decode([id])
    var stream = StreamingText(tokenizer: tokenizer)
    let text = stream.add(id, logProbability: log(0.5))
    #expect(text.text == word)
    #expect(text.confidences.allSatisfy { abs($0 - 0.5) < 1e-6 })
  }

  /// Whatever the tokens, each code point has its probability, and sure tokens make sure text.
  @Test(arguments: TokenizerCases.directories)
  func everyCodePointHasAConfidence(_ directory: String) throws {
    let tokenizer = try TokenizerCases.tokenizer(directory)
    var random = SeededRandom(seed: 6)
    for _ in 0..<100 {
      let sure = random.next() % 2 == 0
      var stream = StreamingText(tokenizer: tokenizer)
      var text = ConfidentText()
      for _ in 0..<30 {
        let id = Int32(random.next() % UInt64(tokenizer.vocabularySize + 3)) - 1
        text.append(stream.add(id, logProbability: sure ? 0 : log(0.5)))
      }
      text.append(stream.finish(endLogProbability: nil))
      #expect(text.confidences.count == text.text.unicodeScalars.count)
      #expect(text.confidences.allSatisfy { sure ? $0 == 1 : $0 <= 0.5 })
    }
  }

  @Test func finalsVowelsAndMarksJoin() throws {
    let tokenizer = try TokenizerCases.tokenizer("line-reader")
    let joining = Set(tokenizer.joiningTokens)
    for token in ["ᆨ", "ᇂ", "ᅡ"] {
      let id = try #require(tokenizer.id(of: token))
      #expect(joining.contains(id), "\(token)")
    }
    for token in ["ᄀ", "m", "0", "<eos>"] {
      let id = try #require(tokenizer.id(of: token))
      #expect(!joining.contains(id), "\(token)")
    }
    #expect(try TokenizerCases.tokenizer("tokenizers/qwen2").joiningTokens == [])
  }
}
