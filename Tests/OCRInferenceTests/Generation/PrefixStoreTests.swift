import OCRInference
import Testing

@Suite struct PrefixStoreTests {
  private func run(_ batch: ContinuousBatch, _ prompt: EmbeddedPrompt) throws -> Int? {
    let id = try batch.submit(prompt, options: GenerationOptions(maxTokens: 1))
    var run = BatchRun()
    run.finish(batch)
    return run.ends[id]?.reusedPromptTokens
  }

  @Test("Equal keys at other positions are not the same prefix")
  func positions() throws {
    let batch = try ContinuousBatch(decoder: randomDecoder())
    let ids = promptIDs(12)
    func prompt(at first: Int32) -> EmbeddedPrompt {
      EmbeddedPrompt(
        ids: ids, positions: (0..<12).map { RotaryPosition($0 < 5 ? $0 : $0 + first) },
        nextPosition: 12 + first, contentKeys: ids.map { UInt64($0) })
    }
    #expect(try run(batch, prompt(at: 0)) == 0)
    #expect(try run(batch, prompt(at: 1)) == 5)
  }

  @Test("Another page under the same ids is not the same prefix")
  func pages() throws {
    let batch = try ContinuousBatch(decoder: randomDecoder())
    let ids = promptIDs(12)
    func prompt(page: UInt64) -> EmbeddedPrompt {
      EmbeddedPrompt(
        ids: ids, positions: (0..<12).map { RotaryPosition($0) }, nextPosition: 12,
        contentKeys: ids.indices.map { $0 < 4 ? UInt64($0) : page + UInt64($0) })
    }
    #expect(try run(batch, prompt(page: 1000)) == 0)
    #expect(try run(batch, prompt(page: 2000)) == 4)
    #expect(try run(batch, prompt(page: 1000)) == 11)
  }

  @Test("Its memory is bounded; the entry used longest ago goes")
  func bounded() throws {
    // 2 layers, keys and values, 2 heads of 32 in f16: 512 bytes a row, and rows are kept in blocks of 256. Two
    // prompts fit, three do not.
    let batch = try ContinuousBatch(
      decoder: randomDecoder(), settings: .init(prefixByteLimit: 300_000))
    let prompts = (0..<3).map { EmbeddedPrompt(text: promptIDs(64, seed: Int32(3 * $0 + 1))) }
    #expect(try run(batch, prompts[0]) == 0)
    #expect(try run(batch, prompts[1]) == 0)
    #expect(try run(batch, prompts[0]) == 63)
    #expect(try run(batch, prompts[2]) == 0)
    #expect(try run(batch, prompts[0]) == 63)
    #expect(try run(batch, prompts[1]) == 0)
  }

  @Test("Of a prompt larger than the store the beginning is kept")
  func large() throws {
    let batch = try ContinuousBatch(
      decoder: randomDecoder(), settings: .init(prefixByteLimit: 140_000))
    let prompt = EmbeddedPrompt(text: promptIDs(400))
    #expect(try run(batch, prompt) == 0)
    #expect(try run(batch, prompt) == 256)
    #expect(batch.prefixStatistics.hitRate == 256.0 / 800)
  }

  @Test("A store of no bytes keeps nothing")
  func off() throws {
    let batch = try ContinuousBatch(decoder: randomDecoder(), settings: .init(prefixByteLimit: 0))
    let prompt = EmbeddedPrompt(text: promptIDs(20))
    #expect(try run(batch, prompt) == 0)
    #expect(try run(batch, prompt) == 0)
  }
}
