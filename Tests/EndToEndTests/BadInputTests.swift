import Foundation
import PageImaging
import Testing

/// Every bad input of a run: one line that names the file, the place and the mend, the documented
/// exit code, and nothing half-written.
@Suite struct BadInputTests {
  @Test(arguments: [
    (["run", "--doc-type", "prescripton", "--dpi", "300"], "did you mean \"prescription\"?"),
    (["run", "--doc-type", "prescription", "--dpi", "0"], "from 10 to 1200"),
    (["run", "--doc-type", "prescription", "--dpi", "3O0"], "from 10 to 1200"),
    (["run", "--doc-type", "prescription"], "--dpi"),
    (["run", "--dpi", "300"], "--doc-type"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--limit", "0"], "at least 1"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--timeout", "0"], "--timeout"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--engine", "teseract"], "tesseract"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--degradation", "rain"], "rain"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command"], "--command"),
    (
      ["run", "--doc-type", "lab-result", "--dpi", "300", "--engine", "tesseract", "--model", "m"],
      "leave out --engine"
    ),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--psm", "6"], "--engine tesseract"),
    (["run", "--doc-type", "all", "--dpi", "300", "--streams-tokens"], "--streams-tokens; add"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--command", "c"], "--engine command"),
    (["run", "--doc-type", ",", "--dpi", "300"], "--doc-type"),
    (["run", "--doc-type", "prescription", "--dpi", ","], "--dpi"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--source-dpi", "nan"], "--source-dpi"),
    (["run", "--doc-type", "prescription", "--dpi", "300", "--source-dpi", "0"], "--source-dpi"),
    (["run", "--resume", "results/x", "--limit", "1"], "leave the other options out"),
    (["tokens", "page.png", "--dpi", "x"], "DPI"),
    (["dataset", "generate", "--split", "test", "--seed", "1", "--count", "0", "d"], "--count"),
  ])
  func usage(arguments: [String], says: String) throws {
    let end = try MedbenchProcess(arguments).end()
    #expect(end.status == 64)
    #expect(end.error.contains(says), "\(end.error)")
  }

  @Test func missingPage() throws {
    let small = try SmallDataset()
    try FileManager.default.removeItem(atPath: small.directory + "/page.png")
    try expectBadData(small, says: ["page.png"])
  }

  @Test func truncatedPage() throws {
    let small = try SmallDataset()
    let page = URL(fileURLWithPath: small.directory + "/page.png")
    try Data(contentsOf: page).dropLast(20).write(to: page)
    try expectBadData(small, says: ["page.png"])
  }

  /// 60000 x 60000 pixels in a kilobyte: refused by its header, before any pixel has memory.
  @Test func pixelBomb() throws {
    let small = try SmallDataset()
    let page = URL(fileURLWithPath: small.directory + "/page.png")
    var bytes = [UInt8](try Data(contentsOf: page))
    for offset in [16, 20] { bytes.replaceSubrange(offset..<offset + 4, with: [0, 0, 0xEA, 0x60]) }
    let crc = crc32(bytes[12..<29])
    bytes.replaceSubrange(
      29..<33, with: (0..<4).map { UInt8(truncatingIfNeeded: crc >> (24 - 8 * $0)) })
    try Data(bytes).write(to: page)
    try expectBadData(small, says: ["page.png", "60000"])
  }

  @Test func aPageThatDoesNotSayItsDPI() throws {
    let small = try SmallDataset()
    let page = PageImage(width: 60, height: 84, color: .grey, filledWith: 255)
    try small.scratch.write("data/page.png", try page.pngData())
    try expectBadData(small, says: ["page.png", "--source-dpi"])
  }

  @Test func aPageTooNarrowForTokens() throws {
    let small = try SmallDataset()
    let page = PageImage(width: 1, height: 5000, color: .grey, filledWith: 255, dpi: 300)
    try small.scratch.write("data/page.png", try page.pngData())
    try expectBadData(small, says: ["page.png", "300 DPI", "crop"])
  }

  @Test func aLineThatIsNotJSON() throws {
    let small = try SmallDataset()
    try small.writeTruth([SmallDataset.line(id: "a", "가 1mg"), "{oops"])
    try expectBadData(small, says: ["truth.jsonl:2"])
  }

  @Test func aSpanOutsideTheTranscript() throws {
    let small = try SmallDataset()
    try small.writeTruth([SmallDataset.line(id: "a", "가나다 1mg", end: 99)])
    try expectBadData(small, says: ["truth.jsonl:1", "99"])
  }

  @Test func aDuplicateID() throws {
    let small = try SmallDataset()
    let line = SmallDataset.line(id: "a", "가 1mg")
    try small.writeTruth([line, line])
    try expectBadData(small, says: ["truth.jsonl:2", "a"])
  }

  @Test func noDocumentOfTheType() throws {
    let small = try SmallDataset()
    let end = try MedbenchProcess.run(
      "run", "--doc-type", "lab-result", "--dpi", "300", "--dataset", small.directory, "--output",
      small.results)
    #expect(end.status == 65)
    #expect(end.error.contains("lab-result"))
  }

  @Test func anOutputThatCannotBeWritten() throws {
    let small = try SmallDataset()
    let file = try small.scratch.write("a-file", "x".utf8)
    let end = try small.run(
      reader: small.reader(SmallDataset.transcripts), "--output", file + "/results"
    ).end()
    #expect(end.status == 70)
    #expect(end.error.hasPrefix("medbench: \(file)/results"))
    #expect(end.error.count(where: { $0 == "\n" }) == 1)
  }

  @Test func anEngineThatIsNotThere() throws {
    let small = try SmallDataset()
    let end = try small.run(reader: small.scratch.path + "/no-such-program").end()
    #expect(end.status == 69 || end.status == 64)
    #expect(end.error.contains("no-such-program"))
    #expect(!FileManager.default.fileExists(atPath: small.results))
  }

  @Test func aModelThatIsNotThere() throws {
    let small = try SmallDataset()
    let end = try MedbenchProcess.run(
      "run", "--doc-type", "prescription", "--dpi", "300", "--dataset", small.directory, "--model",
      small.scratch.path + "/no-such-model", "--output", small.results)
    #expect(end.status == 65)
    #expect(end.error.contains("no-such-model") && end.error.count(where: { $0 == "\n" }) == 1)
    #expect(!FileManager.default.fileExists(atPath: small.results))
  }

  @Test func resultsOfAnotherVersionAreCalledThat() throws {
    let small = try SmallDataset()
    _ = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    let file = URL(fileURLWithPath: try small.onlyRun() + "/results.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("\"schema_version\" : 1", with: "\"schema_version\" : 99").utf8)
      .write(to: file)
    let end = try MedbenchProcess.run("report", small.onlyRun())
    #expect(end.status == 65)
    #expect(end.error.contains("schema_version is 99"))
  }

  private func expectBadData(_ small: SmallDataset, says words: [String]) throws {
    let end = try small.run(reader: small.reader(SmallDataset.transcripts)).end()
    #expect(end.status == 65, "\(end.error)")
    #expect(end.error.count(where: { $0 == "\n" }) == 1, "\(end.error)")
    for word in words { #expect(end.error.contains(word), "\(end.error)") }
    for transcript in SmallDataset.transcripts { #expect(!end.error.contains(transcript)) }
    // Nothing half-written.
    #expect((try? small.scratch.contents(of: "results")) ?? [] == [])
  }
}

/// CRC-32 of PNG (ISO 3309), bit by bit.
private func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
  var crc = ~UInt32(0)
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  return ~crc
}
