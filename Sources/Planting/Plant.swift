import DocProfiles

/// A change to the truth of a page, made as if a model had read the page so, with what a judge must
/// say about it.
///
/// Nothing here may know how the judge judges: this module does not see `Scoring`, parses what it
/// changes with small parsers of its own, and expects what the document type's table in
/// docs/scoring.md promises.
public struct Plant: Sendable, Equatable {
  public enum Subject: Sendable, Hashable {
    case harmful(ErrorClass)
    case harmless(Rewrite)
    /// Several errors, rewrites among them.
    case combined
  }

  public var subject: Subject
  /// What was done, in words: `dose times ten`.
  public var recipe: String
  /// Of the page's transcript; none overlap.
  public var edits: [Edit]
  /// Everything that is wrong with the reading; empty for a harmless rewrite.
  public var expected: [ExpectedError]
  /// The same in other terms (`0.5 g` for `500 mg`), which a judge may mark but not blame.
  public var isInOtherTerms = false
  /// What the plant is about though it leaves it as it is: the row that it repeats.
  var subjects: [Range<Int>] = []
  /// Laid over the whole reading when the edits are made.
  public var dressing = Dressing.none

  init(
    _ subject: Subject, _ recipe: String, _ edits: [Edit], expecting expected: [ExpectedError] = []
  ) {
    self.subject = subject
    self.recipe = recipe
    self.edits = edits
    self.expected = expected
  }

  /// The reading that the plant makes of its page.
  public func reading(of page: PlantingPage) -> String {
    var scalars = page.scalars
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      scalars.replaceSubrange(edit.range, with: edit.text.unicodeScalars)
    }
    return dressing.worn(by: scalars)
  }
}

/// Text in place of some code points of the truth.
public struct Edit: Sendable, Equatable {
  public var range: Range<Int>
  public var text: String
}

/// An error that a judge must find.
public struct ExpectedError: Sendable, Equatable, CustomStringConvertible {
  public var errorClass: ErrorClass
  public var severity: Severity
  /// The field and row that must be named; nil for text outside fields.
  public var field: String?
  public var row: Int?

  public init(
    _ errorClass: ErrorClass, _ severity: Severity, field: String? = nil, row: Int? = nil
  ) {
    self.errorClass = errorClass
    self.severity = severity
    self.field = field
    self.row = row
  }

  public var description: String { "\(errorClass.rawValue) \(severity.rawValue)" }
}

/// The harmless ways to write the same.
public enum Rewrite: String, Sendable, CaseIterable, Codable {
  case width, spacing, lines, composition
  case trailingNought = "trailing-nought"
  case unitSpelling = "unit-spelling"
  case otherUnit = "other-unit"
  case dateStyle = "date-style"
  case codeStyle = "code-style"
  case frequencyWording = "frequency-wording"
  case routeWording = "route-wording"
  case rangeStyle = "range-style"
  case findingWording = "finding-wording"
  case rowOrder = "row-order"
  case markdownTable = "markdown-table"
  /// Many of them on one page.
  case several
}

/// A harmless change of the whole page.
public enum Dressing: String, Sendable, CaseIterable {
  case none
  case fullWidth = "full-width"
  case wideSpaces = "wide-spaces"
  case decomposed

  func worn(by scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars {
      switch (self, scalar.value) {
      case (.fullWidth, 0x21...0x7e): text.append(Unicode.Scalar(scalar.value + 0xfee0)!)
      case (.fullWidth, 0x20): text.append("\u{3000}")
      case (.wideSpaces, 0x20): text.append(contentsOf: "  ".unicodeScalars)
      case (.wideSpaces, 0x0a): text.append(contentsOf: " \n".unicodeScalars)
      case (.decomposed, 0xac00...0xd7a3): text.append(contentsOf: Self.letters(of: scalar.value))
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  /// A Hangul syllable as its letters (Unicode 3.12).
  private static func letters(of syllable: UInt32) -> [Unicode.Scalar] {
    let index = syllable - 0xac00
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11a7 + index % 28]
    return letters.prefix(index % 28 == 0 ? 2 : 3).map { Unicode.Scalar($0)! }
  }
}
