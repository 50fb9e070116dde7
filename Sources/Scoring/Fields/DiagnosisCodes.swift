import DocProfiles

/// A KCD or ICD-10 code: a letter, two digits, and up to two more places after a point that may be
/// left out. `E11.9`, `E119` and `e11.9` are one code; O and 0, I and 1 are never one.
public struct DiagnosisCode: Hashable, Sendable, CustomStringConvertible {
  /// Upper case without the point: `E119`.
  public let description: String

  /// nil where the text is no code: `[A-Z][0-9]{2}(\.?[0-9A-Z]{1,2})?`
  public init?(_ text: String) {
    // Beyond ASCII, upper case folds letters that differ: ı becomes I.
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var characters = Array(text.uppercased())
    if characters.count > 4, characters[3] == "." { characters.remove(at: 3) }
    guard (3...5).contains(characters.count), characters[0].isASCIICapital,
      characters[1].isASCIIDigit, characters[2].isASCIIDigit,
      characters[3...].allSatisfy({ $0.isASCIIDigit || $0.isASCIICapital })
    else { return nil }
    description = String(characters)
  }

  /// The code-shaped words of a text, in order, with their places. Letters count in upper case
  /// only here, and a neighbouring letter, digit or point makes a word something else.
  static func scan(_ text: GraphemeText) -> [(code: DiagnosisCode, clusters: Range<Int>)] {
    var found: [(code: DiagnosisCode, clusters: Range<Int>)] = []
    var start = 0
    while start < text.count {
      guard text.first(start).isCodePart else {
        start += 1
        continue
      }
      var end = start
      while end < text.count, text.first(end).isCodePart { end += 1 }
      var last = end
      while last > start, text.first(last - 1) == "." { last -= 1 }
      let word = text.text(start..<last)
      if word == word.uppercased(), let code = DiagnosisCode(word) {
        found.append((code, start..<last))
      }
      start = end
    }
    return found
  }
}

extension Unicode.Scalar {
  fileprivate var isCodePart: Bool {
    ("0"..."9").contains(self) || ("A"..."Z").contains(self) || ("a"..."z").contains(self)
      || self == "."
  }
}

/// The set of codes that a reading gave beside the set that is true, counted.
public struct DiagnosisCodeScore: Sendable, Hashable, Codable {
  public var truePositives: Int
  public var falsePositives: Int
  public var falseNegatives: Int

  enum CodingKeys: String, CodingKey {
    case truePositives = "true_positives"
    case falsePositives = "false_positives"
    case falseNegatives = "false_negatives"
  }

  public init(truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
  }

  public init(truth: Set<DiagnosisCode>, reading: Set<DiagnosisCode>) {
    truePositives = truth.intersection(reading).count
    falsePositives = reading.subtracting(truth).count
    falseNegatives = truth.subtracting(reading).count
  }

  /// nil where nothing was given.
  public var precision: Double? {
    let given = truePositives + falsePositives
    return given == 0 ? nil : Double(truePositives) / Double(given)
  }
  /// nil where the truth has no code.
  public var recall: Double? {
    let possible = truePositives + falseNegatives
    return possible == 0 ? nil : Double(truePositives) / Double(possible)
  }
  public var f1: Double? {
    let total = 2 * truePositives + falsePositives + falseNegatives
    return total == 0 ? nil : 2 * Double(truePositives) / Double(total)
  }

  /// Sums make the micro average over documents.
  public static func + (a: Self, b: Self) -> Self {
    Self(
      truePositives: a.truePositives + b.truePositives,
      falsePositives: a.falsePositives + b.falsePositives,
      falseNegatives: a.falseNegatives + b.falseNegatives)
  }
}
