/// Names that are real, by which a misreading that is another real thing is told from one that is
/// nothing: a user's own, or the built-in ones that the command hands in.
public struct Lexicon: Sendable, Equatable {
  /// As they stand on pages, with or without their dosage form.
  public var drugs: Set<String>
  public var tests: Set<String>
  public var diagnoses: Set<String>

  public static let empty = Lexicon()

  public init(drugs: Set<String> = [], tests: Set<String> = [], diagnoses: Set<String> = []) {
    self.drugs = drugs
    self.tests = tests
    self.diagnoses = diagnoses
  }
}
