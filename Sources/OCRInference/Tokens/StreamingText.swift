/// Text of token after token, as it becomes final.
///
/// `add` returns only what no later token can change: never half a character, and where the tokenizer
/// composes (jamo to syllables) nothing that a final consonant or an accent may still join. All that
/// `add` and `finish` return, together, is `Tokenizer.decode` of the same ids.
public struct StreamingText: Sendable {
  private let tokenizer: Tokenizer
  private let skipsSpecialTokens: Bool
  private var steps: [DecodingStep]
  /// Not yet composed.
  private var held = String.UnicodeScalarView()

  public init(tokenizer: Tokenizer, skippingSpecialTokens: Bool = true) {
    self.tokenizer = tokenizer
    self.skipsSpecialTokens = skippingSpecialTokens
    steps = tokenizer.decoder.map(DecodingStep.init)
  }

  /// The text that this token made final, often none. An id without a token adds none.
  public mutating func add(_ id: Int32) -> String {
    if skipsSpecialTokens, tokenizer.isSpecial(id) { return "" }
    guard let token = tokenizer.token(id) else { return "" }
    return composed(pass([token], from: 0))
  }

  /// The rest. The value must not be used afterwards.
  public mutating func finish() -> String {
    var rest = ""
    for index in steps.indices {
      let pieces = steps[index].finish()
      rest += composed(pass(pieces, from: index + 1))
    }
    guard tokenizer.composesText else { return rest }
    rest += CanonicalForm.composed(String(held))
    held = String.UnicodeScalarView()
    return rest
  }

  private mutating func pass(_ pieces: [[UInt8]], from first: Int) -> [[UInt8]] {
    var pieces = pieces
    for index in steps.indices.dropFirst(first) {
      var next: [[UInt8]] = []
      for piece in pieces { next += steps[index].push(piece) }
      pieces = next
    }
    return pieces
  }

  private mutating func composed(_ pieces: [[UInt8]]) -> String {
    let text = String(decoding: pieces.joined(), as: UTF8.self)
    guard tokenizer.composesText else { return text }
    let scalars = text.unicodeScalars
    guard let last = scalars.lastIndex(where: \.beginsComposition) else {
      held.append(contentsOf: scalars)
      return ""
    }
    held.append(contentsOf: scalars[..<last])
    let final = CanonicalForm.composed(String(held))
    held = String.UnicodeScalarView(scalars[last...])
    return final
  }
}
