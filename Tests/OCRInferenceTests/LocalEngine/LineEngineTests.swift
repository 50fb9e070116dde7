import OCRInference
import PageImaging
import Testing

/// The local engine with a model that reads lines.
@Suite struct LineEngineTests {
  private func engine(
    threads: Int = 2, quantize: WeightType? = nil,
    _ change: (inout LocalEngineOptions) -> Void = { _ in }
  ) throws -> LocalEngine {
    let pool = ThreadPool(threads: threads)
    var options = LocalEngineOptions()
    options.quantize = quantize
    change(&options)
    return try LocalEngine(
      model: LocalModel(
        directory: ModelDirectory(LineReader.directory), name: "line-reader", quantize: quantize,
        pool: pool),
      options: options, pool: pool)
  }

  private func clean() throws -> [LineReader.Strip] {
    try LineReader.strips().filter { $0.file.hasPrefix("clean") }
  }

  /// 24 pixels of ink are the letters of 10 points at 150 dpi.
  private func page(_ strips: some Sequence<LineReader.Strip>) throws -> EnginePage {
    EnginePage(id: "page", image: .stacked(try strips.map { try $0.image }), dpi: 150)
  }

  private func read(_ page: EnginePage, by engine: LocalEngine) async -> Transcript {
    await engine.transcribe(page, timeout: .seconds(60))
  }

  @Test("Lines come in their order, read as they stand, and the record says what was done")
  func lines() async throws {
    let strips = try clean()
    let engine = try engine()
    let transcript = await read(try page(strips), by: engine)
    #expect(transcript.outcome == PageOutcome(status: .read))
    #expect(transcript.text == strips.map(\.truth).joined(separator: "\n"))
    #expect(engine.identity.engine == "local" && engine.identity.version.hasPrefix("bf16 "))
    #expect(engine.identity.streamsTokens)

    let record = try #require(transcript.inference)
    #expect(record.input == .line && record.prompts == strips.count)
    // Vision start and end stand around each image.
    #expect(record.imageTokens > 8 * strips.count)
    #expect(record.promptTokens == record.imageTokens + 2 * record.prompts)
    #expect(record.reusedPromptTokens == 0)
    #expect(record.truncated == 0 && record.repeating == 0)
    // `<eos>` is generated but is no text.
    let tokens = try #require(transcript.timing.outputTokens)
    #expect(record.outputTokens == tokens + record.prompts)
    #expect(tokens == strips.reduce(0) { $0 + $1.tokens.count })
    let stages = record.stages
    for time in [
      stages.lineFinding, stages.imagePreparation, stages.visionEncoding, stages.prefill,
      stages.decode,
    ] { #expect(time > 0) }
  }

  @Test("A blank page is empty, not a failure")
  func blank() async throws {
    let white = PageImage(width: 800, height: 600, color: .grey, filledWith: 255)
    let transcript = await read(EnginePage(id: "blank", image: white, dpi: 150), by: try engine())
    #expect(transcript.outcome.status == .empty)
    #expect(transcript.text == "")
    #expect(transcript.inference?.prompts == 0)
    #expect(transcript.inference?.outputTokens == 0)
  }

  @Test("Pages read at once read as one after another")
  func concurrent() async throws {
    let strips = try LineReader.strips()
    let pages = try stride(from: 0, to: 24, by: 6).map { try page(strips[$0..<$0 + 6]) }
    let engine = try engine()
    var expected: [String] = []
    for page in pages { expected.append(await read(page, by: engine).text) }
    #expect(Set(expected).count == 4)
    let texts = await withTaskGroup(of: (Int, String).self) { group in
      for (index, page) in pages.enumerated() {
        group.addTask { (index, await read(page, by: engine).text) }
      }
      return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
    }
    #expect(pages.indices.map { texts[$0] } == expected)
  }

  @Test("Threads and the size of chunks change no text", arguments: [1, 7, 4096])
  func settings(chunk: Int) async throws {
    let page = try page(LineReader.strips().filter { $0.file.hasPrefix("degraded") })
    let expected = await read(page, by: try engine()).text
    #expect(!expected.isEmpty)
    for threads in [1, 2] {
      let engine = try engine(threads: threads) { $0.chunkSize = chunk }
      #expect(await read(page, by: engine).text == expected)
    }
  }

  @Test("Quantised at load it still reads", arguments: [WeightType.q8, .q4])
  func quantized(_ type: WeightType) async throws {
    let strips = try clean()
    let engine = try engine(quantize: type)
    #expect(engine.identity.version.hasPrefix("\(type.rawValue) "))
    let text = await read(try page(strips), by: engine).text
    #expect(text == strips.map(\.truth).joined(separator: "\n"))
  }

  @Test("A line that does not end within its tokens is counted, and the page goes on")
  func truncated() async throws {
    let strips = try clean()
    let engine = try engine { $0.maxTokens = 3 }
    let transcript = await read(try page(strips), by: engine)
    #expect(transcript.inference?.truncated == strips.count)
    #expect(transcript.text.split(separator: "\n").count == strips.count)
  }

  @Test("A page whose time is over stops, and the engine reads the next")
  func timedOut() async throws {
    let strips = try clean()
    let engine = try engine()
    let long = try page((0..<16).flatMap { _ in strips })
    let stopped = await engine.transcribe(long, timeout: .milliseconds(1))
    #expect(stopped.outcome.status == .timedOut)
    #expect(stopped.inference == nil)
    #expect(await read(try page(strips.prefix(1)), by: engine).text == strips[0].truth)
  }

  @Test("A reader that goes away at the first text stops the rest")
  func cancelled() async throws {
    let strips = try clean()
    let engine = try engine()
    let long = try page((0..<16).flatMap { _ in strips })
    let reader = Task {
      var ended = false
      for try await chunk in engine.read(long) {
        ended = ended || chunk.inference != nil
        if !chunk.text.isEmpty { withUnsafeCurrentTask { $0?.cancel() } }
      }
      return ended
    }
    #expect(try await reader.value == false)
    #expect(await read(try page(strips.prefix(1)), by: engine).text == strips[0].truth)
  }

  // MARK: Confidence

  private func mean(_ transcript: Transcript) throws -> Double {
    try #require(transcript.confidences?.mean)
  }

  @Test("What is clear is read with confidence, every character beside its own")
  func confidentOnCleanStrips() async throws {
    let strips = try clean()
    let transcript = await read(try page(strips), by: try engine())
    let confidences = try #require(transcript.confidences)
    #expect(confidences.count == transcript.text.count)
    #expect(try mean(transcript) > 0.97)
    #expect(confidences.lowCount == 0)
    // The line feeds are the line finder's.
    let feeds = zip(transcript.text, confidences.hundredths).filter { $0.0 == "\n" }.map(\.1)
    #expect(feeds == [UInt8](repeating: 99, count: strips.count - 1))
  }

  @Test("What is blurred or noisy is read with less")
  func doubtfulOnSpoiltStrips() async throws {
    let engine = try engine()
    let images = try clean().map { try $0.image }
    func confidence(_ spoil: (PageImage) -> PageImage) async throws -> Transcript {
      let page = PageImage.stacked(images.map(spoil))
      return await read(EnginePage(id: "page", image: page, dpi: 150), by: engine)
    }
    let sharp = try mean(try await confidence { $0 })
    let soft = try mean(try await confidence { $0.blurred(radius: 1) })
    let softer = try mean(try await confidence { $0.blurred(radius: 3) })
    let noisy = try await confidence { $0.noisy(amplitude: 110) }
    #expect(sharp > soft && soft > softer, "\(sharp) \(soft) \(softer)")
    #expect(softer < 0.9)
    #expect(try mean(noisy) < sharp - 0.02)
  }

  @Test("Neither company, threads nor chunks change a confidence")
  func sameConfidences() async throws {
    let page = try page(LineReader.strips().filter { $0.file.hasPrefix("degraded") })
    let expected = await read(page, by: try engine()).confidences
    #expect(expected != nil)
    for chunk in [1, 4096] {
      let engine = try engine(threads: 1) { $0.chunkSize = chunk }
      #expect(await read(page, by: engine).confidences == expected)
    }
  }

  @Test("A blank page has no characters to be sure of")
  func confidencesOfNothing() async throws {
    let white = PageImage(width: 800, height: 600, color: .grey, filledWith: 255)
    let transcript = await read(EnginePage(id: "blank", image: white, dpi: 150), by: try engine())
    #expect(transcript.confidences == nil)
  }
}

extension PageImage {
  /// The mean of a square about each sample.
  fileprivate func blurred(radius: Int) -> PageImage {
    mapped { x, y in
      var (sum, count) = (0, 0)
      for v in max(0, y - radius)...min(height - 1, y + radius) {
        for u in max(0, x - radius)...min(width - 1, x + radius) {
          sum += Int(samples[(v * width + u) * channels])
          count += 1
        }
      }
      return sum / count
    }
  }

  fileprivate func noisy(amplitude: Int) -> PageImage {
    var random = SeededRandom(seed: 3)
    return mapped { x, y in
      Int(samples[(y * width + x) * channels])
        + Int((random.uniform() * 2 - 1) * Double(amplitude))
    }
  }

  private func mapped(_ value: (Int, Int) -> Int) -> PageImage {
    var image = PageImage(width: width, height: height, color: .grey, filledWith: 255)
    for y in 0..<height {
      for x in 0..<width {
        image.samples[y * width + x] = UInt8(clamping: value(x, y))
      }
    }
    return image
  }
}
