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
}
