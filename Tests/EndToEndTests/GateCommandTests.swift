import Foundation
import Testing

/// A candidate against a baseline, and how many documents it takes.
@Suite struct GateCommandTests {
  /// Three documents show nothing: no figure of theirs passes by a bound.
  @Test func threeEqualDocumentsAreInconclusive() throws {
    let runs = try Runs()
    let end = try runs.gate("--margin", "cer=0.002", "--margin", "critical=0")
    #expect(end.status == 2, "\(end.output)\(end.error)")
    #expect(end.output.contains("Against the baseline: INCONCLUSIVE"))
    #expect(end.output.contains("decided by what was seen in 3 documents"))
  }

  @Test func oneMoreCriticalErrorFails() throws {
    let runs = try Runs(candidate: ["아목시실린 500mg", "메트포르민 10mg", "암로디핀 5mg"])
    let json = runs.small.scratch.path + "/gate.json"
    let junit = runs.small.scratch.path + "/gate.xml"
    let end = try runs.gate("--margin", "critical=0", "--json", json, "--junit", junit)
    #expect(end.status == 1, "\(end.output)\(end.error)")
    struct Verdict: Decodable {
      var outcome, regression: String
      enum CodingKeys: String, CodingKey {
        case outcome
        case regression = "regression_outcome"
      }
    }
    let verdict = try JSONDecoder().decode(
      Verdict.self, from: Data(contentsOf: URL(fileURLWithPath: json)))
    #expect(verdict.outcome == "FAIL" && verdict.regression == "FAIL")
    #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("regression.prescription"))
  }

  @Test func runsOfOtherPagesAreNoPair() throws {
    let runs = try Runs(more: ["--limit", "2"])
    let end = try runs.gate()
    #expect(end.status == 65)
    #expect(end.error.contains("the pages of prescription at 300 DPI (3 and 2)"))
  }

  @Test(arguments: [
    (["--baseline", "none", "--margin", "0.002"], "names no metric"),
    (["--baseline", "none", "--margin", "cre=0.002"], "did you mean \"cer\"?"),
    (["--baseline", "none", "--confidence", "0.5"], "more than 0.5"),
    (["--baseline", "history:released"], "--history FILE"),
  ])
  func badInput(arguments: [String], says: String) throws {
    let end = try MedbenchProcess(["gate", "--candidate", "none"] + arguments).end()
    #expect(end.status == 64)
    #expect(end.error.contains(says), "\(end.error)")
  }

  // MARK: plan

  @Test func thePlanOfTheDocumentationHolds() throws {
    let end = try MedbenchProcess.run(
      "plan", "--type", "lab-result", "--metric", "critical-error-rate", "--limit", "0.001",
      "--confidence", "0.95", "--power", "0.8")
    #expect(end.status == 0)
    #expect(end.output.contains("takes 4742 documents"), "\(end.output)")
    #expect(end.output.contains("2995"))
  }

  @Test(arguments: [
    (["--confidence", "1"], "--confidence 1.0"), (["--limit", "0"], "--limit 0.0"),
    (["--power", "2"], "--power 2.0"),
    (["--limit", "0.001", "--expected", "0.001"], "choose an --expected well below"),
  ])
  func aPlanThatNobodyCanKeep(arguments: [String], says: String) throws {
    let end = try MedbenchProcess(
      ["plan", "--type", "lab-result", "--metric", "critical-error-rate"] + arguments
    ).end()
    #expect(end.status == 64)
    #expect(end.error.contains(says), "\(end.error)")
  }

  @Test func aProfileShowsTheLimitsItAdds() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "strict.yaml",
      """
      types:
        prescription:
          maximum_critical_errors_per_1000: 0.5
          confidence: 0.99
          worst_document_cer: 0.1
      """.utf8)
    let end = try MedbenchProcess.run("profiles", "show", "prescription", "--profiles", file)
    #expect(end.status == 0, "\(end.error)")
    for line in ["maximum_critical_errors_per_1000", "≤ 0.5", "= 0.99", "≤ 0.1"] {
      #expect(end.output.contains(line), "\(end.output)")
    }
  }
}

/// A run of the small dataset by each of two models, on a profile that its pages can pass.
private struct Runs {
  let small: SmallDataset
  let directories: [String]

  init(candidate: [String] = SmallDataset.transcripts, more: [String] = []) throws {
    let small = try SmallDataset()
    self.small = small
    let profile = try small.scratch.write("mild.yaml", SmallDataset.mildProfile.utf8)
    for (name, readings, more) in [
      ("a", SmallDataset.transcripts, []), ("b", candidate, more),
    ] {
      let end = try MedbenchProcess(
        [
          "run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command", "--command",
          small.reader(readings, name: name), "--dataset", small.directory, "--output",
          small.results + "/" + name, "--warmup", "0", "--profiles", profile,
        ] + more
      ).end()
      #expect(end.status <= 1, "\(end.error)")
    }
    directories = try ["a", "b"].map { name in
      try small.results + "/" + name + "/" + small.scratch.contents(of: "results/" + name)[0]
    }
  }

  func gate(_ more: String...) throws -> MedbenchProcess.End {
    try MedbenchProcess(
      ["gate", "--baseline", directories[0], "--candidate", directories[1]] + more
    ).end()
  }
}
