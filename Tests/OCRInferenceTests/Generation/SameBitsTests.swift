import OCRInference
import Testing

/// A sequence's bits do not depend on how the work was cut: the gate must be repeatable.
@Suite struct SameBitsTests {
  static let types = WeightType.allCases
  static let options = GenerationOptions(maxTokens: 12)

  @Test("Chunked equals whole", arguments: types)
  func chunks(_ type: WeightType) throws {
    let decoder = try randomDecoder(type)
    let prompt = EmbeddedPrompt(text: promptIDs(83))
    let whole = try alone(prompt, decoder, type)
    for chunk in [1, 7, 16, 64] {
      let cut = try alone(prompt, decoder, type, chunk: chunk)
      #expect(cut.ids == whole.ids, "chunks of \(chunk)")
      #expect(cut.bits == whole.bits, "chunks of \(chunk)")
    }
  }

  @Test("One thread equals two", arguments: types)
  func threads(_ type: WeightType) throws {
    let prompt = EmbeddedPrompt(text: promptIDs(83))
    let one = try alone(prompt, randomDecoder(type, threads: 1), type)
    let two = try alone(prompt, randomDecoder(type, threads: 2), type)
    #expect(one.ids == two.ids)
    #expect(one.bits == two.bits)
  }

  @Test("Batched equals single, newcomers and leavers included", arguments: types)
  func batch(_ type: WeightType) throws {
    let decoder = try randomDecoder(type)
    let lengths = [(40, 12), (3, 30), (71, 5), (1, 20), (25, 9)]
    let prompts = lengths.enumerated().map {
      EmbeddedPrompt(text: promptIDs($1.0, seed: Int32($0)))
    }
    let batch = try ContinuousBatch(
      decoder: decoder,
      settings: .init(maxSequences: 3, chunkSize: 16, cacheType: type, prefixByteLimit: 0))
    var run = BatchRun()
    var ids: [ContinuousBatch.SequenceID] = []
    for (prompt, length) in zip(prompts, lengths) {
      ids.append(try batch.submit(prompt, options: GenerationOptions(maxTokens: length.1)))
      run.step(batch)
      run.step(batch)
    }
    run.finish(batch)
    for (index, id) in ids.enumerated() {
      let single = try generated(
        prompts[index], GenerationOptions(maxTokens: lengths[index].1), decoder: decoder,
        settings: .init(cacheType: type, prefixByteLimit: 0)
      ).tokens
      #expect(run.tokens[id]?.ids == single.ids)
      #expect(run.tokens[id]?.bits == single.bits)
      #expect(single.count == lengths[index].1)
    }
    #expect(run.steps < 100, "sequences ran one after another")
  }

  @Test("Reused prefix equals fresh", arguments: types)
  func prefix(_ type: WeightType) throws {
    let decoder = try randomDecoder(type)
    let shared = promptIDs(50)
    let batch = try ContinuousBatch(
      decoder: decoder, settings: .init(chunkSize: 32, cacheType: type, prefixByteLimit: 1 << 24))
    for (turn, tail) in [[1, 2, 3], [4, 5, 6, 7], [8], []].enumerated() {
      let prompt = EmbeddedPrompt(text: shared + tail.map(Int32.init))
      let id = try batch.submit(prompt, options: Self.options)
      var run = BatchRun()
      run.finish(batch)
      let fresh = try alone(prompt, decoder, type)
      #expect(run.tokens[id]?.ids == fresh.ids)
      #expect(run.tokens[id]?.bits == fresh.bits)
      // The last row of a prompt is always computed.
      #expect(run.ends[id]?.reusedPromptTokens == [0, 50, 50, 49][turn])
    }
    #expect(batch.prefixStatistics.reusedPositions == 149)
    #expect(batch.prefixStatistics.promptPositions == 208)
  }

  @Test("Seeded sampling draws the same in a batch and alone")
  func sampled() throws {
    let decoder = try randomDecoder()
    let options = GenerationOptions(
      maxTokens: 20, temperature: 0.9, topK: 40, topP: 0.95, repetitionPenalty: 1.1, seed: 5)
    let batch = try ContinuousBatch(decoder: decoder, settings: .init(prefixByteLimit: 0))
    let prompts = (0..<4).map { EmbeddedPrompt(text: promptIDs(10 + $0)) }
    let ids = try prompts.map { try batch.submit($0, options: options) }
    var run = BatchRun()
    run.finish(batch)
    for (prompt, id) in zip(prompts, ids) {
      #expect(try run.tokens[id]?.ids == generated(prompt, options, decoder: decoder).tokens.ids)
    }
    var other = options
    other.seed = 6
    let first = try generated(prompts[0], options, decoder: decoder).tokens.ids
    #expect(try generated(prompts[0], other, decoder: decoder).tokens.ids != first)
  }

  private func alone(
    _ prompt: EmbeddedPrompt, _ decoder: any TextDecoder, _ type: WeightType, chunk: Int = 512
  ) throws -> [GeneratedToken] {
    try generated(
      prompt, Self.options, decoder: decoder,
      settings: .init(chunkSize: chunk, cacheType: type, prefixByteLimit: 0)
    ).tokens
  }
}
