import Foundation

/// How well next tokens were foreseen: counts first, rates from them.
public struct TokenLoss: Sendable, Equatable {
  public private(set) var tokens = 0
  /// Sum of −ln p of the true tokens, nats.
  public private(set) var surprise = 0.0
  /// Tokens that had the highest logit.
  public private(set) var hits = 0

  public init() {}

  /// Adds one prediction.
  /// - Returns: false where the logits are not finite; nothing is counted then.
  public mutating func add(_ logits: UnsafeBufferPointer<Float>, target: Int) -> Bool {
    precondition(logits.indices.contains(target))
    guard let best = logits.indices.max(by: { logits[$0] < logits[$1] }),
      logits.allSatisfy(\.isFinite)
    else { return false }
    // Less the greatest, so that no exponential overflows.
    let top = Double(logits[best])
    let sum = logits.reduce(0) { $0 + exp(Double($1) - top) }
    tokens += 1
    surprise += top + log(sum) - Double(logits[target])
    hits += best == target ? 1 : 0
    return true
  }

  /// exp of the mean surprise: over how many equally likely tokens the model wavers; nil without a token.
  public var perplexity: Double? { tokens == 0 ? nil : exp(surprise / Double(tokens)) }
  /// Share of the tokens that greedy decoding would have said.
  public var accuracy: Double? { tokens == 0 ? nil : Double(hits) / Double(tokens) }
}
