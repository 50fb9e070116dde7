import OCRInference

/// The local engine: pages in flight are decoded together, their lines, or the pages themselves, in the same forward
/// passes.
public final class LocalPageServer: LoadServer {
  private let pages: PageBatch
  private let watch = Stopwatch.Running()

  /// - Parameter concurrency: pages in flight; others wait.
  /// - Throws: `GenerationError.cache`.
  public init(engine: LocalEngine, concurrency: Int) throws {
    pages = try PageBatch(engine: engine, concurrency: concurrency)
  }

  public var now: Double { watch.milliseconds }
  public var isIdle: Bool { pages.isIdle }
  public var byteCount: Int? { pages.byteCount }

  public func submit(_ request: LoadRequest) {
    guard case .page(let page) = request.input else {
      preconditionFailure("an engine takes pages")
    }
    pages.submit(page, id: request.id)
  }

  public func cancel(_ id: Int) { pages.cancel(id) }

  public func step() -> [LoadEvent] {
    let step = pages.step()
    let ends = step.ended.map { page in
      LoadEvent.end(
        request: page.id,
        LoadEnd(
          page.transcript, from: watch.milliseconds(at: page.submitted),
          started: watch.milliseconds(at: page.started), streamsTokens: true))
    }
    return step.sequences > 0 ? [.pass(sequences: step.sequences)] + ends : ends
  }

  public func wait(until time: Double) async throws { try await watch.sleep(until: time) }
}
