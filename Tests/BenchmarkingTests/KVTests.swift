import Benchmarking
import Foundation
import OCRInference
import Testing

@Suite struct KVTests {
  private func loss(_ predictions: [([Float], target: Int)]) -> TokenLoss {
    var loss = TokenLoss()
    for (logits, target) in predictions {
      logits.withUnsafeBufferPointer { _ = loss.add($0, target: target) }
    }
    return loss
  }

  /// p = 1/4 and 3/4: the true tokens have 3/4 and 1/4, so the perplexity is √(4/3 · 4).
  @Test func `Perplexity and accuracy are those of hand-computed cases`() throws {
    let logits: [Float] = [0, log(3)]
    let both = loss([(logits, 1), (logits, 0)])
    #expect(abs(both.perplexity! - (16.0 / 3).squareRoot()) < 1e-6)
    #expect(both.accuracy == 0.5)
    // Of eight equal logits each is one in eight, however large they are.
    let equal = loss([([Float](repeating: 1000, count: 8), 5)])
    #expect(abs(equal.perplexity! - 8) < 1e-9)
    #expect(TokenLoss().perplexity == nil && TokenLoss().accuracy == nil)
  }

  @Test func `Logits that are no numbers are refused, not averaged`() {
    var loss = TokenLoss()
    for bad in [Float.nan, .infinity] {
      let taken = [0, bad, 1].withUnsafeBufferPointer { loss.add($0, target: 0) }
      #expect(!taken)
    }
    #expect(loss == TokenLoss())
  }

  /// pythia-2.8b: 32 layers, 32 heads of 80.
  @Test func `A cache's memory is layers, heads, dimension, rows and bytes multiplied`() {
    let shape = DecoderShape(
      layers: 32, hidden: 2560, heads: 32, kvHeads: 32, headDimension: 80, vocabulary: 50304,
      contextLength: 2048)
    func bytes(_ policy: CachePolicy, passRows: Int = 0) -> Int {
      KVMemory.cacheBytes(
        shape: shape, type: .f16, policy: policy, rows: 2000, passRows: passRows)
    }
    #expect(bytes(.full) == 32 * 2 * 32 * 80 * 2000 * 2)
    #expect(bytes(.full, passRows: 128) == bytes(.full))
    #expect(bytes(.streamingLLM(sinks: 4, recent: 252)) == 32 * 2 * 32 * 80 * 256 * 2)
    #expect(bytes(.recentOnly(size: 256), passRows: 128) == 32 * 2 * 32 * 80 * 384 * 2)
    #expect(
      bytes(.fixSizeL2(size: 256, skippedLayers: [0, 1]))
        == (2 * 2000 + 30 * 256) * 2 * 32 * 80 * 2)
    #expect(bytes(.recentOnly(size: 5000)) == bytes(.full))
  }

  @Test func `StreamingLLM's comparison is the source document's seven groups`() {
    let cases = KVCase.all(
      of: .streamingLLM, sinks: 4, recentSizes: [252, 508, 1020], skippedLayers: [0, 1])
    #expect(
      cases.map(\.name) == [
        "baseline", "recent_only_256", "streaming_256", "recent_only_512", "streaming_512",
        "recent_only_1024", "streaming_1024",
      ])
    #expect(cases.allSatisfy { $0.policy.size == Int($0.name.split(separator: "_").last!) })
    let all = KVCase.all(of: .all, sinks: 4, recentSizes: [252], skippedLayers: [3])
    #expect(all.last?.policy == .fixSizeL2(size: 256, skippedLayers: [3]))
    #expect(
      KVCase.all(of: .baseline, sinks: 4, recentSizes: [252], skippedLayers: []) == [.baseline])
  }

  @Test func `A directory is named as the source document names its own`() {
    let date = Date(timeIntervalSince1970: 1_735_572_645)
    let time = KVDirectory.timestamp(date, in: TimeZone(identifier: "UTC")!)
    #expect(time == "20241230_153045")
    func name(_ model: String) -> String {
      KVDirectory.name(method: .streamingLLM, model: model, timestamp: time)
    }
    for model in ["/mnt/disk1/models/pythia-2.8b", "EleutherAI/pythia-2.8b", "preset:pythia-2.8b"] {
      #expect(name(model) == "streaming_llm_pythia-2.8b_20241230_153045")
    }
    #expect(name("모델 1") == "streaming_llm_---1_20241230_153045")
    #expect(name("..") == "streaming_llm_.._20241230_153045")
  }

  @Test func `A text is cut into pieces one after another, and says where it is too short`() throws
  {
    let home = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let tokenizer = try Tokenizer(
      file: home.appending(path: "models/medocr-nano/tokenizer.json").path)
    let text = "아스피린 100 mg, 하루 한 번. 클로피도그렐 75 mg."
    let ids = tokenizer.encode(text)
    let samples = try KVSamples.cut(text, tokenizer: tokenizer, count: 2, tokens: 5)
    #expect(samples == [Array(ids[0..<5]), Array(ids[5..<10])])
    #expect(
      throws: KVSampleError.tooShort(tokens: ids.count, samples: 9, each: 40)
    ) { try KVSamples.cut(text, tokenizer: tokenizer, count: 9, tokens: 40) }
    let random = KVSamples.random(vocabulary: 30, count: 2, tokens: 100, seed: 3)
    #expect(random[0] != random[1] && random.joined().allSatisfy { (0..<30).contains($0) })
    #expect(random == KVSamples.random(vocabulary: 30, count: 2, tokens: 100, seed: 3))
  }
}
