/// A diagnosis of the KCD.
public struct DiagnosisTerm: LexiconEntry {
  public let name: String
  public let code: String
  /// A side is written before the name: 우측, 좌측, 양측.
  public let isPaired: Bool
  /// The disease family.
  public let group: String

  public var splitKey: String { code }
}

/// The diagnoses that documents may name, with codes of the Korean Classification of Diseases.
public enum DiagnosisLexicon {
  public static let lexicon = Lexicon(
    name: "diagnosis", salt: 1, [internalMedicine, surgical].flatMap(parse))

  private static func parse(_ text: String) -> [DiagnosisTerm] {
    LexiconTable(text).rows.map { row in
      let isPaired = row.columns[0].hasPrefix("~")
      return DiagnosisTerm(
        name: isPaired ? String(row.columns[0].dropFirst()) : row.columns[0],
        code: row.columns[1], isPaired: isPaired, group: row.group)
    }
  }
}
