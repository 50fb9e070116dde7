/// What a sample says about a limit.
public enum Outcome: String, Codable, Sendable, CaseIterable {
  case pass = "PASS"
  case fail = "FAIL"
  /// Neither is shown: the sample is too small for how near the figure lies to the limit.
  case inconclusive = "INCONCLUSIVE"

  /// PASS when the bound is inside a limit that must not be exceeded, FAIL when the other bound is
  /// outside.
  public init(_ bounds: Bounds, atMost limit: Double) {
    if let upper = bounds.upper, upper <= limit {
      self = .pass
    } else if let lower = bounds.lower, lower > limit {
      self = .fail
    } else {
      self = .inconclusive
    }
  }

  /// The same for a limit that must be reached.
  public init(_ bounds: Bounds, atLeast limit: Double) {
    self.init(
      Bounds(lower: bounds.upper.map { -$0 }, upper: bounds.lower.map { -$0 }), atMost: -limit)
  }

  /// All must pass, and any may fail them all: an intersection-union test (Berger, Technometrics 24,
  /// 1982), whose false-PASS rate is at most that of a single check. So nothing is corrected for
  /// several checks. Nothing judged fails.
  public init(all outcomes: some Collection<Outcome>) {
    if outcomes.isEmpty || outcomes.contains(.fail) {
      self = .fail
    } else {
      self = outcomes.contains(.inconclusive) ? .inconclusive : .pass
    }
  }
}
