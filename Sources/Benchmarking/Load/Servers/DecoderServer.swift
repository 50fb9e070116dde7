import OCRInference

/// The local decoder: sequences join and leave between passes, and one pass decodes a token of each.
public final class DecoderServer: LoadServer {
  private let batch: ContinuousBatch
  private let watch = Stopwatch.Running()
  private var requests: [ContinuousBatch.SequenceID: (id: Int, submitted: Double)] = [:]
  private var sequences: [Int: ContinuousBatch.SequenceID] = [:]

  /// - Parameter prefixByteLimit: of the prefix store; 0 computes every prompt anew.
  /// - Throws: `GenerationError.cache`.
  public init(
    decoder: any TextDecoder, concurrency: Int, cacheType: WeightType, prefixByteLimit: Int = 0
  ) throws {
    batch = try ContinuousBatch(
      decoder: decoder,
      settings: .init(
        maxSequences: concurrency, cacheType: cacheType, prefixByteLimit: prefixByteLimit))
  }

  public var now: Double { watch.milliseconds }
  public var isIdle: Bool { batch.isIdle }
  public var byteCount: Int? { batch.byteCount }
  /// How much of all prompts came from the prefix store.
  public var prefixStatistics: PrefixStore.Statistics { batch.prefixStatistics }

  public func submit(_ request: LoadRequest) throws {
    guard case .tokens(let ids) = request.input else {
      preconditionFailure("the decoder takes prompts")
    }
    // Exactly as many tokens as asked for, whatever they say.
    let sequence = try batch.submit(
      EmbeddedPrompt(text: ids),
      options: GenerationOptions(maxTokens: request.outputTokens, repetition: nil))
    requests[sequence] = (request.id, now)
    sequences[request.id] = sequence
  }

  public func cancel(_ id: Int) {
    guard let sequence = sequences.removeValue(forKey: id) else { return }
    requests[sequence] = nil
    batch.cancel(sequence)
  }

  public func step() -> [LoadEvent] {
    // A sequence's end comes right after its last token, and at the same moment.
    var last = now
    return batch.step().compactMap { result in
      guard let request = requests[result.sequence] else { return nil }
      switch result.event {
      case .success(.token(let token)):
        last = watch.milliseconds(at: token.time)
        return .token(request: request.id, time: last)
      case .success(.end(let summary)):
        leave(result.sequence)
        let started = request.submitted + summary.waiting / .milliseconds(1)
        return .end(request: request.id, LoadEnd(time: last, started: started))
      case .failure(let error):
        leave(result.sequence)
        return .end(
          request: request.id, LoadEnd(time: now, failure: .error(error.description)))
      }
    }
  }

  public func wait(until time: Double) async throws { try await watch.sleep(until: time) }

  private func leave(_ sequence: ContinuousBatch.SequenceID) {
    guard let request = requests.removeValue(forKey: sequence) else { return }
    sequences[request.id] = nil
  }
}
