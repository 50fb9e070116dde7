import OCRInference
import Testing

@Suite struct GenerationLoopTests {
  private func collect(
    _ stream: AsyncThrowingStream<GenerationEvent, any Error>
  ) async throws -> (tokens: [GeneratedToken], summary: GenerationSummary?) {
    var tokens: [GeneratedToken] = []
    for try await event in stream {
      switch event {
      case .token(let token): tokens.append(token)
      case .end(let summary): return (tokens, summary)
      }
    }
    return (tokens, nil)
  }

  @Test("Callers at once get what each would get alone")
  func concurrent() async throws {
    let decoder = try randomDecoder()
    let loop = try GenerationLoop(
      decoder: decoder, settings: .init(maxSequences: 4, chunkSize: 16))
    let options = GenerationOptions(maxTokens: 15)
    let prompts = (0..<10).map { EmbeddedPrompt(text: promptIDs(5 + 7 * $0, seed: Int32($0))) }
    try await withThrowingTaskGroup(of: (Int, [UInt32], GenerationOutcome?).self) { group in
      for (index, prompt) in prompts.enumerated() {
        group.addTask {
          let text = try await collect(loop.generate(prompt, options: options))
          return (index, text.tokens.bits, text.summary?.outcome)
        }
      }
      for try await (index, bits, outcome) in group {
        let alone = try generated(prompts[index], options, decoder: try randomDecoder())
        #expect(bits == alone.tokens.bits)
        #expect(outcome == .length)
      }
    }
    #expect(loop.prefixStatistics.promptPositions > 0)
  }

  @Test("An error reaches its own caller")
  func refused() async throws {
    let loop = try GenerationLoop(decoder: randomDecoder(context: 32))
    let options = GenerationOptions(maxTokens: 3)
    await #expect(throws: GenerationError.promptTooLong(tokens: 40, context: 32)) {
      try await collect(loop.generate(EmbeddedPrompt(text: promptIDs(40)), options: options))
    }
    let text = try await collect(
      loop.generate(EmbeddedPrompt(text: promptIDs(4)), options: options))
    #expect(text.tokens.count == 3)
  }

  @Test("Cancelling the consumer frees its place for the next")
  func cancelled() async throws {
    let loop = try GenerationLoop(
      decoder: randomDecoder(context: 1 << 20), settings: .init(maxSequences: 1))
    let endless = GenerationOptions(maxTokens: 1 << 19, repetition: nil)
    let reader = Task {
      var count = 0
      for try await _ in loop.generate(EmbeddedPrompt(text: [1, 2]), options: endless) {
        count += 1
        if count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
      }
      return count
    }
    let seen = try await reader.value
    #expect(seen >= 3)
    let next = try await collect(
      loop.generate(EmbeddedPrompt(text: [3]), options: GenerationOptions(maxTokens: 2)))
    #expect(next.tokens.count == 2)
  }

  @Test("A loop that goes ends what is left in it")
  func stopped() async throws {
    var loop: GenerationLoop? = try GenerationLoop(decoder: randomDecoder(context: 1 << 20))
    let stream = loop!.generate(
      EmbeddedPrompt(text: [1, 2]),
      options: GenerationOptions(maxTokens: 1 << 19, repetition: nil))
    loop = nil
    await #expect(throws: GenerationError.stopped) {
      for try await _ in stream {}
    }
  }
}
