import Foundation
import Pipeline
import Reporting
import Testing

@Suite struct RunCommandTests {
  /// Reads perfectly, but the small pages have no dose, frequency or route to measure.
  @Test func aFailIsExitOneWithAllItsEvidence() throws {
    let small = try SmallDataset()
    let end = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    #expect(end.status == 1)
    #expect(end.error == "")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: small.onlyRun()).sorted() == [
        "junit.xml", "pages.csv", "report.html", "results.json",
      ])
    let record = try ResultsDirectory(small.onlyRun()).read()
    #expect(record.groups[0].aggregates.cer?.micro == 0)
    #expect(record.groups[0].aggregates.fields[0].accuracy == 1)
  }

  @Test func aProfileThatAsksForWhatThePagesHavePasses() throws {
    let small = try SmallDataset()
    let profile = try small.scratch.write(
      "mild.yaml",
      """
      types:
        prescription:
          critical_fields:
            - key: drug_name
              korean_name: 약물명
              kind: drug-name
      """.utf8)
    let end = try small.run(
      reader: small.reader(SmallDataset.transcripts), "--profiles", profile
    ).end()
    #expect(end.status == 0, "\(end.error)")
    #expect(end.output.contains("PASS"))
  }

  @Test func koreanIsSpokenByLocaleAndByFlag() throws {
    let small = try SmallDataset()
    let end = try small.run(
      reader: small.reader(SmallDataset.transcripts), "--language", "ko"
    ).end()
    #expect(end.output.contains("종합 판정"))
    let again = try MedbenchProcess.run(
      "report", small.onlyRun(), "--format", "terminal", environment: ["LC_ALL": "ko_KR.UTF-8"])
    #expect(again.status == 0)
    #expect(again.output.contains("종합 판정"))
  }

  @Test func aKilledRunResumesToTheSameResults() throws {
    let small = try SmallDataset()
    let reader = try small.reader(SmallDataset.transcripts, seconds: 0.3)
    let broken = try small.run(reader: reader)
    try waitForJournal(lines: 2, in: small)
    kill(broken.process.processIdentifier, SIGKILL)
    #expect(try broken.end().status == 128 + SIGKILL)
    let directory = try small.onlyRun()
    #expect(!FileManager.default.fileExists(atPath: directory + "/results.json"))

    let resumed = try MedbenchProcess.run("run", "--resume", directory)
    #expect(resumed.status == 1, "\(resumed.error)")
    let whole = try small.run(reader: reader).end()
    #expect(whole.status == 1)
    let names = try small.scratch.contents(of: "results")
    let texts = try names.map { name in
      try ResultsDirectory(small.results + "/" + name).read().groups[0].documents.map {
        $0.pages.map(\.transcript.text)
      }
    }
    #expect(texts.count == 2 && texts[0] == texts[1])
    #expect(!FileManager.default.fileExists(atPath: directory + "/journal.jsonl"))
  }

  @Test func controlCKeepsWhatWasReadAndSaysHowToGoOn() throws {
    let small = try SmallDataset()
    let run = try small.run(reader: small.reader(SmallDataset.transcripts, seconds: 0.4))
    try waitForJournal(lines: 2, in: small)
    kill(run.process.processIdentifier, SIGINT)
    let end = try run.end()
    #expect(end.status == 130)
    #expect(end.error.contains("medbench run --resume \(try small.onlyRun())"))
    #expect(try MedbenchProcess.run("run", "--resume", small.onlyRun()).status == 1)
  }

  /// The dataset's path was relative, and the second process stands elsewhere.
  @Test func aRunResumesFromAnotherDirectory() throws {
    let small = try SmallDataset()
    let reader = try small.reader(SmallDataset.transcripts, seconds: 0.3)
    let broken = try MedbenchProcess(
      [
        "run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command", "--command",
        reader, "--dataset", "data", "--output", "results", "--warmup", "0",
      ], directory: small.scratch.path)
    try waitForJournal(lines: 2, in: small)
    kill(broken.process.processIdentifier, SIGKILL)
    _ = try broken.end()
    let end = try MedbenchProcess.run("run", "--resume", small.onlyRun())
    #expect(end.status == 1, "\(end.error)")
  }

  /// No engine, no model, and a current directory that holds neither.
  @Test func withoutAnEngineMedbenchsOwnModelReads() throws {
    let small = try SmallDataset()
    let end = try MedbenchProcess(
      [
        "run", "--doc-type", "prescription", "--dpi", "300", "--dataset", small.directory,
        "--output", small.results, "--warmup", "0",
      ], environment: ["MEDBENCH_MODEL_PATH": ""], directory: small.scratch.path
    ).end()
    #expect(end.status == 1, "\(end.error)")
    #expect(try small.onlyRun().contains("local_medocr-nano_"))
    let record = try ResultsDirectory(small.onlyRun()).read()
    #expect(record.engine.engine == "local" && record.engine.model == "medocr-nano")
    #expect(record.configuration.engine.name == "local")
  }

  /// A directory named like the shipped dataset must not stand in for it unasked.
  @Test func theShippedDatasetIsNotShadowed() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/datasets", withIntermediateDirectories: true)
    let home = try SmallDataset()
    try FileManager.default.moveItem(
      atPath: home.directory, toPath: home.scratch.path + "/datasets")
    let end = try MedbenchProcess(
      [
        "run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command", "--command",
        home.reader(SmallDataset.transcripts), "--output", home.results, "--warmup", "0",
      ], environment: ["MEDBENCH_HOME": home.scratch.path], directory: scratch.path
    ).end()
    #expect(end.status == 1, "\(end.error)")
  }

  @Test func resumingAFinishedRunShowsIt() throws {
    let small = try SmallDataset()
    _ = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    let before = try Data(contentsOf: URL(fileURLWithPath: small.onlyRun() + "/results.json"))
    let again = try MedbenchProcess.run("run", "--resume", small.onlyRun())
    #expect(again.status == 1)
    #expect(again.output.contains("FAIL"))
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: small.onlyRun() + "/results.json")) == before)
  }

  @Test func twoRunsLieSideBySide() throws {
    let small = try SmallDataset()
    _ = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    _ = try small.run(reader: small.reader(["아목시실린 50mg", "", "x"])).end()
    let names = try small.scratch.contents(of: "results").map { small.results + "/" + $0 }
    #expect(names.count == 2)
    let comparison = try MedbenchProcess(["compare"] + names).end()
    #expect(comparison.status == 0)
    #expect(comparison.output.contains("0.0000"))
  }

  /// The command hands the run its lexicon, and the record says which one.
  @Test func aRunKnowsDrugsAndRulesOfOnesOwn() throws {
    let small = try SmallDataset()
    let reader = try small.reader(["메트포르민 500mg", "메트포르민 1000mg", "알파민 5mg"])
    func classes(_ more: String...) throws -> [[String]] {
      let end = try MedbenchProcess(
        [
          "run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command", "--command",
          reader, "--dataset", small.directory, "--output", small.results, "--warmup", "0",
        ] + more
      ).end()
      #expect(end.status == 1, "\(end.error)")
      let directory = try small.onlyRun()
      let record = try ResultsDirectory(directory).read()
      #expect((record.configuration.harm != nil) == !more.isEmpty)
      try FileManager.default.removeItem(atPath: directory)
      return record.groups[0].documents.map { document in
        document.pages[0].score.harms.map { harms in
          harms.map { "\($0.errorClass.rawValue) \($0.severity.rawValue)" }
        } ?? []
      }
    }
    #expect(try classes() == [["drug-swap critical"], [], ["drug-name major"]])
    let lexicon = try small.scratch.write("ward.tsv", "drug\t알파민\ndrug\t암로디핀\n".utf8)
    let rules = try small.scratch.write(
      "rules.yaml", "rules:\n  - id: drug-misspelled\n    severity: minor\n".utf8)
    #expect(
      try classes("--lexicon", lexicon, "--severity", rules) == [
        ["drug-name minor"], [], ["drug-swap critical"],
      ])
  }

  /// What a model writes as JSON or as a Markdown table is read as fields.
  @Test func jsonAndMarkdownOfAModelAreRead() throws {
    let small = try SmallDataset()
    let reader = try small.reader([
      "{\"drugs\": [{\"약품명\": \"아목시실린\"}]}",
      "| 약품명 | 용량 |\n|---|---|\n| 메트포르민 | 1000mg |", "{\"drugs\": [{\"drug\": \"와파린\"}]}",
    ])
    _ = try small.run(reader: reader).end()
    let pages = try ResultsDirectory(small.onlyRun()).read().groups[0].documents.map { $0.pages[0] }
    #expect(pages.map { $0.score.fields[0].judgement.rawValue } == ["COR", "COR", "INC"])
    #expect(pages[2].score.harms?.map(\.errorClass) == [.drugSwap])
  }

  /// Names or rules that changed under a broken run would make half of it another judgement.
  @Test func aRunDoesNotResumeWithAnotherLexicon() throws {
    let small = try SmallDataset()
    let lexicon = try small.scratch.write("ward.tsv", "drug\t알파민\n".utf8)
    let reader = try small.reader(SmallDataset.transcripts, seconds: 0.3)
    let broken = try small.run(reader: reader, "--lexicon", lexicon)
    try waitForJournal(lines: 2, in: small)
    kill(broken.process.processIdentifier, SIGKILL)
    _ = try broken.end()
    try small.scratch.write("ward.tsv", "drug\t베타민\n".utf8)
    let refused = try MedbenchProcess.run("run", "--resume", small.onlyRun())
    #expect(refused.status == 65)
    #expect(refused.error.contains("ward.tsv: is not the file that the run was begun with"))
    try small.scratch.write("ward.tsv", "drug\t알파민\n".utf8)
    #expect(try MedbenchProcess.run("run", "--resume", small.onlyRun()).status == 1)
  }

  private func waitForJournal(lines: Int, in small: SmallDataset) throws {
    for _ in 0..<1000 {
      if let directory = try? small.onlyRun(),
        let journal = try? String(contentsOfFile: directory + "/journal.jsonl", encoding: .utf8),
        journal.count(where: { $0 == "\n" }) >= lines
      {
        return
      }
      usleep(10_000)
    }
    Issue.record("the journal never had \(lines) lines")
  }
}
