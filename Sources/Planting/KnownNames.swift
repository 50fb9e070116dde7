import DocProfiles
import Glibc

/// Names to plant in place of others, from the lexicon that the judge has too.
struct KnownNames: Sendable {
  var drugs: [String]
  var tests: [String]
  var diagnoses: [String]

  init(_ lexicon: Lexicon) {
    drugs = lexicon.drugs.sorted()
    tests = lexicon.tests.sorted()
    diagnoses = lexicon.diagnoses.sorted()
  }

  /// Those that a page does not have, and those that it has; a drug counts without its form.
  func parted(by page: PlantingPage) -> (strangers: KnownNames, acquaintances: KnownNames) {
    // The library's search: a thousand names a page are many.
    func isThere(_ name: some StringProtocol) -> Bool {
      page.transcript.withCString { text in name.withCString { strstr(text, $0) != nil } }
    }
    var (strangers, acquaintances) = (self, self)
    let drugsThere = drugs.map { isThere($0.dropLast(Self.form(of: $0).count)) }
    strangers.drugs = zip(drugs, drugsThere).filter { !$0.1 }.map(\.0)
    acquaintances.drugs = zip(drugs, drugsThere).filter(\.1).map(\.0)
    strangers.tests.removeAll { isThere($0) }
    strangers.diagnoses.removeAll { isThere($0) }
    return (strangers, acquaintances)
  }

  /// A misspelling that no drug begins with and that begins no drug.
  func isNoDrug(_ name: String) -> Bool {
    !drugs.contains { $0.hasPrefix(name) || name.hasPrefix($0) }
  }

  /// The dosage form that ends a name, of those that the lexicon's names have.
  static func form(of name: String) -> String {
    for form in [
      "서방캡슐", "연질캡슐", "서방정", "장용정", "캡슐", "시럽", "정", " tab.", " cap.",
    ] where name.hasSuffix(form) {
      return form
    }
    return ""
  }
}

extension String {
  /// One Hangul syllable changed for one that looks like it: its vowel's neighbour.
  func misspelled(at place: Int) -> String? {
    var scalars = Array(unicodeScalars)
    let syllables = scalars.indices.filter { (0xac00...0xd7a3).contains(scalars[$0].value) }
    guard !syllables.isEmpty else { return nil }
    let index = syllables[place % syllables.count]
    let code = scalars[index].value - 0xac00
    let vowel = code % 588 / 28
    scalars[index] = Unicode.Scalar(
      0xac00 + code / 588 * 588 + (vowel + (vowel % 2 == 0 ? 1 : 20)) % 21 * 28 + code % 28)!
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// One Latin letter changed for one that looks like it.
  var misspelledInLatin: String? {
    let alike: [Character: Character] = [
      "i": "l", "l": "i", "o": "c", "e": "c", "n": "u", "u": "n", "B": "R", "C": "G", "H": "M",
      "M": "N", "T": "Y", "P": "F", "A": "R", "S": "Z", "b": "h",
    ]
    let characters = Array(self)
    guard
      let place = characters.indices.dropFirst().first(where: { alike[characters[$0]] != nil })
        ?? characters.indices.first(where: { alike[characters[$0]] != nil })
    else { return nil }
    var changed = characters
    changed[place] = alike[characters[place]]!
    return String(changed)
  }
}
