import OCRInference
import Testing

/// The clock and the outcomes, on chunks whose times are known.
@Suite struct ReadingTests {
  @Test func timePerTokenIsTheMeanGap() async {
    let transcript = await read([(0, "처", nil), (30, "방", nil), (90, "전", nil)])
    #expect(transcript.timing.tpot == 45)
    #expect(transcript.timing.outputTokens == 3)
    #expect(abs(transcript.timing.endToEnd - transcript.timing.ttft! - 90) < 1e-6)
  }

  @Test func tokensOfAPieceCountAsTold() async {
    let transcript = await read([(0, "처방", 2), (90, "전", 2)])
    #expect(transcript.timing.tpot == 30)
    #expect(transcript.timing.outputTokens == 4)
  }

  @Test func oneGlanceHasNoTimePerToken() async {
    #expect(await read([(0, "처", nil)]).timing.tpot == nil)
    #expect(await read([(0, "처방전", 3)]).timing.tpot == nil)
    #expect(await read([(0, "처", nil), (9, "방", nil)], streamsTokens: false).timing.tpot == nil)
  }

  @Test func whiteSpaceIsNoContent() async {
    let transcript = await read([(0, "\n", nil), (10, "가", nil), (25, "나", nil), (60, " ", nil)])
    #expect(abs(transcript.timing.endToEnd - transcript.timing.ttft! - 15) < 1e-6)
    #expect(transcript.timing.tpot == 20)
    #expect(transcript.timing.chunks == 4)
    #expect(transcript.text == "가나")
  }

  @Test func failureOfAnyKindIsAnOutcome() async {
    struct OutOfMemory: Error, CustomStringConvertible {
      let description = "no memory for the page"
    }
    let transcript = await read([(0, "반", nil)], then: OutOfMemory())
    #expect(transcript.outcome.status == .unreadableOutput)
    #expect(transcript.outcome.detail == "no memory for the page")
    #expect(transcript.text == "반")
  }

  @Test func endlessTextIsCut() async {
    let page = String(repeating: "x", count: 1 << 20)
    let transcript = await read((0..<40).map { ($0, page, nil) })
    #expect(transcript.outcome.status == .unreadableOutput)
    // Evidence of what it was, not all of it.
    #expect(transcript.text.utf8.count == 64 << 10)
  }

  @Test func confidencesStandBesideTheText() async {
    let sure = await read([(0, " 처", nil), (9, "방\n", nil)], confidence: 0.875)
    #expect(sure.text == "처방" && sure.confidences?.hundredths == [87, 87])
    #expect(await read([(0, "처", nil)]).confidences == nil)
    #expect(await read([(0, " ", nil)], confidence: 0.5).confidences?.count == 0)
    // Half of a page's confidences would be read as all.
    let mixed = await read([(0, "처", nil), (9, "방", nil)], confidence: 0.875, lacking: "방")
    #expect(mixed.text == "처방" && mixed.confidences == nil)
  }

  private func read(
    _ chunks: [(Int, String, Int?)], streamsTokens: Bool = true, then failure: (any Error)? = nil,
    confidence: Float? = nil, lacking: String? = nil
  ) async -> Transcript {
    let engine = KnownTimes(
      chunks: chunks, failure: failure, confidence: confidence, lacking: lacking,
      identity: EngineIdentity(
        engine: "known", model: "times", version: "1", streamsTokens: streamsTokens))
    return await engine.transcribe(.blank, timeout: .seconds(60))
  }
}

/// An engine whose chunks come at given milliseconds after it was asked.
private struct KnownTimes: OCREngine {
  var chunks: [(Int, String, Int?)]
  var failure: (any Error)?
  var confidence: Float?
  /// The text that comes without.
  var lacking: String?
  var identity: EngineIdentity

  func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
    let start = ContinuousClock.now
    return chunkStream { [chunks, failure, confidence, lacking] yield in
      for (time, text, tokens) in chunks {
        let confidences =
          text == lacking
          ? nil
          : confidence.map { value in
            text.unicodeScalars.map { _ in value }
          }
        yield(
          TextChunk(
            text: text, confidences: confidences, tokens: tokens,
            time: start + .milliseconds(time)))
      }
      if let failure { throw failure }
    }
  }
}
