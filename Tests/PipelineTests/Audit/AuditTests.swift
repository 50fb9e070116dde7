import Datasets
import DocProfiles
import Pipeline
import Planting
import Scoring
import Testing

/// `[start:end]` of the fields are counted here, so that the page reads as it stands.
private func document(_ lines: [[(String, FieldKind?)]]) -> DatasetDocument {
  var text = ""
  var fields: [FieldTruth] = []
  for (number, line) in lines.enumerated() {
    if number > 0 { text += "\n" }
    for (place, (value, kind)) in line.enumerated() {
      if place > 0 { text += " " }
      let start = text.unicodeScalars.count
      text += value
      guard let kind else { continue }
      fields.append(
        FieldTruth(
          name: kind.rawValue.replacing("-", with: "_"), value: value, kind: kind,
          row: kind == .person || kind == .date ? nil : number, page: 0, start: start,
          end: text.unicodeScalars.count))
    }
  }
  return DatasetDocument(
    id: "audited", type: .prescription,
    pages: [PageTruth(image: "none.png", transcript: text, lines: [])], fields: fields)
}

private let page = document([
  [("성명", nil), ("박정자", .person)],
  [("암로디핀정", .drugName), ("5 mg", .quantity), ("1일 1회", .frequency), ("경구", .route)],
  [("로사르탄정", .drugName), ("50mg", .quantity), ("1일 2회", .frequency), ("경구", .route)],
  [("메트포르민정", .drugName), ("500mg", .quantity), ("1일 3회", .frequency), ("경구", .route)],
  [("교부일", nil), ("2024-06-28", .date)],
  [("이상입니다.", nil)],
])

private let lexicon = Lexicon(drugs: ["암로디핀정", "로사르탄정", "메트포르민정", "발사르탄정", "와파린정"])

private func record(_ scorer: HarmScorer) async -> AuditRecord {
  await Audit(
    scorer: PageScorer(harms: scorer), planting: Planting(lexicon: lexicon, perRecipe: 100)
  ).record(of: [page], named: "one page", hash: "")
}

private func row(_ record: AuditRecord, _ kind: String) throws -> AuditRow {
  try #require(record.rows.first { $0.kind == kind })
}

@Suite struct AuditTests {
  @Test func `the judge passes on a page of drugs`() async {
    let record = await record(HarmScorer(lexicon: lexicon))
    #expect(record.passed && record.pages == 1 && record.plants > 150)
    for row in record.rows where row.right != row.planted {
      Issue.record("\(row.kind): \(row.examples.filter { !$0.isRight })")
    }
  }

  @Test func `a judge that knows no drugs does not`() async throws {
    let record = await record(HarmScorer())
    #expect(!record.passed)
    let swaps = try row(record, "drug-swap")
    #expect(swaps.wrongClass == swaps.planted && swaps.planted > 2 && swaps.right == 0)
    let example = try #require(swaps.examples.first)
    #expect(!example.isRight && example.expected == ["drug-swap critical"])
    #expect(example.found == ["drug-name major"])
  }

  @Test func `nor does one that thinks little of a tenfold dose`() async throws {
    let rules = try SeverityFile.rules(
      yaml: "rules:\n  - id: dose-tenfold\n    severity: minor\n", file: "mild.yaml")
    let record = await record(HarmScorer(rules: rules, lexicon: lexicon))
    let shifts = try row(record, "decimal-shift")
    #expect(shifts.wrongSeverity == shifts.planted && shifts.right == 0 && shifts.missed == 0)
    // It finds them all the same, and nothing where nothing is.
    #expect(record.rows.filter { $0.sort == .harmless }.allSatisfy { $0.right == $0.planted })
  }
}
