/// Pages of the local engine read together, a step at a time. Their lines, or the pages themselves, are sequences of one
/// `ContinuousBatch`, so that a forward pass decodes a token of every open page.
///
/// A page's text is that of `LocalEngine.transcribe`: the same strips are encoded together, and a sequence's tokens do
/// not depend on its company. Synchronous and for one thread at a time.
package final class PageBatch {
  /// What a step gave.
  package struct Step: Sendable {
    /// Sequences that got a token; 0 of a step that prepared a page, or only a part of a prompt.
    package var sequences = 0
    package var ended: [EndedPage] = []
  }

  package struct EndedPage: Sendable {
    package let id: Int
    package let submitted: ContinuousClock.Instant
    package let started: ContinuousClock.Instant
    /// Its times count from `submitted`.
    package let transcript: Transcript
  }

  private let engine: LocalEngine
  private let batch: ContinuousBatch
  private let concurrency: Int
  private var waiting: [OpenPage] = []
  private var open: [OpenPage] = []
  private var owners: [ContinuousBatch.SequenceID: OpenPage] = [:]

  /// A pass reads the weights once for so many lines already that more of them gain nothing.
  private static let mostLines = 512

  /// - Parameter concurrency: pages that are read at once; others wait their turn.
  /// - Throws: `GenerationError.cache`.
  package init(engine: LocalEngine, concurrency: Int) throws {
    precondition(concurrency >= 1)
    self.engine = engine
    self.concurrency = concurrency
    var settings = engine.settings
    settings.maxSequences =
      switch engine.model.input {
      case .page: concurrency
      case .line(let lines, _): max(lines.batch, min(concurrency * lines.batch, Self.mostLines))
      }
    batch = try ContinuousBatch(decoder: engine.model.model.decoder, settings: settings)
  }

  package var isIdle: Bool { waiting.isEmpty && open.isEmpty }
  /// Bytes of the decoder's buffers and of all caches.
  package var byteCount: Int { batch.byteCount }

  /// - Parameter id: of no other page that has not ended.
  package func submit(_ page: EnginePage, id: Int) { waiting.append(OpenPage(id: id, page: page)) }

  /// Its sequences' memory is free at once; nothing further comes of it. An unknown id is one that has ended.
  package func cancel(_ id: Int) {
    for page in waiting + open where page.id == id { leave(page) }
  }

  /// The least work there is: a page becomes prompts where there is a place for it, else one forward pass.
  package func step() -> Step {
    if open.count < concurrency, !waiting.isEmpty {
      let page = waiting.removeFirst()
      page.started = .now
      open.append(page)
      return prepare(page)
    }
    if let page = open.first(where: \.wantsPrompts) { return prepare(page) }
    return decode()
  }

  private func prepare(_ page: OpenPage) -> Step {
    do {
      for (place, prompt) in try page.nextPrompts(engine) {
        let sequence = try batch.submit(prompt, options: engine.generationOptions)
        owners[sequence] = page
        page.sequences[sequence] = .init(place: place, text: SequenceText(model: engine.model))
      }
    } catch {
      return Step(ended: [end(page, throwing: error)])
    }
    return page.isFinished ? Step(ended: [end(page)]) : Step()
  }

  private func decode() -> Step {
    var step = Step()
    var speakers: Set<ContinuousBatch.SequenceID> = []
    for result in batch.step() {
      // A page that failed in this very pass has no more sequences.
      guard let page = owners[result.sequence] else { continue }
      switch result.event {
      case .success(.token(let token)):
        speakers.insert(result.sequence)
        page.add(token, of: result.sequence)
      case .success(.end(let summary)):
        owners[result.sequence] = nil
        page.finish(result.sequence, summary)
        if page.isFinished { step.ended.append(end(page)) }
      case .failure(let error):
        step.ended.append(end(page, throwing: error))
      }
    }
    step.sequences = speakers.count
    return step
  }

  private func end(_ page: OpenPage, throwing error: (any Error)? = nil) -> EndedPage {
    leave(page)
    return EndedPage(
      id: page.id, submitted: page.submitted, started: page.started,
      transcript: page.transcript(
        failure: error.map {
          $0 as? EngineFailure ?? .unreadableOutput(reason: "\($0)", diagnostics: "")
        }))
  }

  private func leave(_ page: OpenPage) {
    for sequence in page.sequences.keys {
      batch.cancel(sequence)
      owners[sequence] = nil
    }
    page.sequences = [:]
    waiting.removeAll { $0 === page }
    open.removeAll { $0 === page }
  }
}
