/// A word that needs nothing but itself.
public struct WordEntry: LexiconEntry {
  public let word: String
  public let group: String
  public var splitKey: String { word }
}

/// Invented people and places. Surnames, cities and departments are closed lists and so not held
/// out: a test page without a 김 would look like no Korean page.
public enum NameLexicon {
  /// Groups `남` and `여`.
  public static let given = Lexicon(
    name: "given-name", salt: 3,
    LexiconTable.words(NameTables.maleNames).map { WordEntry(word: $0, group: "남") }
      + LexiconTable.words(NameTables.femaleNames).map { WordEntry(word: $0, group: "여") })

  public static let hospitals = Lexicon(
    name: "hospital", salt: 3, words(NameTables.hospitalStems, "hospital"))

  public static let streets = Lexicon(
    name: "street", salt: 5, words(NameTables.streets, "street"))

  public static let surnames = weighted(NameTables.surnames)
  static let hospitalKinds = weighted(NameTables.hospitalKinds)
  static let cities = LexiconTable(NameTables.cities).rows.map {
    (name: $0.columns[0], areaCode: $0.columns[1])
  }
  static let apartments = LexiconTable.words(NameTables.apartments)

  private static func words(_ text: String, _ group: String) -> [WordEntry] {
    LexiconTable.words(text).map { WordEntry(word: $0, group: group) }
  }

  private static func weighted(_ text: String) -> [(item: String, weight: Int)] {
    LexiconTable.words(text).map {
      let parts = $0.split(separator: "|")
      return (String(parts[0]), Int(parts[1])!)
    }
  }
}
