import DocProfiles

/// The outcomes of one field over many documents, counted.
public struct FieldTally: Sendable, Equatable, Codable {
  public var name: String
  public var correct: Int
  public var incorrect: Int
  public var partial: Int
  public var missing: Int
  public var spurious: Int
  /// Sum of the outcomes' credits.
  public var credit: Double

  public init(name: String, outcomes: [FieldOutcome]) {
    self.name = name
    func count(_ judgement: FieldJudgement) -> Int {
      outcomes.count { $0.judgement == judgement }
    }
    correct = count(.correct)
    incorrect = count(.incorrect)
    partial = count(.partial)
    missing = count(.missing)
    spurious = count(.spurious)
    credit = outcomes.reduce(0) { $0 + $1.credit }
  }

  /// The fields of one kind together, under the kind's name: `drug-name` gives the drug-name
  /// accuracy.
  public init(kind: FieldKind, outcomes: [FieldOutcome]) {
    self.init(name: kind.rawValue, outcomes: outcomes.filter { $0.kind == kind })
  }

  /// COR + INC + PAR + MIS: fields the truth has.
  public var possible: Int { correct + incorrect + partial + missing }
  /// COR + INC + PAR + SPU: fields the model gave.
  public var actual: Int { correct + incorrect + partial + spurious }

  /// Share of the truth's fields read right; nil where the truth has none.
  public var accuracy: Double? { possible == 0 ? nil : credit / Double(possible) }
  public var precision: Double? { actual == 0 ? nil : Double(correct) / Double(actual) }
  public var recall: Double? { possible == 0 ? nil : Double(correct) / Double(possible) }
  public var f1: Double? {
    possible + actual == 0 ? nil : 2 * Double(correct) / Double(possible + actual)
  }

  public var status: FieldStatus? { accuracy.map(FieldStatus.init(accuracy:)) }
}

/// The source's marks: OK from 95 %, WARN from 90 %, FAIL below.
public enum FieldStatus: String, Sendable, Codable {
  case ok = "OK"
  case warn = "WARN"
  case fail = "FAIL"

  public init(accuracy: Double) {
    self = accuracy >= 0.95 ? .ok : accuracy >= 0.90 ? .warn : .fail
  }
}
