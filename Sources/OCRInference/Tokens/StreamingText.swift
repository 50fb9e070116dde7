import Foundation

/// Text of token after token, as it becomes final, and how sure the model was of it.
///
/// `add` returns only what no later token can change: never half a character, and where the tokenizer
/// composes (jamo to syllables) nothing that a final consonant or an accent may still join. All that
/// `add` and `finish` return, together, is `Tokenizer.decode` of the same ids.
///
/// A character's confidence is the product of the probabilities of the tokens that made it, which by the chain
/// rule is the model's own probability of the character after all that stands before it (Malinin and Gales,
/// arXiv 2002.07650), however the tokenizer cuts it: below one half, the model holds that more likely than not
/// another stands there. The least of them would be 0.9 for one token and for three of 0.9 alike. A composed character is whole only
/// where the next token does not join it (가, and no 각), so it is also weighed with the probability that none
/// of the joining tokens came.
public struct StreamingText: Sendable {
  /// A code point and the tokens that made it, by their place in `logProbabilities`.
  private struct Made {
    var scalar: Unicode.Scalar
    var tokens: ClosedRange<Int>
  }

  private let tokenizer: Tokenizer
  private let skipsSpecialTokens: Bool
  private var steps: [DecodingStep]
  /// Tokens whose bytes the steps hold.
  private var pending: [Int] = []
  /// Not yet composed.
  private var held: [Made] = []
  private var logProbabilities: [Float] = []
  private var joiningProbabilities: [Float] = []

  public init(tokenizer: Tokenizer, skippingSpecialTokens: Bool = true) {
    self.tokenizer = tokenizer
    self.skipsSpecialTokens = skippingSpecialTokens
    steps = tokenizer.decoder.map(DecodingStep.init)
  }

  /// The text that this token made final, often none. An id without a token adds none.
  public mutating func add(_ id: Int32) -> String { add(id, logProbability: 0).text }

  /// - Parameters:
  ///   - logProbability: of the token.
  ///   - joiningProbability: of the tokenizer's `joiningTokens` in its place.
  public mutating func add(
    _ id: Int32, logProbability: Float, joiningProbability: Float = 0
  ) -> ConfidentText {
    if skipsSpecialTokens, tokenizer.isSpecial(id) { return ConfidentText() }
    guard let token = tokenizer.token(id) else { return ConfidentText() }
    let number = logProbabilities.count
    logProbabilities.append(logProbability)
    joiningProbabilities.append(joiningProbability)
    return composed(made(by: number, of: pass([token], from: 0)))
  }

  /// The rest. The value must not be used afterwards.
  public mutating func finish() -> String { finish(endLogProbability: nil).text }

  /// - Parameter endLogProbability: of the token that ended the text. It weighs the last character where that is still
  ///   held: where the model doubts the end, it doubts whether it has read that one whole, 5 or 50, 가 or 각.
  ///   nil where the text was cut short.
  public mutating func finish(endLogProbability: Float?) -> ConfidentText {
    var rest = ConfidentText()
    for index in steps.indices {
      let scalars = pass(steps[index].finish(), from: index + 1).joined().scalars
      rest.append(composed(shared(scalars, among: pending)))
    }
    pending = []
    rest.append(released(held.count, endLogProbability: endLogProbability ?? 0))
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

  // MARK: Which tokens made what

  /// The last piece is the token's own, begun perhaps by those before it; what comes earlier is a run of bytes that it
  /// ended.
  private mutating func made(by number: Int, of pieces: [[UInt8]]) -> [Made] {
    var made: [Made] = []
    if pieces.count > 1 {
      made = shared(pieces.dropLast().joined().scalars, among: pending)
      pending = []
    }
    let own = (pieces.last ?? []).scalars
    for (index, scalar) in own.enumerated() {
      let first = index == 0 ? pending.first ?? number : number
      made.append(Made(scalar: scalar, tokens: first...number))
    }
    if !own.isEmpty { pending = [] }
    if steps.contains(where: \.isHolding) { pending.append(number) } else { pending = [] }
    return made
  }

  /// A token a byte, or where the bytes were no UTF-8, a token a replacement; else all of them made each.
  private func shared(_ scalars: [Unicode.Scalar], among tokens: [Int]) -> [Made] {
    guard let first = tokens.first, let last = tokens.last else {
      precondition(scalars.isEmpty, "text of no token")
      return []
    }
    let widths = scalars.map { UTF8.width($0) }
    if widths.reduce(0, +) == tokens.count {
      var next = 0
      return zip(scalars, widths).map { scalar, width in
        defer { next += width }
        return Made(scalar: scalar, tokens: tokens[next]...tokens[next + width - 1])
      }
    }
    if scalars.count == tokens.count {
      return zip(scalars, tokens).map { Made(scalar: $0, tokens: $1...$1) }
    }
    return scalars.map { Made(scalar: $0, tokens: first...last) }
  }

  // MARK: Composing

  private mutating func composed(_ made: [Made]) -> ConfidentText {
    held += made
    guard tokenizer.composesText else { return released(held.count) }
    guard !made.isEmpty, let last = held.lastIndex(where: \.scalar.beginsComposition) else {
      return ConfidentText()
    }
    return released(last)
  }

  /// The first code points of what is held, composed one character at a time: composition never reaches across the
  /// place before one that begins it.
  private mutating func released(_ count: Int, endLogProbability: Float = 0) -> ConfidentText {
    var text = String.UnicodeScalarView()
    var confidences: [Float] = []
    var start = 0
    while start < count {
      var end = start + 1
      while tokenizer.composesText, end < count, !held[end].scalar.beginsComposition { end += 1 }
      let scalars = composition(of: start..<end)
      text.append(contentsOf: scalars)
      let weight = end < held.count ? wholeness(before: end) : exp(endLogProbability)
      let confidence = min(1, probability(ofTokensIn: start..<end) * weight)
      confidences.append(contentsOf: repeatElement(confidence, count: scalars.count))
      start = end
    }
    held.removeFirst(count)
    return ConfidentText(String(text), confidences: confidences)
  }

  private func composition(of places: Range<Int>) -> String.UnicodeScalarView {
    var scalars = String.UnicodeScalarView()
    for place in places { scalars.append(held[place].scalar) }
    guard tokenizer.composesText else { return scalars }
    return CanonicalForm.composed(String(scalars)).unicodeScalars
  }

  private func probability(ofTokensIn places: Range<Int>) -> Float {
    let first = held[places.lowerBound].tokens.lowerBound
    let last = held[places.upperBound - 1].tokens.upperBound
    return exp(logProbabilities[first...last].reduce(0, +))
  }

  /// That nothing joined the character before `place`; certain where one token made both.
  private func wholeness(before place: Int) -> Float {
    let next = held[place].tokens.lowerBound
    return next > held[place - 1].tokens.upperBound ? 1 - joiningProbabilities[next] : 1
  }
}

extension Tokenizer {
  /// Tokens that go on with the character before them: final consonants, vowels after an initial, accents. None where text is
  /// not composed.
  public var joiningTokens: [Int32] {
    guard composesText else { return [] }
    return (0..<Int32(vocabularySize)).filter {
      decode([$0]).unicodeScalars.first?.beginsComposition == false
    }
  }
}

extension Sequence<UInt8> {
  fileprivate var scalars: [Unicode.Scalar] {
    Array(String(decoding: Array(self), as: UTF8.self).unicodeScalars)
  }
}
