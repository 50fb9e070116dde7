import OCRInference
import PageImaging

/// The texts on which cache policies are compared, as token ids, all as long.
public enum KVSamples {
  /// Consecutive pieces of a text. Each begins as the model's texts begin (BOS, where the tokenizer puts one): without
  /// it a model that was never without it foresees badly.
  /// - Throws: `KVSampleError.tooShort`.
  public static func cut(
    _ text: String, tokenizer: Tokenizer, count: Int, tokens: Int
  ) throws(KVSampleError) -> [[Int32]] {
    let beginning = beginning(of: tokenizer)
    let ids = tokenizer.encode(text)
    let own = tokens - beginning.count
    guard own > 1, ids.count >= count * own else {
      throw .tooShort(tokens: ids.count, samples: count, each: max(own, 2))
    }
    return (0..<count).map { beginning + ids[$0 * own..<($0 + 1) * own] }
  }

  /// For a model without a tokenizer.
  public static func random(
    vocabulary: Int, count: Int, tokens: Int, seed: UInt64
  ) -> [[Int32]] {
    (0..<count).map { sample in
      var random = SeededRandom(seed: seed, "kv sample \(sample)")
      return (0..<tokens).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }
    }
  }

  /// What the tokenizer puts before a text.
  private static func beginning(of tokenizer: Tokenizer) -> [Int32] {
    let plain = tokenizer.encode("1")
    let whole = tokenizer.encode("1", addSpecialTokens: true)
    let start = whole.indices.first { whole[$0...].starts(with: plain) } ?? 0
    return Array(whole[..<start])
  }
}

/// A text that does not fill the samples.
public enum KVSampleError: Error, Equatable, CustomStringConvertible {
  case tooShort(tokens: Int, samples: Int, each: Int)

  public var description: String {
    switch self {
    case .tooShort(let tokens, let samples, let each):
      "the text has \(tokens) tokens of this model, and \(samples) samples of \(each) take "
        + "\(samples * each)"
    }
  }
}
