import Foundation
import OCRInference
import PageImaging
import Testing

/// The local engine with models that read whole pages. Their weights are random: the text is nonsense, but the same every
/// time.
@Suite struct PageEngineTests {
  private func engine(
    _ directory: ModelDirectory, threads: Int = 2,
    _ change: (inout LocalEngineOptions) -> Void = { _ in }
  ) throws -> LocalEngine {
    let pool = ThreadPool(threads: threads)
    var options = LocalEngineOptions()
    options.maxTokens = 40
    change(&options)
    return try LocalEngine(
      model: LocalModel(directory: directory, name: "tiny", quantize: nil, pool: pool),
      options: options, pool: pool)
  }

  private func tiny(_ name: String = "qwen2.5-vl-tiny") throws -> ModelDirectory {
    try ModelDirectory("\(TinyModel.directory)/\(name)")
  }

  private func page(_ name: String, prompt: String = "Read.") throws -> EnginePage {
    EnginePage(id: name, image: try SightModel.page(name), dpi: 150, prompt: prompt)
  }

  private func read(_ page: EnginePage, by engine: LocalEngine) async -> Transcript {
    await engine.transcribe(page, timeout: .seconds(60))
  }

  @Test("The tokens are the model's on the reference's prompt, whatever threads and chunks")
  func reference() async throws {
    let name = "qwen2.5-vl-tiny"
    let golden = try GoldenTensors(name)
    let user = try #require(golden.metadata["chat_user_text"])
    // In bf16 the engine's tokens need not be those of float32: its own model's are asked for.
    let model = try SightModel.named(name)
    let ids = try golden.ids("chat.prompt.ids")
    let prompt = try model.prompt(
      ids: model.collapsed(ids), pages: [SightModel.page("tall")])
    let greedy = try model.greedy(prompt, steps: 17, cacheType: .bf16).ids
    let tokenizer = try Tokenizer(file: tiny(name).path(of: .tokenizer))
    let expected = TranscriptText.normalized(tokenizer.decode(greedy))
    for (threads, chunk) in [(1, 5), (2, 512)] {
      let engine = try engine(tiny(name), threads: threads) {
        $0.maxTokens = 17
        $0.chunkSize = chunk
      }
      let transcript = await read(try page("tall", prompt: user), by: engine)
      #expect(transcript.text == expected)
      let record = try #require(transcript.inference)
      #expect(record.input == .page && record.prompts == 1)
      #expect(record.imageTokens == 21)
      #expect(record.promptTokens == ids.count)
      #expect(record.outputTokens == 17)
      #expect(record.stages.lineFinding == 0)
      for time in [
        record.stages.imagePreparation, record.stages.visionEncoding, record.stages.prefill,
        record.stages.decode,
      ] { #expect(time > 0) }
    }
  }

  @Test("A page read again gives the same text and is computed again")
  func again() async throws {
    let engine = try engine(tiny())
    let first = await read(try page("square"), by: engine)
    let second = await read(try page("square"), by: engine)
    #expect(first.text == second.text && !first.text.isEmpty)
    let record = try #require(second.inference)
    // What stands before the page may be shared, the page not.
    #expect(record.reusedPromptTokens < record.promptTokens - record.imageTokens)
  }

  @Test("Pages read at once read as one after another")
  func concurrent() async throws {
    let engine = try engine(tiny())
    let names = ["square", "tall", "tiny", "square"]
    var expected: [String] = []
    for name in names { expected.append(await read(try page(name), by: engine).text) }
    let pages = try names.map { try page($0) }
    let texts = await withTaskGroup(of: (Int, String).self) { group in
      for (index, page) in pages.enumerated() {
        group.addTask { (index, await read(page, by: engine).text) }
      }
      return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
    }
    #expect(names.indices.map { texts[$0] } == expected)
  }

  @Test("A page that does not end within its tokens is truncated")
  func truncated() async throws {
    let engine = try engine(tiny()) { $0.maxTokens = 5 }
    let transcript = await read(try page("square"), by: engine)
    #expect(
      transcript.outcome
        == PageOutcome(status: .truncated, detail: "no end within 5 tokens"))
    #expect(transcript.timing.outputTokens == 5)
    #expect(transcript.inference?.truncated == 1)
  }

  @Test("A model that repeats itself is stopped")
  func repeated() async throws {
    let long: [String: ChangedKeys] = [
      "config.json": { $0["max_position_embeddings"] = 8192 },
      "generation_config.json": { $0["eos_token_id"] = 1_000_000 },
    ]
    // Layers that add nothing: a token follows from the last alone, so that the text comes round.
    let silent: (inout [TestTensor]) -> Void = { tensors in
      for place in tensors.indices
      where ["o_proj.weight", "down_proj.weight"].contains(where: tensors[place].name.hasSuffix) {
        tensors[place].data = [UInt8](repeating: 0, count: tensors[place].data.count)
      }
    }
    try await withChangedModel(tiny(), keys: long, weights: silent) { directory in
      let engine = try engine(directory) { $0.maxTokens = 8000 }
      let transcript = await read(try page("square"), by: engine)
      #expect(transcript.outcome.status == .repeated)
      #expect(transcript.inference?.repeating == 1)
      #expect(try #require(transcript.timing.outputTokens) < 8000)
    }
  }

  @Test("Too long a prompt or page is the page's failure, no place for it the model's")
  func tooLong() async throws {
    let engine = try engine(tiny())
    let long = await read(
      try page("tiny", prompt: String(repeating: "서식 ", count: 400)), by: engine)
    #expect(long.outcome.status == .unreadableOutput)
    #expect(long.outcome.detail?.contains("the model's context is 512") == true)

    let many: [String: ChangedKeys] = [
      "preprocessor_config.json": { $0["max_pixels"] = 100_000_000 }
    ]
    try await withChangedModel(tiny(), keys: many) { directory in
      let large = PageImage(width: 7000, height: 6720, color: .grey, filledWith: 255)
      let transcript = await read(
        EnginePage(id: "large", image: large, dpi: 600), by: try self.engine(directory))
      #expect(transcript.outcome.status == .unreadableOutput)
      #expect(transcript.outcome.detail?.contains("60000 tokens") == true)
    }

    let blind: [String: ChangedKeys] = ["chat_template.json": { $0["chat_template"] = "Read." }]
    try await withChangedModel(tiny(), keys: blind) { directory in
      #expect(throws: PromptError.imagePlaces(inPrompt: 0, images: 1)) {
        try self.engine(directory)
      }
    }
  }

  @Test("A reader that goes away stops its page and frees its place", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let endless: [String: ChangedKeys] = [
      "config.json": { $0["max_position_embeddings"] = 1_000_000 },
      "generation_config.json": { $0["eos_token_id"] = 1_000_000 },
    ]
    try await withChangedModel(tiny(), keys: endless) { directory in
      // Sampled, so that it does not repeat itself.
      let engine = try engine(directory) {
        $0.maxTokens = 900_000
        $0.temperature = 5
      }
      let page = try page("tiny")
      // More than run at once: the last would wait for those before it.
      for _ in 0..<10 {
        let reader = Task {
          var tokens = 0
          for try await chunk in engine.read(page) {
            #expect(chunk.inference == nil)
            tokens += chunk.tokens ?? 0
            if tokens >= 3 { withUnsafeCurrentTask { $0?.cancel() } }
          }
          return tokens
        }
        #expect(try await reader.value >= 3)
      }
      let stopped = await engine.transcribe(page, timeout: .milliseconds(20))
      #expect(stopped.outcome.status == .timedOut)
    }
  }
}
