import Foundation
import Testing

/// `medbench explain`, as typed.
@Suite struct ExplainCommandTests {
  @Test func aPairIsOneLine() throws {
    let end = try MedbenchProcess.run("explain", "--kind", "quantity", "5 mg", "50 mg")
    #expect(end.status == 0, "\(end.error)")
    let columns = end.output.split(separator: "\t")
    #expect(
      columns.prefix(6) == [
        "quantity", "5 mg", "50 mg", "decimal-shift", "critical", "dose-tenfold",
      ])
    #expect(columns.count == 7 && end.output.hasSuffix("\n"))
  }

  @Test func casesComeFromAFileRowsAmongThem() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "pairs.tsv",
      """
      kind\ttruth\tprediction\tnote
      # doses
      quantity\t5 mg\t5.0㎎
      quantity\t500 mg\t0.5 g
      frequency\t1일 3회\ttid

      row\tA 5mg|B 10mg\tA 10mg|B 5mg
      row\tA 5mg|B 10mg\tB 10mg|A 5mg
      drug\t로사르탄정\t발사르탄정
      test\tSodium\tPotassium
      diagnosis\t불안정협심증\t상세불명의 폐렴
      """.utf8)
    let end = try MedbenchProcess.run("explain", "--cases", file)
    #expect(end.status == 0, "\(end.error)")
    let judged = end.output.split(separator: "\n").map { line in
      line.split(separator: "\t").dropFirst(3).prefix(3).joined(separator: " ")
    }
    #expect(
      judged == [
        "equal - -", "rewritten benign rewritten", "equal - -", "row-swap critical row-swapped",
        "equal - -", "drug-swap critical drug-swapped", "test-name critical test-swapped",
        "diagnosis-name critical diagnosis-swapped",
      ])
    #expect(end.output.contains("(2 findings)"))
  }

  @Test func jsonHasReasonsInBothLanguages() throws {
    let end = try MedbenchProcess.run(
      "explain", "--kind", "row", "A 5mg|B 10mg", "A 10mg|B 5mg", "--json")
    let pairs = try #require(
      try JSONSerialization.jsonObject(with: Data(end.output.utf8)) as? [[String: Any]])
    #expect(pairs.count == 1)
    #expect(pairs[0]["class"] as? String == "row-swap")
    #expect((pairs[0]["findings"] as? [Any])?.count == 2)
    for key in ["reason", "reason_ko", "source", "rule"] {
      #expect((pairs[0][key] as? String)?.isEmpty == false)
    }
  }

  @Test func aLexiconAndRulesOfOnesOwnDecide() throws {
    let scratch = try Scratch()
    let lexicon = try scratch.write(
      "ward.tsv", "kind\tname\ndrug\tAlpha\ndrug\tBeta\ntest\tGamma\n".utf8)
    let yaml = try scratch.write("ward.yaml", "drugs: [Alpha, Beta]\n".utf8)
    let rules = try scratch.write(
      "rules.yaml", "rules:\n  - id: drug-swapped\n    severity: minor\n".utf8)
    func judged(_ arguments: String...) throws -> String {
      let end = try MedbenchProcess(["explain", "--kind", "drug", "Alpha", "Beta"] + arguments)
        .end()
      #expect(end.status == 0, "\(end.error)")
      return end.output.split(separator: "\t").dropFirst(3).prefix(2).joined(separator: " ")
    }
    #expect(try judged() == "drug-name major")
    #expect(try judged("--lexicon", lexicon) == "drug-swap critical")
    #expect(try judged("--lexicon", yaml) == "drug-swap critical")
    #expect(try judged("--lexicon", lexicon, "--severity", rules) == "drug-swap minor")
  }

  @Test(arguments: [
    ("a.tsv", "drug\tA\nmedicin\tB\n", "a.tsv:2: unknown kind \"medicin\""),
    ("a.tsv", "drug\tA\textra\n", "a.tsv:1: 3 columns; write a kind, a tab and a name"),
    ("a.tsv", "drug\t\n", "a.tsv:1: no name after the tab"),
    ("a.tsv", "# nothing\n", "a.tsv: names nothing"),
    ("a.yaml", "drugs: [A]\ntest: [B]\n", "a.yaml:2:1: unknown key \"test\"; did you mean"),
    ("a.yaml", "drugs: A\n", "a.yaml:1:8: \"drugs\" must be a list"),
    ("a.yaml", "drugs: [A\n", "a.yaml:"),
  ])
  func aBadLexiconIsOneLine(name: String, text: String, says: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write(name, text.utf8)
    let end = try MedbenchProcess.run(
      "explain", "--kind", "drug", "A", "B", "--lexicon", file)
    #expect(end.status == 65)
    #expect(end.error.contains(says), "\(end.error)")
    #expect(end.error.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["--kind", "quantty", "5", "6"], 64, "did you mean \"quantity\"?"),
    (["--kind", "quantity", "5"], 64, "--cases FILE.tsv"),
    (["--cases", "no-such-file.tsv"], 65, "no-such-file.tsv"),
    (["--kind", "drug", "A", "B", "--lexicon", "no-such-lexicon"], 65, "no-such-lexicon"),
    (["--kind", "drug", "A", "B", "--severity", "no-such-rules.yaml"], 65, "no-such-rules.yaml"),
  ])
  func badInput(arguments: [String], status: Int, says: String) throws {
    let end = try MedbenchProcess(["explain"] + arguments).end()
    #expect(end.status == status)
    #expect(end.error.contains(says), "\(end.error)")
  }

  @Test func aRuleOfAnUnknownClassIsNamed() throws {
    let scratch = try Scratch()
    let rules = try scratch.write(
      "r.yaml",
      "rules:\n  - id: x\n    class: dose-shift\n    severity: major\n    reason: y\n".utf8)
    let end = try MedbenchProcess.run(
      "explain", "--kind", "quantity", "5 mg", "6 mg", "--severity", rules)
    #expect(end.status == 65)
    #expect(end.error.contains("r.yaml:3:12: unknown error class \"dose-shift\""), "\(end.error)")
  }
}
