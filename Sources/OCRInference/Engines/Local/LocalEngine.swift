import Boundary
import Foundation
import Synchronization

/// The engine of medbench: a Qwen2-VL or Qwen2.5-VL checkpoint on this machine's processors.
///
/// Pages that are read at the same time are decoded in the same forward passes; a page's text does not depend on
/// its company.
public final class LocalEngine: OCREngine {
  public let identity: EngineIdentity
  public let model: LocalModel
  private let options: LocalEngineOptions
  private let pool: ThreadPool
  private let loop: GenerationLoop
  private let pagesRead = Atomic<UInt64>(0)
  private let joiningTokens: [Int32]

  /// Opens the model that the options name, downloading it where it is not on this machine; medbench's own where they
  /// name none.
  /// - Throws: `EngineUnavailable` where none is named and medbench's own is missing, `ModelLocationError` where a
  ///   named one is not to be had, and the errors of its files.
  public static func make(
    _ options: LocalEngineOptions,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    bundled: BundledModel = BundledModel(),
    download: @escaping @Sendable (HubDownload.Progress) -> Void = { _ in }
  ) async throws -> LocalEngine {
    try ThreadPool.checkInstructionSet(environment)
    let (directory, rule): (ModelDirectory, ModelLocation.Rule)
    do {
      switch try ModelLocation.resolve(
        model: options.model, name: options.modelName, environment: environment, bundled: bundled)
      {
      case .directory(let found, let by): (directory, rule) = (found, by)
      case .hub(let repository):
        directory = try await HubDownload(repository, environment: environment)
          .run(progress: download)
        rule = .named
      }
    } catch let error as ModelLocationError {
      guard case .noBundledModel = error else { throw error }
      throw EngineUnavailable(description: "engine 'local': \(error)")
    }
    let pool = ThreadPool(threads: options.threads)
    return try LocalEngine(
      model: LocalModel(
        directory: directory, name: options.name(of: directory, by: rule),
        quantize: options.quantize,
        cache: WeightCacheDirectory(environment: environment), pool: pool),
      options: options, pool: pool)
  }

  public init(model: LocalModel, options: LocalEngineOptions, pool: ThreadPool) throws {
    self.model = model
    self.options = options
    self.pool = pool
    joiningTokens = model.tokenizer.joiningTokens
    var settings = ContinuousBatch.Settings()
    settings.chunkSize = options.chunkSize ?? settings.chunkSize
    settings.cacheType =
      options.cacheType ?? (model.weightType.isQuantized ? .f16 : model.weightType)
    settings.cachePolicy = options.cachePolicy
    if case .line(let lines, _) = model.input {
      settings.maxSequences = lines.batch
      // Lines share one token of prompt.
      settings.prefixByteLimit = 0
    }
    loop = try GenerationLoop(decoder: model.model.decoder, settings: settings)
    // A path may lead to another model tomorrow: a run is not resumed with it, and the results say which was judged.
    identity = EngineIdentity(
      engine: "local", model: model.name,
      version: "\(model.weightType.rawValue) \(model.fingerprint)", streamsTokens: true)
  }

  public func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
    chunkStream { [self] yield in
      do {
        switch model.input {
        case .page(let template, let variables):
          try await readWhole(page, template: template, variables: variables, yield: yield)
        case .line(let lines, let prompt):
          try await readLines(of: page, config: lines, prompt: prompt, yield: yield)
        }
      } catch let error as GenerationError {
        throw EngineFailure.unreadableOutput(reason: error.description, diagnostics: "")
      } catch let error as PromptError {
        throw EngineFailure.unreadableOutput(reason: error.description, diagnostics: "")
      } catch let error as ImageTokenError {
        throw EngineFailure.unreadableOutput(reason: error.description, diagnostics: "")
      }
    }
  }

  // MARK: A whole page

  private func readWhole(
    _ page: EnginePage, template: ChatTemplate, variables: [String: JSONValue],
    yield: @Sendable (TextChunk) -> Void
  ) async throws {
    var record = InferenceRecord(input: .page, prompts: 1)
    try refuseTooManyTokens(model.model.processor.grid(of: page.image))
    let pixels = try timed(&record.stages.imagePreparation) {
      try PixelValues(page.image, processor: model.model.processor)
    }
    let features = try timed(&record.stages.visionEncoding) {
      try model.model.tower.encode([pixels], pool: pool)
    }
    let text = try template.render(
      [ChatMessage(role: "user", content: [.image, .text(page.prompt)])],
      addGenerationPrompt: true, variables: variables)
    let prompt = try model.model.prompt(
      ids: model.tokenizer.encode(text), images: [pixels], features: features,
      // A page that is read again is computed again: a warm-up must not make it look fast.
      salt: pagesRead.add(1, ordering: .relaxed).newValue)
    record.imageTokens = pixels.tokens
    var streaming = StreamingText(tokenizer: model.tokenizer)
    var last = ContinuousClock.now
    var end: Float?
    for try await event in loop.generate(prompt, options: generation(maxTokens: 4096)) {
      switch event {
      case .token(let token):
        guard !model.stopTokens.contains(token.id) else {
          end = token.logProbability
          break
        }
        last = token.time
        yield(TextChunk(streaming.add(token), tokens: 1, time: token.time))
      case .end(let summary):
        record.add(summary)
        yield(
          TextChunk(
            streaming.finish(endLogProbability: end), tokens: 0, inference: record, time: last))
        if record.repeating > 0 { throw EngineFailure.repeated(tokens: summary.outputTokens) }
        if record.truncated > 0 { throw EngineFailure.truncated(tokens: summary.outputTokens) }
      }
    }
  }

  /// Before the page is cut and the tower works for minutes on what the decoder will refuse, or either takes memory
  /// that is not there.
  private func refuseTooManyTokens(_ grid: ImageTokens.Grid) throws {
    let patches = grid.t * grid.h * grid.w
    let tokens = patches / model.model.shape.unit
    let context = model.model.decoder.shape.contextLength
    guard tokens < context else {
      throw GenerationError.promptTooLong(tokens: tokens, context: context)
    }
    let needed = model.model.tower.workingBytes(patches: patches)
    let available = MachineMemory.available
    guard needed < available else {
      throw EngineFailure.unreadableOutput(
        reason: "\(tokens) image tokens need \(needed >> 20) MiB of memory and "
          + "\(available >> 20) MiB are free; lower --dpi or the model's max_pixels",
        diagnostics: "")
    }
  }

  // MARK: Line by line

  private func readLines(
    of page: EnginePage, config: LineModelConfig, prompt: [Int32],
    yield: @escaping @Sendable (TextChunk) -> Void
  ) async throws {
    var record = InferenceRecord(input: .line)
    let strips = try timed(&record.stages.lineFinding) {
      try LinedPage(page.image, dpi: page.dpi, threads: pool.threads)
        .strips(config, factor: model.model.processor.tokens.factor)
    }
    try Task.checkCancellation()
    let text = OrderedText(separators: strips.separators, yield: yield)
    for batch in try batches(of: strips, count: config.batch) {
      try await read(strips[batch], prompt: prompt, into: text, record: &record)
    }
    record.prompts = strips.count
    yield(TextChunk(text: "", tokens: 0, inference: record))
  }

  /// Strips that are encoded together: at most `count`, and no more patches than a large page has, so that large
  /// strips do not take memory that is not there.
  private func batches(of strips: [Strip], count: Int) throws -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var (first, patches) = (0, 0)
    for (index, strip) in strips.enumerated() {
      let grid = try model.model.processor.grid(of: strip.image)
      try refuseTooManyTokens(grid)
      let own = grid.t * grid.h * grid.w
      if index > first, index - first == count || patches + own > Self.patchesAtOnce {
        batches.append(first..<index)
        (first, patches) = (index, 0)
      }
      patches += own
    }
    if first < strips.count { batches.append(first..<strips.count) }
    return batches
  }

  /// A page of 4,096 image tokens; sixty-four lines of print are 7,168 patches of 16 pixels.
  private static let patchesAtOnce = 16_384

  /// Encodes strips in one pass and decodes them as one batch.
  private func read(
    _ strips: ArraySlice<Strip>, prompt: [Int32], into text: OrderedText,
    record: inout InferenceRecord
  ) async throws {
    let images = try timed(&record.stages.imagePreparation) {
      try strips.map { try PixelValues($0.image, processor: model.model.processor) }
    }
    let features = try timed(&record.stages.visionEncoding) {
      try model.model.tower.encode(images, pool: pool)
    }
    var row = 0
    let prompts = try images.map { image in
      defer { row += image.tokens }
      return try model.model.prompt(
        ids: prompt, images: [image], features: features.slice(row..<row + image.tokens))
    }
    record.imageTokens += row
    let start = ContinuousClock.now
    let options = generation(maxTokens: 256)
    let decoded = try await withThrowingTaskGroup(of: DecodedStrip?.self) { group in
      for (index, prompt) in zip(strips.indices, prompts) {
        let events = loop.generate(prompt, options: options)
        group.addTask { try await self.decode(events, strip: index, into: text) }
      }
      var decoded: [DecodedStrip] = []
      for try await strip in group { if let strip { decoded.append(strip) } }
      return decoded
    }
    for strip in decoded { record.add(strip.summary) }
    // Strips run together, so their times overlap: the batch's own are kept.
    let prefilled = decoded.compactMap(\.firstToken).max() ?? start
    let end = decoded.compactMap(\.lastToken).max() ?? prefilled
    record.stages.prefill += (prefilled - start).milliseconds
    record.stages.decode += (end - prefilled).milliseconds
  }

  private struct DecodedStrip: Sendable {
    var summary: GenerationSummary
    var firstToken: ContinuousClock.Instant?
    var lastToken: ContinuousClock.Instant?
  }

  private func decode(
    _ events: AsyncThrowingStream<GenerationEvent, any Error>, strip: Int, into text: OrderedText
  ) async throws -> DecodedStrip? {
    var streaming = StreamingText(tokenizer: model.tokenizer)
    var (first, last): (ContinuousClock.Instant?, ContinuousClock.Instant?)
    var end: Float?
    for try await event in events {
      switch event {
      case .token(let token):
        (first, last) = (first ?? token.time, token.time)
        guard !model.stopTokens.contains(token.id) else {
          end = token.logProbability
          break
        }
        text.add(TextChunk(streaming.add(token), tokens: 1, time: token.time), to: strip)
      case .end(let summary):
        text.add(
          TextChunk(
            streaming.finish(endLogProbability: end), tokens: 0, time: last ?? .now), to: strip)
        text.end(strip)
        return DecodedStrip(summary: summary, firstToken: first, lastToken: last)
      }
    }
    return nil
  }

  // MARK: Both

  private func generation(maxTokens: Int) -> GenerationOptions {
    GenerationOptions(
      maxTokens: options.maxTokens ?? maxTokens, stopTokens: model.stopTokens,
      joiningTokens: joiningTokens,
      temperature: options.temperature ?? 0, topK: options.topK ?? 0, topP: options.topP ?? 1,
      repetitionPenalty: options.repetitionPenalty ?? 1, seed: options.samplingSeed ?? 0)
  }

  private func timed<Result>(
    _ stage: inout Double, _ work: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    defer { stage += (ContinuousClock.now - start).milliseconds }
    return try work()
  }
}

extension StreamingText {
  fileprivate mutating func add(_ token: GeneratedToken) -> ConfidentText {
    add(
      token.id, logProbability: token.logProbability,
      joiningProbability: token.joiningProbability)
  }
}

extension InferenceRecord {
  /// Counts one prompt's generation; its times only where it ran alone.
  fileprivate mutating func add(_ summary: GenerationSummary) {
    promptTokens += summary.promptTokens
    reusedPromptTokens += summary.reusedPromptTokens
    outputTokens += summary.outputTokens
    switch summary.outcome {
    case .stop: break
    case .length, .context: truncated += 1
    case .repetition: repeating += 1
    }
    guard input == .page else { return }
    stages.prefill += summary.stages.prefill
    stages.decode += summary.stages.decode
  }
}
