/// The one clock of all benchmarks: monotonic, and not stopped by a suspended machine's sleep.
public enum Stopwatch {
  /// Milliseconds that `work` took.
  public static func milliseconds<Result>(
    _ work: () throws -> Result
  ) rethrows -> (result: Result, milliseconds: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try work()
    return (result, (clock.now - start) / .milliseconds(1))
  }

  /// A watch that was started once and is read many times.
  public struct Running: Sendable {
    private let start = ContinuousClock.now

    public init() {}

    public var milliseconds: Double { milliseconds(at: .now) }

    /// Of a moment that something else noted.
    public func milliseconds(at moment: ContinuousClock.Instant) -> Double {
      (moment - start) / .milliseconds(1)
    }

    /// Until that many milliseconds have passed.
    public func sleep(until milliseconds: Double) async throws {
      try await Task.sleep(
        until: start.advanced(by: .milliseconds(1) * milliseconds), clock: .continuous)
    }
  }
}
