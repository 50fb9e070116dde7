import Foundation
import OCRInference
import Testing

@Suite struct TokenSamplerTests {
  /// Shares of each id in many draws.
  private func shares(
    _ logits: [Float], _ options: GenerationOptions, prompt: [Int32] = [], draws: Int = 20_000
  ) -> [Double] {
    var counts = [Int](repeating: 0, count: logits.count)
    var sampler = TokenSampler(options: options, prompt: prompt)
    for _ in 0..<draws {
      var row = logits
      counts[Int(row.withUnsafeMutableBufferPointer { sampler.choose($0) }!.id)] += 1
    }
    return counts.map { Double($0) / Double(draws) }
  }

  private func choice(
    _ logits: [Float], _ options: GenerationOptions, prompt: [Int32] = []
  ) -> TokenSampler.Choice? {
    var row = logits
    var sampler = TokenSampler(options: options, prompt: prompt)
    return row.withUnsafeMutableBufferPointer { sampler.choose($0) }
  }

  private func softmax(_ logits: [Float], temperature: Double = 1) -> [Double] {
    let weights = logits.map { exp(Double($0) / temperature) }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// Within five standard deviations of a binomial share.
  private func near(_ found: [Double], _ expected: [Double], draws: Double = 20_000) -> Bool {
    zip(found, expected).allSatisfy { abs($0 - $1) <= 5 * ($1 * (1 - $1) / draws).squareRoot() }
  }

  static let logits: [Float] = [1, 0.2, -1, 2, 1.5, -3]

  @Test("Greedy takes the first of the greatest, with the model's log probability")
  func greedy() throws {
    let found = try #require(choice([0, 3, -1, 3], GenerationOptions(maxTokens: 1)))
    #expect(found.id == 1)
    #expect(abs(Double(found.logProbability) - log(softmax([0, 3, -1, 3])[1])) < 1e-6)
  }

  @Test("Draws follow the tempered distribution", arguments: [0.5, 1, 2])
  func temperature(_ temperature: Double) {
    let found = shares(Self.logits, GenerationOptions(maxTokens: 1, temperature: temperature))
    #expect(near(found, softmax(Self.logits, temperature: temperature)))
  }

  @Test("Top-k keeps the k likeliest, and those as likely as the k-th")
  func topK() {
    let found = shares(
      Self.logits, GenerationOptions(maxTokens: 1, temperature: 1, topK: 2))
    let kept = softmax([2, 1.5])
    #expect(near(found, [0, 0, 0, kept[0], kept[1], 0]))
    let tied = shares([1, 2, 1, 0], GenerationOptions(maxTokens: 1, temperature: 1, topK: 2))
    #expect(near(tied, softmax([1, 2, 1]) + [0]))
  }

  /// transformers drops from the least likely on while what is dropped stays within 1 - p.
  @Test("Top-p keeps the fewest likeliest that reach p", arguments: [0.05, 0.4, 0.6, 0.75, 0.999])
  func topP(_ p: Double) {
    let all = softmax(Self.logits)
    let order = all.indices.sorted { all[$0] > all[$1] }
    var kept: [Int] = []
    var mass = 0.0
    for id in order where mass < p {
      kept.append(id)
      mass += all[id]
    }
    let expected = all.indices.map { kept.contains($0) ? all[$0] / mass : 0 }
    let found = shares(Self.logits, GenerationOptions(maxTokens: 1, temperature: 1, topP: p))
    #expect(near(found, expected))
  }

  @Test("Temperature comes before top-p, top-k before top-p")
  func order() {
    // At temperature 3 top-k leaves 0.58 and 0.42; untempered it would be 0.73, among all four 0.36.
    func kept(_ p: Double) -> [Double] {
      shares([2, 1, 0, 0], GenerationOptions(maxTokens: 1, temperature: 3, topK: 2, topP: p))
    }
    #expect(kept(0.55) == [1, 0, 0, 0])
    #expect(near(kept(0.6), softmax([2, 1], temperature: 3) + [0, 0]))
  }

  @Test(
    "The repetition penalty divides positive logits of seen tokens and multiplies negative ones")
  func penalty() throws {
    let options = GenerationOptions(maxTokens: 1, temperature: 1, repetitionPenalty: 2)
    var row = Self.logits
    var sampler = TokenSampler(options: options, prompt: [3, 2])
    var counts = [0.0, 0, 0, 0, 0, 0]
    // A fresh sampler a draw: what is drawn is seen from then on.
    for seed in 0..<20_000 {
      var seeded = options
      seeded.seed = UInt64(seed)
      sampler = TokenSampler(options: seeded, prompt: [3, 2])
      row = Self.logits
      counts[Int(row.withUnsafeMutableBufferPointer { sampler.choose($0) }!.id)] += 1 / 20_000
    }
    #expect(near(counts, softmax([1, 0.2, -2, 1, 1.5, -3])))

    // Greedy too, and what was said counts.
    var greedy = TokenSampler(
      options: GenerationOptions(maxTokens: 1, repetitionPenalty: 2), prompt: [])
    let said = (0..<3).map { _ in
      row = Self.logits
      return row.withUnsafeMutableBufferPointer { greedy.choose($0) }!.id
    }
    #expect(said == [3, 4, 0])
  }

  @Test("Log probabilities are the model's own, whatever chose")
  func logProbability() throws {
    let options = GenerationOptions(
      maxTokens: 1, temperature: 0.3, topK: 3, topP: 0.9, repetitionPenalty: 1.5)
    let found = try #require(choice(Self.logits, options, prompt: [3]))
    let expected = log(softmax(Self.logits)[Int(found.id)])
    #expect(abs(Double(found.logProbability) - expected) < 1e-5)
  }

  @Test("Logits that are not finite choose nothing", arguments: [Float.nan, .infinity])
  func notFinite(_ value: Float) {
    for options in [
      GenerationOptions(maxTokens: 1), GenerationOptions(maxTokens: 1, temperature: 1),
    ] {
      #expect(choice([0, value, 1], options) == nil)
      #expect(choice([0, -.infinity, 1], options)?.id != 1, "an excluded token is no defect")
    }
  }

  @Test("Selection among thousands with many equals is exact")
  func selection() {
    let logits = (0..<5000).map { Float(($0 * 7919) % 613) / 100 }
    let least = logits.sorted(by: >)[99]
    for seed in 0..<200 {
      let options = GenerationOptions(maxTokens: 1, temperature: 5, topK: 100, seed: UInt64(seed))
      let id = choice(logits, options)!.id
      #expect(logits[Int(id)] >= least)
    }
  }

  @Test("Joining tokens are weighed together, by the model's own distribution")
  func joining() throws {
    for temperature in [0, 0.3] {
      let options = GenerationOptions(
        maxTokens: 1, joiningTokens: [0, 4, 99], temperature: temperature, repetitionPenalty: 1.5)
      let found = try #require(choice(Self.logits, options, prompt: [3]))
      let all = softmax(Self.logits)
      #expect(abs(Double(found.joiningProbability) - all[0] - all[4]) < 1e-6)
    }
    #expect(choice(Self.logits, GenerationOptions(maxTokens: 1))?.joiningProbability == 0)
  }
}
