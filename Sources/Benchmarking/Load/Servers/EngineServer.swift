import OCRInference

/// Any OCR engine, pages one after another in the order they came.
public final class EngineServer: LoadServer {
  private let engine: any OCREngine
  private let watch = Stopwatch.Running()
  private var queue: [LoadRequest] = []

  public init(engine: any OCREngine) { self.engine = engine }

  public var now: Double { watch.milliseconds }
  public var isIdle: Bool { queue.isEmpty }
  public var byteCount: Int? { nil }

  public func submit(_ request: LoadRequest) { queue.append(request) }

  public func cancel(_ id: Int) { queue.removeAll { $0.id == id } }

  public func step() async throws -> [LoadEvent] {
    let request = queue.removeFirst()
    guard case .page(let page) = request.input else {
      preconditionFailure("an engine takes pages")
    }
    let started = now
    // A day stands for no limit: sleeping has an end.
    let left = min(max(request.deadline - started, 0), 86_400_000)
    let transcript = await engine.transcribe(page, timeout: .milliseconds(1) * left)
    let end = LoadEnd(
      transcript, from: started, started: started,
      streamsTokens: engine.identity.streamsTokens)
    return [.end(request: request.id, end)]
  }

  public func wait(until time: Double) async throws { try await watch.sleep(until: time) }
}
