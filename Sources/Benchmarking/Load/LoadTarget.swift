import OCRInference

/// What is put under load: it makes a fresh server for each row, and says beforehand what cannot be served.
public protocol LoadTarget: Sendable {
  /// Sequences that truly run together; 1 where requests queue.
  func server(concurrency: Int, prefixByteLimit: Int) throws -> any LoadServer
  /// Why requests of the input cannot be served; nil where they can.
  func obstacle(to input: any LoadInput, concurrency: Int) -> String?
  /// Bytes that a row is expected to take at its peak; nil where nobody can say.
  func expectedBytes(of input: any LoadInput, concurrency: Int) -> Int?
  /// The two where a server for each of these prefix stores is there at once.
  func obstacle(
    to input: any LoadInput, concurrency: Int, prefixByteLimits: [Int]
  ) -> String?
  func expectedBytes(
    of input: any LoadInput, concurrency: Int, prefixByteLimits: [Int]
  ) -> Int?
  /// Bytes of keys and values of one request; 0 where there is no cache to share.
  func cacheBytes(of input: any LoadInput) -> Int
  /// Whether programs do the work, so that their processor time counts.
  var runsPrograms: Bool { get }
}

extension LoadTarget {
  public var runsPrograms: Bool { false }
}

extension LoadTarget {
  public func obstacle(
    to input: any LoadInput, concurrency: Int, prefixByteLimits: [Int]
  ) -> String? {
    obstacle(to: input, concurrency: concurrency)
  }

  public func expectedBytes(
    of input: any LoadInput, concurrency: Int, prefixByteLimits: [Int]
  ) -> Int? {
    expectedBytes(of: input, concurrency: concurrency)
  }
}

/// Text through the local decoder.
public struct DecoderTarget: LoadTarget {
  public let model: BenchModel
  public let cacheType: WeightType
  private let fit: ContextFit

  /// - Parameter limit: what does not fit into it is not run.
  public init(model: BenchModel, cacheType: WeightType, limit: MemoryLimit = .machine) {
    self.model = model
    self.cacheType = cacheType
    fit = ContextFit(model: model, cacheType: cacheType, limit: limit)
  }

  public func server(concurrency: Int, prefixByteLimit: Int) throws -> any LoadServer {
    try DecoderServer(
      decoder: model.decoder, concurrency: concurrency, cacheType: cacheType,
      prefixByteLimit: prefixByteLimit)
  }

  public func obstacle(to input: any LoadInput, concurrency: Int) -> String? {
    obstacle(to: input, concurrency: concurrency, prefixByteLimits: [0])
  }

  public func obstacle(
    to input: any LoadInput, concurrency: Int, prefixByteLimits: [Int]
  ) -> String? {
    fit.obstacle(
      tokens: Self.longest(input), concurrency: concurrency, prefixByteLimits: prefixByteLimits)
  }

  public func expectedBytes(of input: any LoadInput, concurrency: Int) -> Int? {
    expectedBytes(of: input, concurrency: concurrency, prefixByteLimits: [0])
  }

  public func expectedBytes(
    of input: any LoadInput, concurrency: Int, prefixByteLimits: [Int]
  ) -> Int? {
    fit.memory(
      tokens: Self.longest(input), concurrency: concurrency, prefixByteLimits: prefixByteLimits
    ).expectedPeak
  }

  public func cacheBytes(of input: any LoadInput) -> Int {
    fit.cacheBytes(tokens: Self.longest(input))
  }

  private static func longest(_ input: any LoadInput) -> Int {
    guard let prompts = input as? PromptInput else {
      return input.inputLength + (input.outputLength ?? 0)
    }
    return prompts.inputTokens.upperBound + prompts.outputTokens.upperBound
  }
}

/// Pages through an OCR engine: the local one's are decoded together, others go one after another.
public struct EngineTarget: LoadTarget {
  public let engine: any OCREngine

  public init(engine: any OCREngine) { self.engine = engine }

  public var decodesTogether: Bool { engine is LocalEngine }
  public var runsPrograms: Bool { !(engine is LocalEngine) }

  public func server(concurrency: Int, prefixByteLimit: Int) throws -> any LoadServer {
    guard let local = engine as? LocalEngine else { return EngineServer(engine: engine) }
    return try LocalPageServer(engine: local, concurrency: concurrency)
  }

  public func obstacle(to input: any LoadInput, concurrency: Int) -> String? { nil }
  public func expectedBytes(of input: any LoadInput, concurrency: Int) -> Int? { nil }
  public func cacheBytes(of input: any LoadInput) -> Int { 0 }
}
