/// A diagnosis of the KCD.
public struct DiagnosisTerm: LexiconEntry {
  public let name: String
  public let code: String
  /// A side is written before the name: 우측, 좌측, 양측.
  public let isPaired: Bool
  /// The disease family.
  public let group: String

  public var splitKey: String { code }

  /// Whether someone of `sex` (`남` or `여`) can have it.
  public func isFound(in sex: String) -> Bool {
    let female = ["O", "C50", "C53", "C54", "C56", "D05", "D25", "D27", "N76", "N80", "N93", "N95"]
    let male = ["C61", "N40"]
    return !(sex == "여" ? male : female + ["E28.2"]).contains { code.hasPrefix($0) }
  }
}

/// The diagnoses that documents may name, with codes of the Korean Classification of Diseases.
public enum DiagnosisLexicon {
  public static let lexicon = Lexicon(
    name: "diagnosis", salt: 3030, [internalMedicine, surgical].flatMap(parse))

  private static func parse(_ text: String) -> [DiagnosisTerm] {
    LexiconTable(text).rows.map { row in
      let isPaired = row.columns[0].hasPrefix("~")
      return DiagnosisTerm(
        name: isPaired ? String(row.columns[0].dropFirst()) : row.columns[0],
        code: row.columns[1], isPaired: isPaired, group: row.group)
    }
  }
}
