import Foundation
import Synchronization

/// One thread that owns a `ContinuousBatch` and serves callers from everywhere: their sequences run together.
public final class GenerationLoop: Sendable {
  private let inbox = Inbox()

  /// - Throws: `GenerationError.cache`.
  public init(
    decoder: any TextDecoder, settings: ContinuousBatch.Settings = ContinuousBatch.Settings()
  ) throws(GenerationError) {
    // Handed to the thread and touched by no other.
    nonisolated(unsafe) let batch = try ContinuousBatch(decoder: decoder, settings: settings)
    let inbox = inbox
    let thread = Thread { Self.serve(inbox, batch: batch) }
    thread.name = "generation"
    thread.stackSize = 4 << 20
    thread.start()
  }

  /// Ends the thread after the pass under way; sequences still in it end with `GenerationError.stopped`.
  deinit { inbox.stop() }

  /// Tokens as they are decoded, at last the summary. Throws a `GenerationError`. Cancelling the consuming task, or
  /// letting go of the stream, takes the sequence out of the batch before its next pass.
  public func generate(
    _ prompt: EmbeddedPrompt, options: GenerationOptions
  ) -> AsyncThrowingStream<GenerationEvent, any Error> {
    AsyncThrowingStream { continuation in
      let request = Request(prompt: prompt, options: options, continuation: continuation)
      continuation.onTermination = { [inbox] end in
        if case .cancelled = end { inbox.cancel(request) }
      }
      if !inbox.add(request) { continuation.finish(throwing: GenerationError.stopped) }
    }
  }

  public var prefixStatistics: PrefixStore.Statistics { inbox.state.withLock { $0.statistics } }

  // MARK: The thread

  private static func serve(_ inbox: Inbox, batch: ContinuousBatch) {
    var requests: [ContinuousBatch.SequenceID: Request] = [:]
    var sequences: [ObjectIdentifier: ContinuousBatch.SequenceID] = [:]
    func leave(_ id: ContinuousBatch.SequenceID, throwing error: GenerationError? = nil) {
      guard let request = requests.removeValue(forKey: id) else { return }
      sequences[ObjectIdentifier(request)] = nil
      request.continuation.finish(throwing: error)
    }

    while true {
      let (new, cancelled, stopped) = inbox.take(waiting: batch.isIdle)
      if stopped {
        for request in new + requests.values {
          request.continuation.finish(throwing: GenerationError.stopped)
        }
        return
      }
      for request in new {
        do throws(GenerationError) {
          let id = try batch.submit(request.prompt, options: request.options)
          requests[id] = request
          sequences[ObjectIdentifier(request)] = id
        } catch {
          request.continuation.finish(throwing: error)
        }
      }
      for request in cancelled {
        guard let id = sequences[ObjectIdentifier(request)] else { continue }
        batch.cancel(id)
        leave(id)
      }
      for result in batch.step() {
        switch result.event {
        case .success(let event):
          requests[result.sequence]?.continuation.yield(event)
          if case .end = event { leave(result.sequence) }
        case .failure(let error): leave(result.sequence, throwing: error)
        }
      }
      inbox.state.withLock { $0.statistics = batch.prefixStatistics }
    }
  }
}

private final class Request: Sendable {
  let prompt: EmbeddedPrompt
  let options: GenerationOptions
  let continuation: AsyncThrowingStream<GenerationEvent, any Error>.Continuation

  init(
    prompt: EmbeddedPrompt, options: GenerationOptions,
    continuation: AsyncThrowingStream<GenerationEvent, any Error>.Continuation
  ) {
    self.prompt = prompt
    self.options = options
    self.continuation = continuation
  }
}

/// What callers leave for the thread, which sleeps while there is nothing.
private final class Inbox: Sendable {
  struct State {
    var new: [Request] = []
    var cancelled: [Request] = []
    var stopped = false
    var statistics = PrefixStore.Statistics()
  }

  let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)

  /// - Returns: false where the loop has stopped.
  func add(_ request: Request) -> Bool {
    let open = state.withLock { state in
      if !state.stopped { state.new.append(request) }
      return !state.stopped
    }
    news.signal()
    return open
  }

  func cancel(_ request: Request) {
    state.withLock { $0.cancelled.append(request) }
    news.signal()
  }

  func stop() {
    state.withLock { $0.stopped = true }
    news.signal()
  }

  /// - Parameter waiting: sleep until something comes.
  func take(waiting: Bool) -> (new: [Request], cancelled: [Request], stopped: Bool) {
    if waiting { news.wait() }
    return state.withLock { state in
      defer {
        state.new = []
        state.cancelled = []
      }
      return (state.new, state.cancelled, state.stopped)
    }
  }
}
