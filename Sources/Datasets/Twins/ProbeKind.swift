/// What a probe does to a page to see whether a model reads it or guesses.
public enum ProbeKind: String, Codable, Sendable, CaseIterable {
  /// A digit, unit, drug, side or negation is another one, as plausible as the first.
  case counterfactual
  /// The form with none of its values.
  case blank
  /// Single values taken out of a form that is otherwise whole.
  case blankField = "blank-field"
  /// A value crossed out and corrected, or under a stamp.
  case distractor
  /// A value made unreadable.
  case legibility
  /// The page itself, read again, and at 3 % more and fewer dots per inch.
  case repeated = "repeat"

  /// Whether it needs pictures of its own.
  public var hasTwins: Bool { self != .repeated }
}
