import CKernels
import Foundation
import PageImaging

/// Chooses a sequence's next token from its logits, in transformers' order: repetition penalty, temperature, top-k,
/// top-p, one draw.
public struct TokenSampler: Sendable {
  private let options: GenerationOptions
  private var random: SeededRandom
  /// Tokens of prompt and text, each once; kept only where a penalty asks for them.
  private var seen: Set<Int32> = []
  private var scores: [Float] = []
  private var candidates: [Candidate] = []

  private struct Candidate {
    var id: Int32
    var weight: Double
  }

  public struct Choice: Sendable, Equatable {
    public let id: Int32
    /// Under the model's own distribution.
    public let logProbability: Float
    /// Likewise, of all the options' `joiningTokens` together.
    public let joiningProbability: Float
  }

  /// - Parameter prompt: ids that the repetition penalty counts as seen.
  public init(options: GenerationOptions, prompt: [Int32]) {
    self.options = options
    random = SeededRandom(seed: options.seed)
    if options.repetitionPenalty != 1 { seen = Set(prompt) }
  }

  /// - Parameter logits: spent: holds the model's probabilities afterwards.
  /// - Returns: nil where the logits are not finite.
  public mutating func choose(_ logits: UnsafeMutableBufferPointer<Float>) -> Choice? {
    let plain = options.temperature == 0 && options.repetitionPenalty == 1
    let id: Int32
    let logit: Float
    let normalizer: Float
    if plain {
      id = Int32(Self.greatest(UnsafeBufferPointer(logits)))
      logit = logits[Int(id)]
      normalizer = mb_softmax(logits.baseAddress!, Int32(logits.count))
      guard normalizer.isFinite else { return nil }
    } else {
      // Kept before the softmax writes over them.
      scores.removeAll(keepingCapacity: true)
      scores.append(contentsOf: logits)
      normalizer = mb_softmax(logits.baseAddress!, Int32(logits.count))
      guard normalizer.isFinite else { return nil }
      penalizeSeen()
      id =
        options.temperature == 0
        ? scores.withUnsafeBufferPointer { Int32(Self.greatest($0)) } : draw()
      // A penalty may choose what the softmax rounded to 0.
      logit = logf(max(logits[Int(id)], .leastNonzeroMagnitude)) + normalizer
    }
    if options.repetitionPenalty != 1 { seen.insert(id) }
    return Choice(
      id: id, logProbability: min(0, logit - normalizer),
      joiningProbability: joiningProbability(UnsafeBufferPointer(logits)))
  }

  /// What the softmax left: `logits` are probabilities by now.
  private func joiningProbability(_ probabilities: UnsafeBufferPointer<Float>) -> Float {
    var sum: Float = 0
    for id in options.joiningTokens where probabilities.indices.contains(Int(id)) {
      sum += probabilities[Int(id)]
    }
    return min(1, sum)
  }

  /// The first of the greatest.
  private static func greatest(_ values: UnsafeBufferPointer<Float>) -> Int {
    var best = 0
    for index in values.indices where values[index] > values[best] { best = index }
    return best
  }

  private mutating func penalizeSeen() {
    let penalty = Float(options.repetitionPenalty)
    for id in seen where Int(id) < scores.count {
      let score = scores[Int(id)]
      scores[Int(id)] = score < 0 ? score * penalty : score / penalty
    }
  }

  // MARK: Drawing

  private mutating func draw() -> Int32 {
    collectCandidates()
    if options.topP < 1 { keepLikeliest() }
    let total = candidates.reduce(0) { $0 + $1.weight }
    var point = random.uniform() * total
    for candidate in candidates {
      point -= candidate.weight
      if point < 0 { return candidate.id }
    }
    return candidates[candidates.count - 1].id
  }

  /// Every token that top-k leaves, in the order of ids, weighted by exp((score - greatest) / temperature).
  private mutating func collectCandidates() {
    let least =
      options.topK > 0 && options.topK < scores.count
      ? Self.kthGreatest(options.topK, of: scores) : -.infinity
    let greatest = Double(scores.max() ?? 0)
    candidates.removeAll(keepingCapacity: true)
    for (id, score) in scores.enumerated() where score >= least {
      let weight = exp((Double(score) - greatest) / options.temperature)
      if weight > 0 { candidates.append(Candidate(id: Int32(id), weight: weight)) }
    }
  }

  /// The nucleus (arXiv 1904.09751): likeliest first, until their probability is `topP`.
  private mutating func keepLikeliest() {
    let total = candidates.reduce(0) { $0 + $1.weight }
    // Tokens below an equal share of what is to be cut are all cut: together they weigh less than that.
    let floor = total * (1 - options.topP) / Double(candidates.count)
    candidates.removeAll { $0.weight < floor }
    candidates.sort { ($0.weight, $1.id) > ($1.weight, $0.id) }
    var before = 0.0
    let kept = candidates.prefix { candidate in
      defer { before += candidate.weight }
      return before < options.topP * total
    }.count
    candidates.removeLast(candidates.count - max(1, kept))
  }

  /// Hoare's selection, three ways so that equal values end it at once.
  private static func kthGreatest(_ k: Int, of values: [Float]) -> Float {
    var values = values[...]
    var k = k
    while true {
      let pivot = values[values.startIndex + values.count / 2]
      let greater = values.filter { $0 > pivot }
      if k <= greater.count {
        values = greater[...]
        continue
      }
      let less = values.filter { $0 < pivot }
      let equal = values.count - greater.count - less.count
      if k <= greater.count + equal { return pivot }
      k -= greater.count + equal
      values = less[...]
    }
  }
}
