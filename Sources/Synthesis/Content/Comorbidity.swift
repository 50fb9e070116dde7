import PageImaging

/// A lasting illness beside the one a document is about.
struct Comorbidity: Sendable {
  /// Group of the diagnosis lexicon.
  let group: String
  /// As past history in Korean; a template of ``Story``.
  let history: String
  /// As a record's shorthand.
  let shorthand: String
  let drugClass: String
  let fromAge: Int

  private static let all: [Comorbidity] = LexiconTable(table).rows.map {
    Comorbidity(
      group: $0.columns[0], history: $0.columns[1], shorthand: $0.columns[2],
      drugClass: $0.columns[3], fromAge: Int($0.columns[4])!)
  }

  static func draw(
    for family: DiseaseFamily, patient: PatientContent, random: inout SeededRandom
  ) -> [Comorbidity] {
    let possible = all.filter { $0.group != family.group && $0.fromAge <= patient.age }
    let count = patient.age < 40 ? random.int(0...1) : random.int(1...3)
    let chosen = possible.shuffled(using: &random).prefix(count)
    return all.filter { known in chosen.contains { $0.group == known.group } }
  }

  private static let table = """
    htn|고혈압으로 {2~20}년 전부터 {rx.arb} 복용 중|HTN (+, {2~20}YA)|arb|30
    dm|당뇨병으로 {1~18}년 전부터 {rx.dpp4} 복용 중|DM (+, {1~18}YA)|dpp4|34
    lipid|이상지질혈증으로 {1~10}년 전부터 {rx.statin} 복용 중|dyslipidemia (+)|statin|34
    thyroid|갑상선 질환으로 {rx.thyro} 복용 중|thyroid disease (+)|thyro|28
    bph|배뇨 불편으로 {rx.oab} 복용 중|LUTS (+)|oab|56
    gastritis|위염으로 간헐적으로 {rx.stomach} 복용|gastritis (+)|stomach|20
    angina|협심증으로 {2~9}년 전부터 {rx.nitrate} 복용 중|angina (+)|nitrate|50
    knee|무릎 관절염으로 {rx.nsaid} 간헐적 복용|knee OA (+)|nsaid|55
    depression|우울증으로 {1~5}년 전부터 {rx.ssri} 복용 중|depression (+)|ssri|24
    gout|통풍으로 {rx.gout} 복용 중|gout (+)|gout|36
    """
}
