/// Reading one page to the end, whatever happens: the part of an engine that is the same for all.
extension OCREngine {
  /// Hands `page` over, collects what comes and says how it ended. Never throws: a failure is an
  /// outcome of the page.
  ///
  /// The clock starts when the page is handed over, so that writing it to a file for a child
  /// process is the engine's time. After `timeout` the work is cancelled, a child process and its
  /// group killed; the text so far is kept. Blank text gives `.empty`, also where the page itself
  /// is blank: only the caller knows the truth about the page.
  ///
  /// When the calling task is cancelled the transcript means nothing (it says timed-out); callers
  /// check `Task.isCancelled` before they keep it.
  public func transcribe(_ page: EnginePage, timeout: Duration) async -> Transcript {
    let start = ContinuousClock.now
    let (reading, timeOver) = await withTaskGroup(
      of: PageReading?.self, returning: (PageReading, Bool).self
    ) { group in
      group.addTask { await PageReading(of: page, by: self) }
      group.addTask {
        try? await Task.sleep(for: timeout - start.duration(to: .now), clock: .continuous)
        return nil
      }
      let first = await group.next()!
      group.cancelAll()
      if let first { return (first, false) }
      let second = await group.next()!
      return (second!, true)
    }
    let stopped = timeOver || reading.ending.isCancellation
    let failure = stopped ? reading.ending.timedOut(after: timeout) : reading.ending.failure
    let end = timeOver ? start.advanced(by: timeout) : reading.end
    return reading.transcript(
      from: start, failure: failure, end: end, countingTokens: identity.streamsTokens)
  }
}

/// Most text a page may give, in bytes of UTF-8: some hundred times a full page, small enough that
/// an engine in a loop takes neither the run's memory nor its record's.
let outputLimit = 4 << 20

/// Most text that is kept of a page that was not read, in bytes of UTF-8: it is evidence, no
/// reading.
let evidenceLimit = 64 << 10

/// An engine that was told to stop and did; with the tail of its standard error.
struct ReadingCancelled: Error {
  var diagnostics: String
}

/// Everything that came of one page, as it came.
struct PageReading {
  enum Ending {
    case finished
    case failed(EngineFailure)
    case cancelled(diagnostics: String)

    var failure: EngineFailure? {
      if case .failed(let failure) = self { failure } else { nil }
    }

    var isCancellation: Bool {
      if case .cancelled = self { true } else { false }
    }

    /// Time ran out while the page was being read, however the engine took it.
    func timedOut(after limit: Duration) -> EngineFailure {
      switch self {
      case .finished: .timedOut(after: limit, diagnostics: "")
      case .failed(let failure): .timedOut(after: limit, diagnostics: failure.diagnostics)
      case .cancelled(let diagnostics): .timedOut(after: limit, diagnostics: diagnostics)
      }
    }
  }

  private var text = ""
  /// One a code point of `text`; nil once a piece of text came without.
  private var confidences: [Float]? = []
  private var fields: [Transcript.NamedValue]?
  private var chunks = 0
  private var countedTokens: Int?
  private var firstContent: ContinuousClock.Instant?
  private var lastContent: ContinuousClock.Instant?
  private var tokens = TokenTimes()
  private var inference: InferenceRecord?
  private(set) var ending = Ending.finished
  private(set) var end = ContinuousClock.now

  /// Of a page that nothing has come of.
  init() {}

  init(of page: EnginePage, by engine: some OCREngine) async {
    let workers = StreamWorkers()
    do {
      for try await chunk in StreamWorkers.$current.withValue(
        workers, operation: { engine.read(page) })
      {
        guard take(chunk) else { break }
      }
    } catch let failure as EngineFailure {
      ending = .failed(failure)
    } catch  where error is ReadingCancelled || error is CancellationError {
      ending = .cancelled(diagnostics: "")
    } catch {
      ending = .failed(.unreadableOutput(reason: "\(error)", diagnostics: ""))
    }
    end = .now
    let diagnostics = await workers.ended()
    if Task.isCancelled {
      ending = .cancelled(diagnostics: ending.failure?.diagnostics ?? diagnostics)
    }
  }

  /// - Returns: false where that is more text than a page has, which is how its reading ends then.
  mutating func take(_ chunk: TextChunk) -> Bool {
    guard text.utf8.count + chunk.text.utf8.count <= outputLimit else {
      ending = .failed(.overlongOutput())
      return false
    }
    add(chunk)
    return true
  }

  private mutating func add(_ chunk: TextChunk) {
    chunks += 1
    text += chunk.text
    if let own = chunk.confidences {
      confidences?.append(contentsOf: own)
    } else if !chunk.text.isEmpty {
      confidences = nil
    }
    if let named = chunk.fields { fields = (fields ?? []) + named }
    inference = chunk.inference ?? inference
    if let count = chunk.tokens { countedTokens = (countedTokens ?? 0) + count }
    tokens.add(chunk.tokens ?? (chunk.text.isEmpty ? 0 : 1), at: chunk.time)
    if chunk.hasContent {
      // Lines that are read at once come in reading order, not in the order of time.
      firstContent = min(firstContent ?? chunk.time, chunk.time)
      lastContent = max(lastContent ?? chunk.time, chunk.time)
    }
  }

  func transcript(
    from start: ContinuousClock.Instant, failure: EngineFailure?, end: ContinuousClock.Instant,
    countingTokens: Bool
  ) -> Transcript {
    let outcome: PageOutcome
    if let failure {
      outcome = failure.outcome
    } else if firstContent == nil {
      outcome = PageOutcome(status: .empty, detail: "no text")
    } else {
      outcome = PageOutcome(status: .read)
    }
    let last = outcome.status == .read ? lastContent ?? end : end
    let kept =
      outcome.status == .read
      ? text : String(decoding: text.utf8.prefix(evidenceLimit), as: UTF8.self)
    let (text, confidences) = normalized(kept)
    return Transcript(
      text: text, confidences: confidences, fields: fields, outcome: outcome,
      timing: PageTiming(
        ttft: firstContent.map { start.duration(to: $0).milliseconds },
        endToEnd: start.duration(to: last).milliseconds,
        tpot: countingTokens ? tokens.timePerToken?.milliseconds : nil,
        outputTokens: countedTokens ?? (countingTokens ? tokens.count : nil),
        chunks: chunks),
      inference: inference)
  }
}

extension PageReading {
  /// In transcript form, the confidences of what is kept beside it.
  private func normalized(_ kept: String) -> (String, Confidences?) {
    let count = kept.unicodeScalars.count
    guard let confidences, count > 0, confidences.count >= count else {
      return (TranscriptText.normalized(kept), nil)
    }
    return TranscriptText.normalized(
      ConfidentText(kept, confidences: Array(confidences.prefix(count))))
  }
}

/// When the first and the last token came, and how many there were.
private struct TokenTimes {
  private(set) var count = 0
  private var first: ContinuousClock.Instant?
  private var last: ContinuousClock.Instant?

  mutating func add(_ tokens: Int, at time: ContinuousClock.Instant) {
    guard tokens > 0 else { return }
    count += tokens
    guard let earliest = first else {
      first = time
      return
    }
    first = min(earliest, time)
    last = max(last ?? earliest, earliest, time)
  }

  /// (t_last − t_first)/(n − 1). Nil where everything came at once: nothing was measured then,
  /// and 0 would be a lie.
  var timePerToken: Duration? {
    guard let first, let last, count > 1 else { return nil }
    return first.duration(to: last) / (count - 1)
  }
}

extension Duration {
  var milliseconds: Double { self / .milliseconds(1) }
}
