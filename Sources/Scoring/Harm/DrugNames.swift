import DocProfiles

/// The names of real drugs, by which a misreading that is another drug is told from one that is
/// none. Names are compared by NFC with white space and width folded, with and without the dosage
/// form and strength that end them.
public struct DrugNames: Sendable {
  private let names: Set<String>
  /// Without the form.
  private let stems: Set<String>

  public static let none = DrugNames([])

  public init(_ names: Set<String>) {
    let keys = names.map { Self.key($0) }.filter { $0.count > 1 }
    self.names = Set(keys)
    stems = Set(keys.map { Self.stem($0) }.filter { $0.count > 1 })
  }

  var isEmpty: Bool { names.isEmpty }

  /// The names as they are compared.
  var sortedKeys: [String] { names.sorted() }

  /// Whether a word is a drug's name.
  func contains(_ text: String) -> Bool { drug(text) != nil }

  /// The stem of the drug that a word names; nil where it names none.
  func drug(_ text: String) -> String? {
    guard !isEmpty else { return nil }
    let key = Self.key(text)
    guard key.count > 1 else { return nil }
    let stem = Self.stem(key)
    return names.contains(key) || stems.contains(stem) || names.contains(stem) ? stem : nil
  }

  /// Whether a reading names another drug than the truth does: another substance, or another form
  /// that is in the lexicon too (`정` and `서방정`).
  func isOther(_ reading: String, than truth: String) -> Bool {
    guard let drug = drug(reading) else { return isNearerToAnother(reading, than: truth) }
    if drug != Self.stem(of: truth) { return true }
    let key = Self.key(reading)
    return names.contains(key) && key != Self.key(truth)
  }

  /// Whether a name that no drug has looks more like another drug's than like the truth's, and differs
  /// from that one in a third of its letters at most: `hydroxyzin` read for `hydralazine`.
  private func isNearerToAnother(_ reading: String, than truth: String) -> Bool {
    let (key, own) = (Array(Self.key(reading)), Self.key(truth))
    guard key.count > 3, key.count <= 64 else { return false }
    let limit = min(key.count / 3, editDistance(key, Array(own)) - 1)
    guard limit > 0 else { return false }
    return names.contains { name in
      name != own && Self.stem(name) != Self.stem(own) && abs(name.count - key.count) <= limit
        && editDistance(key, Array(name)) <= limit
    }
  }

  /// Without form and strength, whether or not any drug is called so.
  private static func stem(of text: String) -> String { stem(key(text)) }

  private static func key(_ text: String) -> String {
    let text = unspaced(medicineSafe(text)).lowercased()
    return DrugStrength(in: text)?.name ?? text
  }

  /// `암로디핀정` → `암로디핀`, `aspirintab.` → `aspirin`
  private static func stem(_ key: String) -> String {
    for form in forms where key.hasSuffix(form) && key.count > form.count + 1 {
      return String(key.dropLast(form.count))
    }
    return key
  }

  /// Longest first.
  private static let forms = [
    "장용캡슐", "서방캡슐", "연질캡슐", "경질캡슐", "건조시럽", "구강붕해정", "설하정", "서방정", "장용정",
    "현탁액", "점안액", "흡입액", "캡슐", "시럽", "패치", "연고", "크림", "주사", "정", "주", "산", "액",
    "tab.", "cap.", "inj.", "syr.", "tab", "cap", "inj",
  ].sorted { $0.count > $1.count }
}

/// Levenshtein's, in characters; names are short.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (place, character) in a.enumerated() {
    var diagonal = row[0]
    row[0] = place + 1
    for index in b.indices {
      let cost = min(
        row[index + 1] + 1, row[index] + 1, diagonal + (b[index] == character ? 0 : 1))
      diagonal = row[index + 1]
      row[index + 1] = cost
    }
  }
  return row[b.count]
}
