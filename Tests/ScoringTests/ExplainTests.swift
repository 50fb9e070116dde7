import DocProfiles
import Scoring
import Testing

private let scorer = HarmScorer(lexicon: Lexicon(drugs: HarmPage.drugs))

private func explained(_ kind: String, _ truth: String, _ reading: String) throws -> String {
  let pair = scorer.explain(try ExplainCase(kind: kind, truth: truth, reading: reading))
  return
    "\(pair.errorClass?.rawValue ?? "equal") \(pair.severity?.rawValue ?? "-") \(pair.rule ?? "-")"
}

@Suite struct ExplainTests {
  @Test func `a pair is explained by the worst rule`() throws {
    for (kind, truth, reading, expected) in [
      ("quantity", "5 mg", "50 mg", "decimal-shift critical dose-tenfold"),
      ("quantity", "5 mg", "5.0㎎", "equal - -"),
      ("quantity", "500 mg", "0.5 g", "rewritten benign rewritten"),
      ("quantity", "5 mg", "05 mg", "decimal-shift critical dose-tenfold"),
      ("quantity", "5 mg", "", "field-missing major field-missing"),
      ("quantity", "", "5 mg", "hallucinated critical invented-order"),
      ("quantity", "", "", "equal - -"),
      ("drug", "로사르탄정", "발사르탄정", "drug-swap critical drug-swapped"),
      ("drug-name", "라시디핀정4밀리그램", "라시디핀정40밀리그램", "decimal-shift critical dose-tenfold"),
      ("drug", "니페디핀정", "니페디핀서방정", "drug-swap critical drug-swapped"),
      ("drug", "니페디핀정", "니페디핀", "drug-name major drug-misspelled"),
      ("frequency", "qd", "qod", "frequency critical frequency-twofold"),
      ("frequency", "1일 1회", "1일 1회 필요시", "frequency critical frequency-unknown"),
      ("lab-value", "음성", "양성", "negation-flip critical negation-flipped"),
      ("range", "음성", "양성", "negation-flip critical negation-flipped"),
      ("diagnosis-code", "I10", "110", "code-category critical code-category"),
      ("free-text", "우측 통증 없음", "좌측 통증 있음", "laterality critical side-changed"),
      ("text", "병력 I10, E78.5", "병력 110, E78.5", "code-category critical code-category"),
      ("row", "A 5mg|B 10mg", "A 10mg|B 5mg", "row-swap critical row-swapped"),
      ("row", "A 5mg|B 10mg", "B 10mg|A 5mg", "equal - -"),
      ("rows", "A 5mg|B 10mg", "A 5mg", "row-omitted critical drug-omitted"),
      ("rows", "A 5mg|B 10mg", "A 5mg|B 10mg|A 5mg", "row-duplicated critical drug-duplicated"),
      ("row", "A 5mg", "A 5mg|C 20mg", "hallucinated critical invented-order"),
      (
        "lab-row", "Na 140 mmol/L 136-145|K 4.0 mmol/L 3.5-5.1",
        "Na 140 mmol/L 136-145|K 6.0 mmol/L 3.5-5.1", "flag-reversed critical flag-reversed"
      ),
    ] {
      #expect(try explained(kind, truth, reading) == expected, "\(kind) \(truth) \(reading)")
    }
  }

  @Test func `both swapped rows are findings`() throws {
    let pair = scorer.explain(
      try ExplainCase(kind: "row", truth: "A 5mg|B 10mg", reading: "A 10mg|B 5mg"))
    #expect(pair.findings.map(\.errorClass) == [.rowSwap, .rowSwap])
    #expect(!pair.isEqual && pair.reason != nil && pair.koreanReason != nil && pair.source != nil)
  }

  @Test func `what is not known is listed`() throws {
    let pair = scorer.explain(try ExplainCase(kind: "quantity", truth: "5 foo", reading: "5 foo"))
    #expect(pair.isEqual && pair.unparsed == ["5foo"])
  }

  @Test func `cases are read with their line in errors`() throws {
    let tsv =
      "kind\ttruth\tprediction\n# doses\nquantity\t5 mg\t50 mg\tdecimal-shift\n\nroute\tIV\t"
    let cases = try ExplainCasesFile.cases(tsv: tsv, file: "a.tsv")
    #expect(cases.map(\.truth) == ["5 mg", "IV"] && cases[1].reading == "")
    for (tsv, message) in [
      (
        "quantity\t5 mg",
        "a.tsv:1: two columns; write kind, truth and prediction with a tab between them"
      ),
      ("\nquantty\t5\t6", "a.tsv:2: unknown kind \"quantty\"; did you mean \"quantity\"?"),
    ] {
      let error = #expect(throws: InputFileError.self) {
        try ExplainCasesFile.cases(tsv: tsv, file: "a.tsv")
      }
      #expect(error?.description == message)
    }
  }

  @Test func `a truth is text, an object with fields, or a document's page`() throws {
    #expect(try TruthFile.page("5 mg\n", file: "t").reference == PageReference(text: "5 mg"))
    let object =
      #"{"type":"prescription","transcript":"약 5 mg 5 mg","fields":[{"name":"dose","value":"5 mg","row":1},{"name":"dose","value":"5 mg","row":2}]}"#
    let page = try TruthFile.page(object, file: "t", profile: .prescription)
    #expect(page.type == .prescription)
    #expect(page.reference.fields.map(\.span) == [2..<6, 7..<11])
    #expect(page.reference.fields.map(\.kind) == [.quantity, .quantity])
    let document =
      #"{"pages":[{"transcript":"가"},{"transcript":"나"}],"fields":[{"name":"n","kind":"person","value":"나","page":1,"start":0,"end":1}]}"#
    #expect(try TruthFile.page(document, file: "t", page: 2).reference.fields.count == 1)
    for (text, message) in [
      ("{", "t: begins like JSON and is none, at byte 1; mend it, or give plain text"),
      ("{}", "t: has no \"transcript\"; give the page's text under that name"),
      (
        #"{"text":"a","fields":[{"name":"n","kind":"persn","value":"a"}]}"#,
        "t: unknown kind \"persn\"; did you mean \"person\"?"
      ),
      (
        #"{"text":"a","fields":[{"name":"n","kind":"person","value":"b"}]}"#,
        "t: the value of field 1, \"n\", does not stand in the text; "
          + "give it as it stands there, or start and end"
      ),
    ] {
      let error = #expect(throws: InputFileError.self) { try TruthFile.page(text, file: "t") }
      #expect(error?.description == message)
    }
  }
}
