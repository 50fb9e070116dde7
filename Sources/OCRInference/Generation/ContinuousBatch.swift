import Foundation

/// Sequences that are generated together: they join and leave between steps, and one forward pass a step decodes a
/// token of each, so that the weights are read once for all. Prompts of newcomers go along in chunks.
///
/// Synchronous and for one thread at a time; `GenerationLoop` serves callers from everywhere. A sequence's tokens do not
/// depend on its company.
public final class ContinuousBatch {
  public struct Settings: Sendable, Equatable {
    /// Sequences that run at once; others wait their turn.
    public var maxSequences: Int
    /// Prompt rows of a pass; a small last chunk joins the one before, so a pass may have a quarter more.
    public var chunkSize: Int
    public var cacheType: WeightType
    public var cachePolicy: CachePolicy
    /// Memory of the prefix store; 0 turns it off, and so does a policy that drops rows.
    public var prefixByteLimit: Int

    public init(
      maxSequences: Int = 8, chunkSize: Int = 512, cacheType: WeightType = .f16,
      cachePolicy: CachePolicy = .full, prefixByteLimit: Int = 64 << 20
    ) {
      precondition(maxSequences >= 1 && chunkSize >= 1 && prefixByteLimit >= 0)
      self.maxSequences = maxSequences
      self.chunkSize = chunkSize
      self.cacheType = cacheType
      self.cachePolicy = cachePolicy
      self.prefixByteLimit = prefixByteLimit
    }
  }

  public struct SequenceID: Hashable, Sendable {
    let number: Int
  }

  /// What a step gave, in the order of submission within the step.
  public struct StepResult: Sendable {
    public let sequence: SequenceID
    public let event: Result<GenerationEvent, GenerationError>
  }

  public let settings: Settings
  private let decoder: any TextDecoder
  private let store: PrefixStore
  private let workspace: DecoderWorkspace
  /// [rows of a pass, hidden] and [maxSequences, vocabulary]
  private let hidden: FloatMatrix
  private let logits: FloatMatrix
  private var waiting: [SequenceState] = []
  private var active: [SequenceState] = []
  private var submissions = 0
  private var pass = Pass()

  /// - Throws: `GenerationError.cache` where the model's heads do not suit the cache's type.
  public init(decoder: any TextDecoder, settings: Settings = Settings()) throws(GenerationError) {
    let shape = decoder.shape
    guard !settings.cacheType.isQuantized || shape.headDimension % 32 == 0 else {
      throw .cache(.headDimension(shape.headDimension, settings.cacheType))
    }
    self.decoder = decoder
    self.settings = settings
    store = PrefixStore(
      byteLimit: settings.cachePolicy == .full ? settings.prefixByteLimit : 0)
    let rows = ContinuousBatch.passRows(shape, settings)
    workspace = decoder.makeWorkspace(rows: rows)
    hidden = FloatMatrix(rows: rows, columns: shape.hidden)
    logits = FloatMatrix(rows: settings.maxSequences, columns: shape.vocabulary)
  }

  /// Most rows of a pass: of prompts no more than a context has, and one of each sequence that decodes.
  private static func passRows(_ shape: DecoderShape, _ settings: Settings) -> Int {
    min(PrefillChunks.limit(chunk: settings.chunkSize), shape.contextLength)
      + settings.maxSequences
  }

  /// What `activationByteCount` will be, before any buffer is made.
  package static func activationByteCount(
    decoder: any TextDecoder, settings: Settings
  ) -> Int {
    let (shape, rows) = (decoder.shape, passRows(decoder.shape, settings))
    let numbers = rows * shape.hidden + settings.maxSequences * shape.vocabulary
    return DecoderWorkspace.byteCount(decoder: decoder, rows: rows)
      + numbers * MemoryLayout<Float>.stride
  }

  public var isIdle: Bool { waiting.isEmpty && active.isEmpty }
  public var prefixStatistics: PrefixStore.Statistics { store.statistics }

  /// Bytes of buffers, of the caches as far as they are used, and of the prefix store.
  public var byteCount: Int { activationByteCount + cacheByteCount }

  /// Bytes of the buffers of a pass.
  public var activationByteCount: Int {
    workspace.byteCount + hidden.byteCount + logits.byteCount
  }

  /// Bytes of the caches as far as they are used, and of the prefix store.
  public var cacheByteCount: Int {
    store.byteCount
      + active.reduce(0) { sum, sequence in
        sum + (sequence.cache.map { $0.touchedByteCount + $0.bufferByteCount } ?? 0)
      }
  }

  // MARK: Joining and leaving

  /// Checks the prompt before any work; it runs from one of the next steps on.
  public func submit(
    _ prompt: EmbeddedPrompt, options: GenerationOptions
  ) throws(GenerationError) -> SequenceID {
    try options.check()
    let shape = decoder.shape
    guard prompt.count > 0 else { throw .emptyPrompt }
    guard prompt.count < shape.contextLength else {
      throw .promptTooLong(tokens: prompt.count, context: shape.contextLength)
    }
    if let id = prompt.ids.first(where: { $0 < 0 || $0 >= shape.vocabulary }) {
      throw .tokenOutsideVocabulary(id: id, vocabulary: shape.vocabulary)
    }
    for image in prompt.images where image.features.columns != shape.hidden {
      throw .imageWidth(image.features.columns, hidden: shape.hidden)
    }
    submissions += 1
    let id = SequenceID(number: submissions)
    waiting.append(
      SequenceState(
        id: id, prompt: prompt, options: options, contextLength: shape.contextLength))
    return id
  }

  /// Its memory is free at once; no further event comes. Unknown ids are those that have ended.
  public func cancel(_ id: SequenceID) {
    waiting.removeAll { $0.id == id }
    active.removeAll { $0.id == id }
  }

  // MARK: A step

  /// One forward pass. Empty where nothing is to be done, or where only a part of a prompt went in.
  public func step() -> [StepResult] {
    var results = admitWaiting()
    fillPass()
    // Sequences that have left are let go at once, with their caches.
    defer { pass.clear() }
    guard pass.rows > 0 else { return results }
    decoder.pool.withTurn {
      decoder.forward(
        hidden, rows: pass.rows, positions: pass.positions, segments: pass.segments,
        outputs: pass.outputs, workspace: workspace)
      guard !pass.outputs.isEmpty else { return }
      decoder.logits(hidden, row: 0, rows: pass.outputs.count, into: logits)
    }
    for (sequence, rows) in pass.prompts { finishChunk(of: sequence, rows: rows) }
    if !pass.outputs.isEmpty {
      for (row, sequence) in pass.speakers.enumerated() {
        take(row: row, for: sequence, into: &results)
      }
    }
    return results
  }

  private func admitWaiting() -> [StepResult] {
    var failures: [StepResult] = []
    while active.count < settings.maxSequences, !waiting.isEmpty {
      let sequence = waiting.removeFirst()
      do throws(CacheError) {
        // The last token of all is not fed back, so its row is one to spare.
        let cache = try settings.cachePolicy.makeCache(
          type: settings.cacheType, decoder: decoder,
          rows: sequence.promptTokens + sequence.limit,
          passRows: PrefillChunks.limit(chunk: settings.chunkSize))
        sequence.begin(cache: cache, store: store)
        active.append(sequence)
      } catch {
        failures.append(StepResult(sequence: sequence.id, event: .failure(.cache(error))))
      }
    }
    return failures
  }

  /// A row for each sequence that decodes, then prompts in the order they came, up to a chunk in all.
  private func fillPass() {
    pass.clear()
    for sequence in active where sequence.isDecoding {
      decoder.embed(CollectionOfOne(sequence.lastToken), into: hidden, at: pass.rows)
      pass.add(sequence, positions: CollectionOfOne(sequence.position), speaks: true)
    }
    var budget = settings.chunkSize
    for sequence in active where !sequence.isDecoding {
      guard let prompt = sequence.prompt, let rows = rows(of: sequence, budget: budget) else {
        break
      }
      let range = sequence.prefilled..<sequence.prefilled + rows
      prompt.embed(range, with: decoder, into: hidden, at: pass.rows)
      pass.prompts.append((sequence, rows))
      pass.add(sequence, positions: prompt.positions[range], speaks: rows == sequence.remaining)
      budget -= rows
    }
  }

  /// nil where what is left of the pass is too little to be worth a cut.
  private func rows(of sequence: SequenceState, budget: Int) -> Int? {
    let chunk = settings.chunkSize
    if budget == chunk { return PrefillChunks.next(remaining: sequence.remaining, chunk: chunk) }
    if sequence.remaining <= budget { return sequence.remaining }
    return budget >= max(1, chunk / 4) ? budget : nil
  }

  private func finishChunk(of sequence: SequenceState, rows: Int) {
    sequence.prefilled += rows
    guard sequence.remaining == 0, let prompt = sequence.prompt, let cache = sequence.cache else {
      return
    }
    store.keep(prompt, from: cache, shape: decoder.shape)
  }

  private func take(row: Int, for sequence: SequenceState, into results: inout [StepResult]) {
    let numbers = UnsafeMutableBufferPointer(start: logits.row(row), count: logits.columns)
    guard let (token, outcome) = sequence.advance(numbers) else {
      let position = sequence.promptTokens + sequence.generated - 1
      active.removeAll { $0 === sequence }
      results.append(
        StepResult(sequence: sequence.id, event: .failure(.notFinite(position: position))))
      return
    }
    results.append(StepResult(sequence: sequence.id, event: .success(.token(token))))
    guard let outcome else { return }
    active.removeAll { $0 === sequence }
    let summary = sequence.summary(outcome, end: token.time)
    results.append(StepResult(sequence: sequence.id, event: .success(.end(summary))))
  }
}

/// The rows of one forward pass, in memory that stays.
private struct Pass {
  var rows = 0
  var positions: [RotaryPosition] = []
  var segments: [ForwardSegment] = []
  /// Rows whose logits are wanted, and whose they are.
  var outputs: [Int] = []
  var speakers: [SequenceState] = []
  var prompts: [(SequenceState, rows: Int)] = []

  mutating func clear() {
    rows = 0
    positions.removeAll(keepingCapacity: true)
    segments.removeAll(keepingCapacity: true)
    outputs.removeAll(keepingCapacity: true)
    speakers.removeAll(keepingCapacity: true)
    prompts.removeAll(keepingCapacity: true)
  }

  mutating func add(
    _ sequence: SequenceState, positions new: some Collection<RotaryPosition>, speaks: Bool
  ) {
    guard let cache = sequence.cache else { return }
    segments.append(ForwardSegment(cache: cache, rows: rows..<rows + new.count))
    positions.append(contentsOf: new)
    rows += new.count
    if speaks {
      outputs.append(rows - 1)
      speakers.append(sequence)
    }
  }
}
