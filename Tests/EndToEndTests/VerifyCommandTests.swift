import Foundation
import Testing

/// A run's figures, computed again by a stranger.
@Suite struct VerifyCommandTests {
  @Test func anUntouchedRunIsVerified() throws {
    let small = try SmallDataset()
    _ = try small.run(
      reader: small.reader(["아목시실린 500mg", "메트포르민 100mg", ""]), "--confidence", "0.95",
      "--language", "ko"
    ).end()
    let end = try MedbenchProcess.run("verify", small.onlyRun())
    #expect(end.status == 0, "\(end.output) \(end.error)")
    for file in ["results.json", "pages.csv", "junit.xml", "report.html"] {
      #expect(end.output.contains("  \(file): what the transcripts give\n"))
    }
    #expect(end.output.contains("\nVERIFIED (3 pages, "))
  }

  /// One figure of each file, changed as by hand.
  @Test(arguments: [
    (
      "results.json", "\"macro\" : 0,", "\"macro\" : 0.001,",
      "results.json: groups[0].aggregates.bounded_cer.macro: stored 0.001, recomputed 0\n"
    ),
    (
      "results.json", "\"outcome\" : \"FAIL\"", "\"outcome\" : \"PASS\"",
      ".outcome: stored PASS, recomputed FAIL\n"
    ),
    ("pages.csv", ",0.0,", ",0.5,", ", cer: stored 0.5, recomputed 0.0\n"),
    ("junit.xml", "failures=\"3\"", "failures=\"0\"", "stored <testsuites name=\"medbench\""),
    ("report.html", ">FAIL<", ">PASS<", "report.html: line "),
  ])
  func aChangedFigureIsNamed(file: String, figure: String, other: String, says: String) throws {
    let small = try SmallDataset()
    _ = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    let path = try small.onlyRun() + "/" + file
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let range = try #require(text.range(of: figure), "\(file) has no \(figure)")
    try text.replacingCharacters(in: range, with: other)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let end = try MedbenchProcess.run("verify", small.onlyRun())
    #expect(end.status == 1)
    #expect(end.output.contains(says), "\(end.output)")
    #expect(end.output.contains("NOT VERIFIED"))
    // No word of a page is printed.
    #expect(!end.output.contains("아목시실린"))
  }

  /// A transcript changed for the better: every figure that rests on it is named.
  @Test func aChangedTranscriptBreaksItsFigures() throws {
    let small = try SmallDataset()
    _ = try small.run(
      reader: small.reader(["아목시실린 500mg", "메트포르민 100mg", "암로디핀 5mg"])
    ).end()
    let path = try small.onlyRun() + "/results.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("\"text\" : \"메트포르민 100mg\"", with: "\"text\" : \"메트포르민 1000mg\"")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let end = try MedbenchProcess.run("verify", "--json", small.onlyRun())
    #expect(end.status == 1)
    struct Difference: Decodable { var file, key: String }
    let found = try JSONDecoder().decode([Difference].self, from: Data(end.output.utf8))
    #expect(found.contains { $0.key == "groups[0].aggregates.cer.macro" })
    #expect(found.contains { $0.key.hasPrefix("groups[0].documents[1].pages[0].score") })
    #expect(found.contains { $0.file == "pages.csv" && $0.key == "rx-2/1 at 300 DPI, cer" })
  }

  @Test func anotherDatasetCannotVerify() throws {
    let small = try SmallDataset()
    _ = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    try small.writeTruth([SmallDataset.line(id: "rx-1", "다른약 500mg")])
    let end = try MedbenchProcess.run("verify", small.onlyRun())
    #expect(end.status == 65)
    #expect(end.error.contains("the dataset is not the one that was read"))
    #expect(end.output == "")
  }
}
