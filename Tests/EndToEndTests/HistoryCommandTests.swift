import Foundation
import Testing

/// Runs recorded as they finish, listed, drawn, and gated by.
@Suite struct HistoryCommandTests {
  @Test func runsAreRecordedListedAndGatedBy() throws {
    let small = try SmallDataset()
    let history = small.scratch.path + "/history.sqlite"
    let names = try ["a", "b"].map { name in
      try run(small, name, SmallDataset.transcripts, history)
    }
    let set = try MedbenchProcess.run(
      "history", "--history", history, "--baseline", "released=\(names[0])")
    #expect(set.status == 0, "\(set.error)")
    for text in [names[0], names[1], "released", "field accuracy", "latency (ms)", "baseline"] {
      #expect(set.output.contains(text), "\(set.output)")
    }
    #expect(!set.output.contains("아목시실린"))

    func gate() throws -> MedbenchProcess.End {
      try MedbenchProcess.run(
        "gate", "--history", history, "--baseline", "history:released", "--candidate",
        small.results + "/b/" + names[1], "--margin", "critical=0")
    }
    let gated = try gate()
    #expect(gated.status == 0, "\(gated.output)\(gated.error)")
    // Results that are no longer what was recorded are no baseline.
    let results = small.results + "/a/" + names[0] + "/results.json"
    try (String(contentsOfFile: results, encoding: .utf8) + "\n")
      .write(toFile: results, atomically: true, encoding: .utf8)
    let changed = try gate()
    #expect(changed.status == 65)
    #expect(changed.error.contains("is not what the history recorded"))
  }

  @Test func twoProcessesWriteAtOnce() throws {
    let small = try SmallDataset()
    let history = small.scratch.path + "/history.sqlite"
    let profile = try small.scratch.write("mild.yaml", SmallDataset.mildProfile.utf8)
    let runs = try (0..<4).map { number in
      try MedbenchProcess(
        arguments(small, "\(number)", SmallDataset.transcripts, history, profile))
    }
    for run in runs {
      let end = try run.end()
      #expect(end.status == 0, "\(end.error)")
    }
    let end = try MedbenchProcess.run("history", "--history", history, "--json")
    struct Contents: Decodable {
      struct Run: Decodable { var outcome: String }
      var runs: [Run]
    }
    let contents = try JSONDecoder().decode(Contents.self, from: Data(end.output.utf8))
    #expect(contents.runs.map(\.outcome) == ["PASS", "PASS", "PASS", "PASS"])
  }

  /// A file that is no history is told before a page is read, and is left as it is.
  @Test func aForeignFileIsRefusedBeforeTheRun() throws {
    let small = try SmallDataset()
    let notes = try small.scratch.write("notes.txt", Array("not a database at all".utf8))
    let end = try small.run(
      reader: small.reader(SmallDataset.transcripts), "--history", notes
    ).end()
    #expect(end.status == 65)
    #expect(end.error.contains("is not a history of medbench"))
    #expect(!FileManager.default.fileExists(atPath: small.results))
    #expect(try String(contentsOfFile: notes, encoding: .utf8) == "not a database at all")
  }

  @Test(arguments: [
    (["--history", "none.sqlite"], Int32(65), "no such file"),
    (["--history", "none.sqlite", "--baseline", "x"], 64, "write NAME=RUN"),
    (["--history", "none.sqlite", "--limit", "0"], 64, "--limit 0"),
    ([], 64, "--history"),
  ])
  func badInput(arguments: [String], status: Int32, says: String) throws {
    let end = try MedbenchProcess(["history"] + arguments).end()
    #expect(end.status == status)
    #expect(end.error.contains(says), "\(end.error)")
  }

  /// The run's name in the history.
  private func run(
    _ small: SmallDataset, _ name: String, _ readings: [String], _ history: String
  ) throws -> String {
    let profile = try small.scratch.write("mild.yaml", SmallDataset.mildProfile.utf8)
    let end = try MedbenchProcess(arguments(small, name, readings, history, profile)).end()
    #expect(end.status == 0, "\(end.error)")
    return try small.scratch.contents(of: "results/" + name)[0]
  }

  private func arguments(
    _ small: SmallDataset, _ name: String, _ readings: [String], _ history: String,
    _ profile: String
  ) throws -> [String] {
    [
      "run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command", "--command",
      try small.reader(readings, name: name), "--dataset", small.directory, "--output",
      small.results + "/" + name, "--warmup", "0", "--profiles", profile, "--history", history,
      "--model-label", name,
    ]
  }
}
