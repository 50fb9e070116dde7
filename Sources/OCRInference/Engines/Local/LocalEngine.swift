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
  let pool: ThreadPool
  /// Of the batch that pages are decoded in.
  let settings: ContinuousBatch.Settings
  private let loop: GenerationLoop
  let pagesRead = Atomic<UInt64>(0)
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
    self.settings = settings
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
    let prompt = try prompt(for: page, template: template, variables: variables, record: &record)
    var text = SequenceText(model: model)
    for try await event in loop.generate(prompt, options: generationOptions) {
      switch event {
      case .token(let token): if let chunk = text.add(token) { yield(chunk) }
      case .end(let summary):
        record.add(summary)
        var rest = text.finish()
        rest.inference = record
        yield(rest)
        if let failure = record.wholePageFailure { throw failure }
      }
    }
  }

  // MARK: Line by line

  private func readLines(
    of page: EnginePage, config: LineModelConfig, prompt: [Int32],
    yield: @escaping @Sendable (TextChunk) -> Void
  ) async throws {
    var record = InferenceRecord(input: .line)
    let strips = try strips(of: page, config: config, record: &record)
    try Task.checkCancellation()
    let text = OrderedText(separators: strips.separators, yield: yield)
    for batch in try batches(of: strips, count: config.batch) {
      try await read(strips[batch], prompt: prompt, into: text, record: &record)
    }
    record.prompts = strips.count
    yield(TextChunk(text: "", tokens: 0, inference: record))
  }

  /// Encodes strips in one pass and decodes them as one batch.
  private func read(
    _ strips: ArraySlice<Strip>, prompt: [Int32], into text: OrderedText,
    record: inout InferenceRecord
  ) async throws {
    let prompts = try prompts(for: strips, ids: prompt, record: &record)
    let start = ContinuousClock.now
    let options = generationOptions
    let decoded = try await withThrowingTaskGroup(of: DecodedStrip?.self) { group in
      for (index, prompt) in zip(strips.indices, prompts) {
        let events = loop.generate(prompt, options: options)
        group.addTask { try await self.decode(events, strip: index, into: text) }
      }
      var decoded: [DecodedStrip] = []
      for try await strip in group { if let strip { decoded.append(strip) } }
      return decoded
    }
    record.add(decoded, since: start)
  }

  struct DecodedStrip: Sendable {
    var summary: GenerationSummary
    var firstToken: ContinuousClock.Instant?
    var lastToken: ContinuousClock.Instant?
  }

  private func decode(
    _ events: AsyncThrowingStream<GenerationEvent, any Error>, strip: Int, into text: OrderedText
  ) async throws -> DecodedStrip? {
    var sequence = SequenceText(model: model)
    for try await event in events {
      switch event {
      case .token(let token): if let chunk = sequence.add(token) { text.add(chunk, to: strip) }
      case .end(let summary):
        text.add(sequence.finish(), to: strip)
        text.end(strip)
        return sequence.decoded(summary)
      }
    }
    return nil
  }

  // MARK: Both

  /// Of a page's prompt, or of a line's.
  var generationOptions: GenerationOptions {
    switch model.input {
    case .page: generation(maxTokens: 4096)
    case .line: generation(maxTokens: 256)
    }
  }

  private func generation(maxTokens: Int) -> GenerationOptions {
    GenerationOptions(
      maxTokens: options.maxTokens ?? maxTokens, stopTokens: model.stopTokens,
      joiningTokens: joiningTokens,
      temperature: options.temperature ?? 0, topK: options.topK ?? 0, topP: options.topP ?? 1,
      repetitionPenalty: options.repetitionPenalty ?? 1, seed: options.samplingSeed ?? 0)
  }
}

extension InferenceRecord {
  /// Counts one prompt's generation; its times only where it ran alone.
  mutating func add(_ summary: GenerationSummary) {
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

  /// Strips that ran together from `start` on: their times overlap, so the batch's own are kept.
  mutating func add(_ decoded: [LocalEngine.DecodedStrip], since start: ContinuousClock.Instant) {
    for strip in decoded { add(strip.summary) }
    guard input == .line else { return }
    let prefilled = decoded.compactMap(\.firstToken).max() ?? start
    let end = decoded.compactMap(\.lastToken).max() ?? prefilled
    stages.prefill += (prefilled - start).milliseconds
    stages.decode += (end - prefilled).milliseconds
  }

  /// What is wrong with the text of a whole page; of lines, one that went wrong leaves the others.
  var wholePageFailure: EngineFailure? {
    guard input == .page else { return nil }
    if repeating > 0 { return .repeated(tokens: outputTokens) }
    return truncated > 0 ? .truncated(tokens: outputTokens) : nil
  }
}
