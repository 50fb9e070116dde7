/// Roughly how many tokens a decoder writes for a text, for where no tokenizer is at hand.
public enum TokenEstimate {
  /// Quarter tokens by kind of character, of the order that byte-pair vocabularies of 150,000
  /// entries spend on Korean medical text: most syllables are a token of their own and some pairs
  /// share one; digits stand alone; Latin words take a token for about four letters; a space goes
  /// with the word after it. An estimate, good for comparing documents and not for billing.
  public static func tokens(of text: String) -> Int {
    var quarters = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20: continue
      case 0x30...0x39, 0x0a: quarters += 4
      case 0x41...0x5a, 0x61...0x7a: quarters += 1
      case 0xac00...0xd7a3: quarters += 3
      default: quarters += 4
      }
    }
    return (quarters + 3) / 4
  }
}
