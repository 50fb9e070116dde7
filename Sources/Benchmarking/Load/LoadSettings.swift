/// What `medbench bench load` does.
public enum LoadMode: String, Sendable, CaseIterable, Codable {
  /// One request at a time, each length.
  case single
  /// Each batch size, at the first length.
  case batch
  /// Every batch size at every length.
  case sweep
  /// An open loop at a rising rate.
  case stress
  /// One batch size and length for long.
  case soak
  /// One request at a time, lengths up to the model's context and the machine's memory.
  case longContext = "long-context"
  /// Prompts that begin alike, with the prefix store and without.
  case prefixSharing = "prefix-sharing"
}

/// How it is measured.
public struct LoadSettings: Sendable {
  public var mode: LoadMode
  /// Requests before the first that counts.
  public var warmup = 3
  /// Batches of each row.
  public var iterations = 10
  /// Sequences that run together.
  public var batchSizes = [1, 4, 8, 16, 32]
  /// Milliseconds until a request is given up.
  public var timeout = 120_000.0
  /// What goodput counts and stress must hold, milliseconds of E2E; nil for no limit.
  public var latencyLimit: Double?
  public var stress = Stress()
  /// Of soak, milliseconds.
  public var duration = 1_800_000.0
  public var seed: UInt64 = 0

  public struct Stress: Sendable {
    /// Requests a second to begin with; nil takes half of what one request after another reaches.
    public var startRate: Double?
    /// Requests at each rate, at least.
    public var requests = 100
    /// From one rate to the next until one is lost.
    public var growth = 1.5

    public init() {}
  }

  public init(mode: LoadMode) { self.mode = mode }

  /// Bounds of the source document.
  public static let batchBounds = 1...64
  public static let inputBounds = 1...8192
  public static let longContextLengths = [4096, 8192, 16384, 32768, 65536, 131_072]
}
