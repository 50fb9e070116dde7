/// A drug in one form.
public struct DrugEntry: LexiconEntry {
  /// 성분명: `암로디핀`
  public let ingredient: String
  /// `정`, `서방캡슐`, `주`, `tab.`
  public let form: String
  /// Usual single doses: `5mg`, `20㎍`, `10mL`.
  public let doses: [String]
  /// As written: `1일 1회`, `8시간마다`, `필요시`.
  public let frequencies: [String]
  /// `경구`, `정맥주사`, …
  public let route: String
  /// 용법 lines usual for the class.
  public let usages: [String]
  public let group: String

  public var splitKey: String { ingredient }
  /// As it stands on a page: `암로디핀정`, `Aspirin tab.`.
  public var name: String { form.hasSuffix(".") ? "\(ingredient) \(form)" : ingredient + form }
  var isSolid: Bool { unit != nil }
  /// What a single piece is counted in, if the form is counted.
  var unit: String? {
    if form.hasSuffix("캡슐") || form == "cap." { return "캡슐" }
    return route == "경구" && (form.hasSuffix("정") || form == "tab.") ? "정" : nil
  }
}

/// The drugs that documents may name: generic names, so that no trademark is needed.
public enum DrugLexicon {
  public static let lexicon = Lexicon(
    name: "drug", salt: 4451,
    [cardiovascular, metabolic, infectionAndLung, gutAndNerve, other].flatMap(parse))

  private static func parse(_ text: String) -> [DrugEntry] {
    LexiconTable(text).rows.map { row in
      // The last space parts ingredient and form; English ingredients may hold spaces.
      let space = row.columns[0].lastIndex(of: " ")!
      let form = String(row.columns[0][row.columns[0].index(after: space)...])
      let route = row.columns.count > 3 ? row.columns[3] : route(of: form)
      return DrugEntry(
        ingredient: String(row.columns[0][..<space]), form: form,
        doses: doses(row.columns[1]),
        frequencies: row.columns[2].split(separator: ",").map { frequency(String($0)) },
        route: route, usages: row.heading.split(separator: ",").map(String.init),
        group: row.group)
    }
  }

  private static func doses(_ column: String) -> [String] {
    column.hasPrefix("20% ") ? [column] : column.split(separator: " ").map(String.init)
  }

  private static func route(of form: String) -> String {
    let routes = [
      ("흡입", "흡입"), ("점안", "점안"), ("점이", "점이"), ("비강", "비강"), ("설하", "설하"),
      ("좌제", "직장"), ("질정", "질내"), ("패치", "경피"), ("크림", "외용"), ("연고", "외용"),
      ("겔", "외용"),
    ]
    return routes.first { form.hasPrefix($0.0) }?.1 ?? "경구"
  }

  private static func frequency(_ code: String) -> String {
    switch code {
    case "h": "1일 1회"
    case "p": "필요시"
    case "w": "주 1회"
    case "2w": "2주 1회"
    case "3w": "3주 1회"
    case "m": "월 1회"
    case "6m": "6개월 1회"
    case "3d": "3일 1회"
    case "q6", "q8", "q12": "\(code.dropFirst())시간마다"
    default: "1일 \(code)회"
    }
  }
}
