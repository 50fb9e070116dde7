import OCRInference

/// One thing to be served: a prompt for the decoder, or a page for an engine.
public struct LoadRequest: Sendable {
  public enum Input: Sendable {
    case tokens([Int32])
    case page(EnginePage)
  }

  /// Of this request alone within a run.
  public var id: Int
  public var input: Input
  /// Of the prompt, or of the page's image.
  public var inputTokens: Int
  /// Tokens to generate; a page ends by itself.
  public var outputTokens: Int
  /// When it is given up, milliseconds on the server's clock.
  public var deadline = Double.infinity

  public init(id: Int, input: Input, inputTokens: Int, outputTokens: Int) {
    self.id = id
    self.input = input
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
  }
}

/// A request and when it comes, in milliseconds after the run's beginning.
public struct LoadArrival: Sendable {
  public var time: Double
  public var request: LoadRequest

  public init(time: Double, request: LoadRequest) {
    self.time = time
    self.request = request
  }
}
