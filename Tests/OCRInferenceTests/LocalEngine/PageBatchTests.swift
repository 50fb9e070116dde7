import OCRInference
import PageImaging
import Testing

/// Pages that the local engine decodes together read as they do alone.
@Suite struct PageBatchTests {
  private func engine(_ directory: ModelDirectory, maxTokens: Int? = nil) throws -> LocalEngine {
    let pool = ThreadPool(threads: 2)
    var options = LocalEngineOptions()
    options.maxTokens = maxTokens
    return try LocalEngine(
      model: LocalModel(directory: directory, name: "tiny", pool: pool), options: options,
      pool: pool)
  }

  private func lineReader() throws -> ModelDirectory { try ModelDirectory(LineReader.directory) }

  /// Three, four and five lines.
  private func linedPages() throws -> [EnginePage] {
    let strips = try LineReader.strips()
    return try [0..<3, 3..<7, 7..<12].map { lines in
      EnginePage(
        id: "\(lines)", image: .stacked(try strips[lines].map { try $0.image }), dpi: 150)
    }
  }

  private func seeing() throws -> ModelDirectory {
    try ModelDirectory("\(TinyModel.directory)/qwen2.5-vl-tiny")
  }

  private func wholePages() throws -> [EnginePage] {
    try ["square", "tall", "tiny"].map {
      EnginePage(id: $0, image: try SightModel.page($0), dpi: 150, prompt: "Read.")
    }
  }

  private func alone(_ pages: [EnginePage], by engine: LocalEngine) async -> [Transcript] {
    var transcripts: [Transcript] = []
    for page in pages {
      transcripts.append(await engine.transcribe(page, timeout: .seconds(60)))
    }
    return transcripts
  }

  /// Steps to the end: what came of each page, and the most sequences of a pass.
  private func finish(_ batch: PageBatch) -> (pages: [Int: Transcript], largest: Int) {
    var (pages, largest) = ([Int: Transcript](), 0)
    while !batch.isIdle {
      let step = batch.step()
      largest = max(largest, step.sequences)
      for page in step.ended { pages[page.id] = page.transcript }
    }
    return (pages, largest)
  }

  private func together(
    _ pages: [EnginePage], by engine: LocalEngine, concurrency: Int
  ) throws -> (pages: [Int: Transcript], largest: Int) {
    let batch = try PageBatch(engine: engine, concurrency: concurrency)
    for (id, page) in pages.enumerated() { batch.submit(page, id: id) }
    return finish(batch)
  }

  /// All but times.
  private func same(_ found: Transcript?, _ expected: Transcript) {
    #expect(found?.text == expected.text)
    #expect(found?.confidences == expected.confidences)
    #expect(found?.outcome == expected.outcome)
    #expect(found?.timing.outputTokens == expected.timing.outputTokens)
    var (record, wanted) = (found?.inference, expected.inference)
    record?.stages = StageTimes()
    wanted?.stages = StageTimes()
    // What prompts share comes from a store that lives as long as its engine, or batch.
    record?.reusedPromptTokens = 0
    wanted?.reusedPromptTokens = 0
    #expect(record == wanted)
  }

  @Test(arguments: [1, 2, 3, 8])
  func `Lines of several pages share passes, and each page reads as alone`(
    concurrency: Int
  ) async throws {
    let engine = try engine(lineReader())
    let pages = try linedPages()
    let expected = await alone(pages, by: engine)
    #expect(Set(expected.map(\.text)).count == 3 && !expected[0].text.isEmpty)
    let found = try together(pages, by: engine, concurrency: concurrency)
    for (id, transcript) in expected.enumerated() { same(found.pages[id], transcript) }
    let lines = expected.map { $0.inference!.prompts }
    switch concurrency {
    case 1: #expect(found.largest == lines.max())
    case 2: #expect(found.largest > lines.max()!)
    default: #expect(found.largest == lines.reduce(0, +))
    }
  }

  @Test func `A page of more lines than go together is encoded in turns, as alone`() async throws {
    let few: [String: ChangedKeys] = ["medbench.json": { $0["batch"] = 2 }]
    try await withChangedModel(lineReader(), keys: few, without: ["strips"]) { directory in
      let engine = try engine(directory)
      let pages = try linedPages()
      let expected = await alone(pages, by: engine)
      let found = try together(pages, by: engine, concurrency: 3)
      for (id, transcript) in expected.enumerated() { same(found.pages[id], transcript) }
      // Two lines of each page at once.
      #expect(found.largest == 6)
    }
  }

  @Test func `Whole pages share passes too`() async throws {
    let engine = try engine(seeing(), maxTokens: 24)
    let pages = try wholePages()
    let expected = await alone(pages, by: engine)
    let found = try together(pages, by: engine, concurrency: 3)
    for (id, transcript) in expected.enumerated() { same(found.pages[id], transcript) }
    #expect(found.largest == 3)
  }

  @Test func `A page that is given up frees its memory and leaves the others right`() async throws {
    let engine = try engine(lineReader())
    let pages = try linedPages()
    let expected = await alone(pages, by: engine)
    let batch = try PageBatch(engine: engine, concurrency: 2)
    for (id, page) in pages.enumerated() { batch.submit(page, id: id) }
    while batch.step().sequences == 0 {}
    let held = batch.byteCount
    batch.cancel(1)
    #expect(batch.byteCount < held)
    let found = finish(batch)
    #expect(found.pages.keys.sorted() == [0, 2])
    for id in [0, 2] { same(found.pages[id], expected[id]) }

    // While it waits, and when all is over.
    batch.submit(pages[0], id: 7)
    batch.cancel(7)
    batch.cancel(0)
    #expect(batch.isIdle)
  }

  @Test func `A page that fails does so alone`() async throws {
    let engine = try engine(seeing(), maxTokens: 24)
    var pages = try wholePages()
    pages[1].prompt = String(repeating: "Read. ", count: 5000)
    let expected = await alone(pages, by: engine)
    #expect(expected[1].outcome.status == .unreadableOutput)
    let found = try together(pages, by: engine, concurrency: 3)
    for (id, transcript) in expected.enumerated() { same(found.pages[id], transcript) }
  }

  @Test func `A blank page has no lines and ends at once`() async throws {
    let engine = try engine(lineReader())
    let white = PageImage(width: 400, height: 300, color: .grey, filledWith: 255)
    let blank = EnginePage(id: "blank", image: white, dpi: 150)
    let expected = await alone([blank], by: engine)
    let batch = try PageBatch(engine: engine, concurrency: 1)
    batch.submit(blank, id: 0)
    let step = batch.step()
    #expect(step.ended.count == 1 && batch.isIdle)
    same(step.ended.first?.transcript, expected[0])
    #expect(step.ended.first?.transcript.outcome.status == .empty)
  }
}
