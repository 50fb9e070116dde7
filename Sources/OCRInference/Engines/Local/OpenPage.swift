import Synchronization

/// A page on its way through a `PageBatch`: what is still to be encoded, what is being decoded, and the text so far.
final class OpenPage {
  /// A sequence that is being decoded, and which strip of the page it reads.
  struct Sequence {
    let place: Int
    var text: SequenceText
  }

  let id: Int
  let submitted = ContinuousClock.now
  var started = ContinuousClock.now
  var sequences: [ContinuousBatch.SequenceID: Sequence] = [:]

  private let page: EnginePage
  private let reading = SharedReading()
  /// nil before the first prompt.
  private var text: OrderedText?
  private var record = InferenceRecord(input: .page)
  private var strips: [Strip] = []
  /// Strips not yet encoded, those that go together.
  private var remaining: [Range<Int>] = []
  /// Of the strips that are decoded together now.
  private var decoded: [LocalEngine.DecodedStrip] = []
  private var decodingSince = ContinuousClock.now

  init(id: Int, page: EnginePage) {
    self.id = id
    self.page = page
  }

  /// Whether the next strips may be encoded: as in `LocalEngine`, when those before them have been read.
  var wantsPrompts: Bool { sequences.isEmpty && !remaining.isEmpty }
  var isFinished: Bool { sequences.isEmpty && remaining.isEmpty }

  /// Prompts to decode next, each with its strip; none of a page without lines.
  func nextPrompts(_ engine: LocalEngine) throws -> [(place: Int, prompt: EmbeddedPrompt)] {
    defer { decodingSince = .now }
    switch engine.model.input {
    case .page(let template, let variables):
      record = InferenceRecord(input: .page, prompts: 1)
      begin(separators: [""])
      let prompt = try engine.prompt(
        for: page, template: template, variables: variables, record: &record)
      return [(0, prompt)]
    case .line(let config, let ids):
      if text == nil {
        record = InferenceRecord(input: .line)
        strips = try engine.strips(of: page, config: config, record: &record)
        record.prompts = strips.count
        remaining = try engine.batches(of: strips, count: config.batch)
        begin(separators: strips.separators)
      }
      guard !remaining.isEmpty else { return [] }
      let next = remaining.removeFirst()
      let prompts = try engine.prompts(for: strips[next], ids: ids, record: &record)
      return zip(next, prompts).map { (place: $0.0, prompt: $0.1) }
    }
  }

  private func begin(separators: [String]) {
    text = OrderedText(separators: separators) { [reading] in reading.take($0) }
  }

  func add(_ token: GeneratedToken, of id: ContinuousBatch.SequenceID) {
    guard let place = sequences[id]?.place, let chunk = sequences[id]?.text.add(token) else {
      return
    }
    text?.add(chunk, to: place)
  }

  func finish(_ id: ContinuousBatch.SequenceID, _ summary: GenerationSummary) {
    guard var sequence = sequences.removeValue(forKey: id) else { return }
    text?.add(sequence.text.finish(), to: sequence.place)
    text?.end(sequence.place)
    decoded.append(sequence.text.decoded(summary))
    guard sequences.isEmpty else { return }
    record.add(decoded, since: decodingSince)
    decoded = []
  }

  /// - Parameter failure: why it ended before it was read.
  func transcript(failure: EngineFailure?) -> Transcript {
    if failure == nil { reading.take(TextChunk(text: "", tokens: 0, inference: record)) }
    return reading.transcript(from: submitted, failure: failure ?? record.wholePageFailure)
  }
}

/// A reading that chunks are added to from wherever they are handed on.
private final class SharedReading: Sendable {
  private let reading = Mutex(PageReading())

  func take(_ chunk: TextChunk) { _ = reading.withLock { $0.take(chunk) } }

  func transcript(from start: ContinuousClock.Instant, failure: EngineFailure?) -> Transcript {
    reading.withLock {
      $0.transcript(
        from: start, failure: failure ?? $0.ending.failure, end: .now, countingTokens: true)
    }
  }
}
