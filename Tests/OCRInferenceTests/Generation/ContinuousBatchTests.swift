import OCRInference
import Testing

@Suite struct ContinuousBatchTests {
  @Test("A text ends at a stop token, at max tokens or at the context's end")
  func outcomes() throws {
    let decoder = try randomDecoder(context: 64)
    let prompt = EmbeddedPrompt(text: promptIDs(20))
    let free = try generated(prompt, GenerationOptions(maxTokens: 10), decoder: decoder)
    #expect(free.tokens.count == 10)
    #expect(free.summary?.outcome == .length)
    #expect(free.summary?.promptTokens == 20)
    #expect(free.summary?.outputTokens == 10)

    let third = free.tokens[2].id
    let first = free.tokens.firstIndex { $0.id == third }! + 1
    let stopped = try generated(
      prompt, GenerationOptions(maxTokens: 10, stopTokens: [third, 299]), decoder: decoder)
    #expect(stopped.summary?.outcome == .stop(token: third))
    #expect(stopped.tokens.ids == Array(free.tokens.ids.prefix(first)))

    let long = try generated(
      prompt, GenerationOptions(maxTokens: 1000, repetition: nil), decoder: decoder)
    #expect(long.summary?.outcome == .context)
    #expect(long.tokens.count == 44)
  }

  @Test("What its buffers take is known before they are made", arguments: [64, 2048], [1, 5])
  func buffers(context: Int, sequences: Int) throws {
    let decoder = try randomDecoder(context: context)
    let settings = ContinuousBatch.Settings(maxSequences: sequences)
    let batch = try ContinuousBatch(decoder: decoder, settings: settings)
    #expect(
      ContinuousBatch.activationByteCount(decoder: decoder, settings: settings)
        == batch.activationByteCount)
    #expect(batch.byteCount == batch.activationByteCount)
  }

  @Test("A loop is an outcome")
  func loop() throws {
    let rule = RepetitionRule(longestPeriod: 8, repeats: 3, tokens: 12)
    // A random model that is always asked greedily runs into a loop soon.
    let text = try generated(
      EmbeddedPrompt(text: promptIDs(5)),
      GenerationOptions(maxTokens: 400, repetition: rule), decoder: randomDecoder())
    guard case .repetition(let period) = text.summary?.outcome else {
      Issue.record("ended with \(String(describing: text.summary?.outcome))")
      return
    }
    let tail = text.tokens.ids.suffix(12)
    #expect(zip(tail, tail.dropFirst(period)).allSatisfy(==))
    #expect(text.tokens.count < 400)
  }

  @Test("What cannot be served is refused before any work")
  func refusals() throws {
    let batch = try ContinuousBatch(decoder: randomDecoder(context: 64))
    let options = GenerationOptions(maxTokens: 1)
    func error(_ prompt: EmbeddedPrompt, _ options: GenerationOptions) -> GenerationError? {
      do throws(GenerationError) {
        _ = try batch.submit(prompt, options: options)
        return nil
      } catch { return error }
    }
    #expect(error(EmbeddedPrompt(text: []), options) == .emptyPrompt)
    #expect(
      error(EmbeddedPrompt(text: promptIDs(64)), options)
        == .promptTooLong(tokens: 64, context: 64))
    #expect(
      error(EmbeddedPrompt(text: [1, 300]), options)
        == .tokenOutsideVocabulary(id: 300, vocabulary: 300))
    #expect(
      error(EmbeddedPrompt(text: [-1]), options)
        == .tokenOutsideVocabulary(id: -1, vocabulary: 300))
    let narrow = EmbeddedPrompt(
      ids: [1], images: [.init(start: 0, features: FloatMatrix(rows: 1, columns: 64))],
      positions: [RotaryPosition(0)], nextPosition: 1, contentKeys: [1])
    #expect(error(narrow, options) == .imageWidth(64, hidden: 128))
    #expect(
      error(EmbeddedPrompt(text: [1]), GenerationOptions(maxTokens: 1, topP: 0))
        == .option(name: "top p", range: "more than 0 and at most 1"))
    #expect(batch.isIdle)
  }

  @Test("A cache type that the heads do not suit is refused by name")
  func cacheType() throws {
    let decoder = try TinyModel.decoder("qwen2-tiny")
    #expect(throws: GenerationError.cache(.headDimension(16, .q4))) {
      try ContinuousBatch(decoder: decoder, settings: .init(cacheType: .q4))
    }
  }

  @Test("NaN logits end their sequence alone")
  func notFinite() throws {
    let decoder = try randomDecoder()
    let poison = FloatMatrix(rows: 1, columns: 128)
    for column in 0..<128 { poison.pointer[column] = .nan }
    let batch = try ContinuousBatch(decoder: decoder, settings: .init(prefixByteLimit: 0))
    let ids = promptIDs(6)
    let sick = try batch.submit(
      EmbeddedPrompt(
        ids: ids, images: [.init(start: 2, features: poison)],
        positions: (0..<6).map { RotaryPosition($0) }, nextPosition: 6,
        contentKeys: Array(1000..<1006)),
      options: GenerationOptions(maxTokens: 4))
    let well = try batch.submit(
      EmbeddedPrompt(text: ids), options: GenerationOptions(maxTokens: 4))
    var run = BatchRun()
    run.finish(batch)
    #expect(run.errors == [sick: .notFinite(position: 5)])
    #expect(run.tokens[sick] == nil)
    #expect(run.tokens[well]?.count == 4)
  }

  @Test("Image rows stand in for the embeddings of their ids, whatever the chunks")
  func imageRows() throws {
    let decoder = try randomDecoder()
    let ids = promptIDs(40)
    // The features are the embeddings of the true ids; the ids in their place are others.
    let features = FloatMatrix(rows: 20, columns: 128)
    decoder.embed(ids[9..<29], into: features, at: 0)
    let prompt = EmbeddedPrompt(
      ids: ids[..<9] + Array(repeating: 7, count: 20) + ids[29...],
      images: [.init(start: 9, features: features)], positions: (0..<40).map { RotaryPosition($0) },
      nextPosition: 40, contentKeys: Array(0..<40))
    let options = GenerationOptions(maxTokens: 6)
    let text = try generated(EmbeddedPrompt(text: ids), options, decoder: decoder).tokens
    for chunk in [6, 13, 64] {
      let seen = try generated(
        prompt, options, decoder: decoder,
        settings: .init(chunkSize: chunk, prefixByteLimit: 0)
      ).tokens
      #expect(seen.bits == text.bits)
    }
  }

  @Test("A cancelled sequence leaves; the others do not notice")
  func cancelled() throws {
    let decoder = try randomDecoder()
    let batch = try ContinuousBatch(
      decoder: decoder, settings: .init(maxSequences: 2, prefixByteLimit: 0))
    let prompts = (0..<3).map { EmbeddedPrompt(text: promptIDs(9, seed: Int32($0))) }
    let options = GenerationOptions(maxTokens: 8)
    let ids = try prompts.map { try batch.submit($0, options: options) }
    var run = BatchRun()
    run.step(batch)
    run.step(batch)
    batch.cancel(ids[0])
    run.finish(batch)
    #expect(run.tokens[ids[0]]?.count == 2)
    #expect(run.ends[ids[0]] == nil)
    for index in 1...2 {
      #expect(
        try run.tokens[ids[index]]?.bits
          == generated(prompts[index], options, decoder: decoder).tokens.bits)
    }
  }

  @Test("Times add up, and tokens come in order of time")
  func times() throws {
    var prompt = EmbeddedPrompt(text: promptIDs(30))
    prompt.imagePreparation = .milliseconds(3)
    prompt.visionEncoding = .milliseconds(5)
    let text = try generated(
      prompt, GenerationOptions(maxTokens: 5), decoder: randomDecoder())
    let summary = try #require(text.summary)
    #expect(summary.stages.imagePreparation == 3)
    #expect(summary.stages.visionEncoding == 5)
    #expect(summary.stages.prefill > 0)
    #expect(
      summary.timeToFirstToken >= .milliseconds(8 + summary.stages.prefill) - .nanoseconds(9))
    let span = (text.tokens[4].time - text.tokens[0].time) / .milliseconds(1)
    #expect(summary.stages.decode == span)
    #expect(zip(text.tokens, text.tokens.dropFirst()).allSatisfy { $0.time <= $1.time })
  }
}
