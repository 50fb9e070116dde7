/// Something an engine needs is not on this machine (exit code 69).
public struct EngineUnavailable: Error, CustomStringConvertible, Equatable {
  public let description: String
}

/// An engine was asked for in a way that cannot be served (exit code 64).
public struct EngineUsageError: Error, CustomStringConvertible, Equatable {
  public let description: String
}
