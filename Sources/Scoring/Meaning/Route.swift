/// How a medicine is given: `경구` is `PO`, `정맥주사` is `IV`.
enum Route: String, Equatable {
  case oral, sublingual, buccal, intravenous, intramuscular, subcutaneous, intradermal, intrathecal
  case topical, transdermal, inhaled, ophthalmic, otic, nasal, rectal, vaginal

  /// nil where the text is no route known here. Abbreviations with two meanings are not in the
  /// table (`SL` is, `OD` is not).
  /// - Parameter text: normalised and unspaced.
  init?(_ text: String) {
    let word = text.lowercased()
    let known = Self.words[word] ?? Self.abbreviations[word.filter { $0 != "." }]
    guard let known else { return nil }
    self = known
  }

  private static let words: [String: Route] = table([
    .oral: "경구 경구투여 경구복용 내복 먹는약",
    .sublingual: "설하 설하투여",
    .buccal: "구강점막 볼점막",
    .intravenous: "정맥 정맥주사 정맥내 정맥내주사 정맥투여 정주",
    .intramuscular: "근육 근육주사 근육내 근육내주사 근주",
    .subcutaneous: "피하 피하주사 피하주",
    .intradermal: "피내 피내주사",
    .intrathecal: "척수강내 척수강내주사",
    .topical: "외용 국소 국소도포 도포",
    .transdermal: "경피 경피흡수",
    .inhaled: "흡입 흡입투여",
    .ophthalmic: "점안 안약",
    .otic: "점이",
    .nasal: "비강 비강내 점비",
    .rectal: "직장 직장내 항문",
    .vaginal: "질 질내",
  ])

  private static let abbreviations: [String: Route] = table([
    .oral: "po oral orally peros bymouth",
    .sublingual: "sl sublingual",
    .buccal: "buccal",
    .intravenous: "iv intravenous intravenously",
    .intramuscular: "im intramuscular",
    .subcutaneous: "sc sq subq subcut subcutaneous",
    .intradermal: "intradermal",
    .intrathecal: "intrathecal",
    .topical: "topical topically",
    .transdermal: "transdermal",
    .inhaled: "inhalation inhaled inh",
    .ophthalmic: "ophthalmic",
    .otic: "otic",
    .nasal: "nasal intranasal",
    .rectal: "rectal pr",
    .vaginal: "vaginal pv",
  ])

  private static func table(_ names: [Route: String]) -> [String: Route] {
    var words: [String: Route] = [:]
    for (route, list) in names {
      for name in list.split(separator: " ") { words[String(name)] = route }
    }
    return words
  }
}
