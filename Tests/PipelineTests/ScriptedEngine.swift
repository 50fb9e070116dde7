import OCRInference
import PageImaging

/// An engine that gives each page the text written for it, or fails as told: the run around it is
/// what these tests are about.
struct ScriptedEngine: OCREngine {
  enum Reading: Sendable {
    case text(String)
    /// Each code point with this probability.
    case confidentText(String, Float)
    case failure(EngineFailure)
    case textThenFailure(String, EngineFailure)
    /// Never ends by itself.
    case forever
  }

  var identity = EngineIdentity(
    engine: "scripted", model: "m", version: "1", streamsTokens: false)
  var readings: [String: Reading]

  func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
    let reading = readings[page.id] ?? .text("")
    return AsyncThrowingStream { continuation in
      switch reading {
      case .text(let text):
        continuation.yield(TextChunk(text: text))
        continuation.finish()
      case .confidentText(let text, let confidence):
        continuation.yield(
          TextChunk(text: text, confidences: text.unicodeScalars.map { _ in confidence }))
        continuation.finish()
      case .textThenFailure(let text, let failure):
        continuation.yield(TextChunk(text: text))
        continuation.finish(throwing: failure)
      case .failure(let failure):
        continuation.finish(throwing: failure)
      case .forever:
        break
      }
    }
  }
}
