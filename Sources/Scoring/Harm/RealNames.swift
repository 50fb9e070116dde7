import DocProfiles

/// The names that a lexicon has, ready to be asked whether a misreading is another real thing.
struct RealNames: Sendable {
  var drugs: DrugNames
  var tests: NameList
  var diagnoses: NameList

  static let none = RealNames(.empty)

  init(_ lexicon: Lexicon) {
    drugs = lexicon.drugs.isEmpty ? .none : DrugNames(lexicon.drugs)
    tests = NameList(lexicon.tests)
    diagnoses = NameList(lexicon.diagnoses)
  }
}

/// Names compared by NFC with white space, width and case folded.
struct NameList: Sendable {
  private let names: Set<String>

  init(_ names: Set<String>) {
    self.names = Set(names.map { Self.key($0) }.filter { $0.count > 1 })
  }

  var isEmpty: Bool { names.isEmpty }
  var sortedKeys: [String] { names.sorted() }

  func contains(_ text: String) -> Bool { names.contains(Self.key(text)) }

  /// Whether a reading names something real that is not what the truth names.
  func isOther(_ reading: String, than truth: String) -> Bool {
    let key = Self.key(reading)
    return names.contains(key) && key != Self.key(truth)
  }

  /// Without the side that a diagnosis begins with: lexicons name the disease alone.
  private static func key(_ text: String) -> String {
    let key = unspaced(medicineSafe(text)).lowercased()
    for side in ["우측", "좌측", "양측"] where key.hasPrefix(side) {
      return String(key.dropFirst(side.count))
    }
    return key
  }
}
