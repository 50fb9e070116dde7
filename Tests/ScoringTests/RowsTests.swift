import DocProfiles
import Scoring
import Testing

private let page = HarmPage(
  """
  성명 [patient_name:서채원]
  [drug_name:암로디핀정] [dose:5 mg] [frequency:1일 1회]
  [drug_name:로사르탄정] [dose:50 mg] [frequency:1일 2회]
  [drug_name:메트포르민정] [dose:500 mg] [frequency:1일 3회]
  """)

private func outcomes(_ reading: String) -> [String] {
  PageScorer().score(
    PagePrediction(text: reading),
    against: PageReference(text: page.text, fields: page.fields),
    criticalFields: page.fields[0..<4].map { CriticalField($0.name, $0.name, $0.kind) }
  ).fields.map(\.judgement.rawValue)
}

@Suite struct RowsTests {
  @Test func `rows in another order are judged row by row`() {
    let lines = page.text.split(separator: "\n")
    let turned = [lines[0], lines[3], lines[1], lines[2]].joined(separator: "\n")
    #expect(outcomes(turned).allSatisfy { $0 == "COR" })
  }

  @Test func `a Markdown table is read as its rows`() {
    let table = """
      성명 서채원
      | 약품명 | 용량 | 횟수 |
      |---|:---:|---|
      | **암로디핀정** | 5 mg | 1일 1회 |
      | 메트포르민정 | 500 mg | 1일 3회 |
      | 로사르탄정 | 5 mg | 1일 2회 |
      """
    #expect(
      outcomes(table) == ["COR", "COR", "COR", "COR", "COR", "INC", "COR", "COR", "COR", "COR"])
    #expect(page.said(of: table).filter { $0 != "free-text minor" } == ["decimal-shift critical"])
  }

  @Test func `JSON in the text is read as fields, rows by their drug`() {
    let json = """
      ```json
      {"patient": "서채원", "drugs": [
        {"약품명": "메트포르민정", "dose": "500mg", "frequency": "tid"},
        {"약품명": "암로디핀정", "dose": "50mg", "frequency": "1일 1회"},
        {"약품명": "와파린정", "dose": "5 mg", "frequency": "1일 1회"},
        {"약품명": "로사르탄정", "dose": "50mg", "frequency": "1일 2회"},
        {"약품명": "로사르탄정", "dose": "50mg", "frequency": "1일 2회"}]}
      ```
      """
    #expect(
      page.said(of: json).sorted() == [
        "decimal-shift critical", "hallucinated critical", "hallucinated critical",
        "hallucinated critical", "row-duplicated critical",
      ])
    // JSON about something else is text like any other.
    #expect(outcomes(#"{"hello": [1, 2]}"#).allSatisfy { $0 != "COR" })
    #expect(outcomes("{\"patient\": ").allSatisfy { $0 != "COR" })
  }

  @Test func `a moved row needs its key, not a sentence that begins alike`() {
    let lines = page.text.split(separator: "\n")
    let reading = [lines[0], lines[1], lines[3], "로사르탄정 투여 후 혈압 조절됨"].joined(separator: "\n")
    let said = page.said(of: reading)
    #expect(said.contains("row-omitted critical"), "\(said)")
  }

  @Test func `bars without a ruler stay what they are`() {
    let scored = PageScorer().score(
      PagePrediction(text: "a | b"), against: PageReference(text: "a | b"), criticalFields: [])
    #expect(scored.harms == [])
  }
}
