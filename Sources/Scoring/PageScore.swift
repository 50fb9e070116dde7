import DocProfiles

/// The truth of a page, as scoring needs it.
public struct PageReference: Sendable, Equatable {
  public var text: String
  public var fields: [ReferenceField]

  public init(text: String, fields: [ReferenceField] = []) {
    self.text = text
    self.fields = fields
  }
}

/// A field of the truth; `span` counts Unicode code points of the page's text, end exclusive.
public struct ReferenceField: Sendable, Equatable {
  public var name: String
  public var kind: FieldKind
  public var value: String
  public var row: Int?
  public var span: Range<Int>

  public init(name: String, kind: FieldKind, value: String, row: Int? = nil, span: Range<Int>) {
    self.name = name
    self.kind = kind
    self.value = value
    self.row = row
    self.span = span
  }
}

/// What a model gave for a page.
public struct PagePrediction: Sendable, Equatable {
  public var text: String
  /// Fields that the model named itself, in its own order (JSON output); nil where it gave plain
  /// text, and the fields are found by alignment.
  public var keyedFields: [KeyedField]?

  public init(text: String, keyedFields: [KeyedField]? = nil) {
    self.text = text
    self.keyedFields = keyedFields
  }
}

/// One value of a model's JSON output. `key` is a field's key or its Korean name.
public struct KeyedField: Sendable, Equatable, Codable {
  public var key: String
  public var value: String
  /// Row of a table, from 1, where the output had a list.
  public var row: Int?

  public init(key: String, value: String, row: Int? = nil) {
    self.key = key
    self.value = value
    self.row = row
  }
}

/// A page judged: counts and field outcomes; rates and shares are derived from these.
public struct PageScore: Sendable, Equatable, Codable {
  /// Grapheme clusters of NFC text.
  public var characters: EditCounts
  /// UAX #29 words as dinglehopper counts them: comparable, never gated on.
  public var words: EditCounts
  /// Words that keep `- + < > ≤ ≥ ± % ° / × ^` as tokens.
  public var clinicalWords: EditCounts
  public var fields: [FieldOutcome]
  /// Present for a page whose truth is empty; such a page is kept out of every rate.
  public var blank: BlankPageCheck?
  /// Present for a page whose truth has diagnosis codes.
  public var diagnosisCodes: DiagnosisCodeScore?
  /// What went wrong, and how bad it is; nil where nobody looked (results of an older medbench).
  public var harms: [HarmFinding]?

  enum CodingKeys: String, CodingKey {
    case characters, words, fields, blank, harms
    case clinicalWords = "clinical_words"
    case diagnosisCodes = "diagnosis_codes"
  }

  public init(
    characters: EditCounts, words: EditCounts, clinicalWords: EditCounts, fields: [FieldOutcome],
    blank: BlankPageCheck? = nil, diagnosisCodes: DiagnosisCodeScore? = nil,
    harms: [HarmFinding]? = nil
  ) {
    self.characters = characters
    self.words = words
    self.clinicalWords = clinicalWords
    self.fields = fields
    self.blank = blank
    self.diagnosisCodes = diagnosisCodes
    self.harms = harms
  }
}

/// A blank page must be read as (almost) nothing.
public struct BlankPageCheck: Sendable, Equatable, Codable {
  public var outputClusters: Int
  public var limit: Int
  public var passed: Bool { outputClusters <= limit }

  enum CodingKeys: String, CodingKey {
    case outputClusters = "output_clusters"
    case limit
  }

  public init(outputClusters: Int, limit: Int) {
    self.outputClusters = outputClusters
    self.limit = limit
  }
}

/// One field compared. `expected` is nil for a spurious field, `predicted` for a missing one.
public struct FieldOutcome: Sendable, Equatable, Codable {
  public var name: String
  public var kind: FieldKind
  public var row: Int?
  public var expected: String?
  public var predicted: String?
  public var judgement: FieldJudgement
  /// What the field adds to its accuracy, 0...1: 1 where correct and 0 elsewhere, except free
  /// text, whose credit is 1 − CERn.
  public var credit: Double

  public init(
    name: String, kind: FieldKind, row: Int? = nil, expected: String?, predicted: String?,
    judgement: FieldJudgement, credit: Double
  ) {
    self.name = name
    self.kind = kind
    self.row = row
    self.expected = expected
    self.predicted = predicted
    self.judgement = judgement
    self.credit = credit
  }
}

/// MUC's five outcomes, as nervaluate names them.
public enum FieldJudgement: String, Sendable, Codable, CaseIterable {
  case correct = "COR"
  case incorrect = "INC"
  case partial = "PAR"
  case missing = "MIS"
  case spurious = "SPU"
}
