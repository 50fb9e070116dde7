import OCRInference

extension LoadEnd {
  /// - Parameters:
  ///   - begin: when the transcript's clock started, on the server's.
  ///   - streamsTokens: whether its first text is a first token.
  init(_ transcript: Transcript, from begin: Double, started: Double, streamsTokens: Bool) {
    let timing = transcript.timing
    self.init(
      time: begin + timing.endToEnd, started: started, failure: transcript.outcome.loadFailure,
      page: Page(
        firstToken: streamsTokens ? timing.ttft.map { begin + $0 } : nil,
        outputTokens: timing.outputTokens, millisecondsPerToken: timing.tpot))
  }
}

extension PageOutcome {
  fileprivate var loadFailure: LoadEnd.Failure? {
    switch status {
    case .read: nil
    case .timedOut: .timedOut
    case .empty, .exited, .crashed, .unreadableOutput, .repeated, .truncated:
      .error([status.rawValue, detail].compactMap(\.self).joined(separator: ", "))
    }
  }
}
