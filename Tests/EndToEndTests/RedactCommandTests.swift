import Foundation
import Pipeline
import Reporting
import Testing

/// From the command line to the last byte on the disk.
@Suite struct RedactCommandTests {
  private static let transcript =
    "환자명 하늘찬 주민등록번호 900312-2345678\\n연락처 010-7741-2093\\n주소: 서울특별시 강남구 솔향기뜰로 177"
    + "\\n아목시실린 500mg\\n하늘찬 님의 약"
  private static let personal = [
    "하늘찬", "하눌찬", "900312-2345678", "010-7741-2093", "솔향기뜰로",
  ]

  private func dataset() throws -> SmallDataset {
    let small = try SmallDataset()
    let text = Self.transcript.replacingOccurrences(of: "\\n", with: "\n")
    func span(_ value: String) -> (Int, Int) {
      let range = text.range(of: value)!
      let start = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound)
      return (start, start + value.unicodeScalars.count)
    }
    let (name, drug) = (span("하늘찬"), span("아목시실린"))
    try small.writeTruth([
      """
      {"id":"rx-1","type":"prescription","pages":[{"image":"page.png",\
      "transcript":"\(Self.transcript)"}],"fields":[{"name":"patient_name","kind":"person",\
      "value":"하늘찬","page":0,"start":\(name.0),"end":\(name.1)},{"name":"drug_name",\
      "kind":"drug-name","value":"아목시실린","row":1,"page":0,"start":\(drug.0),"end":\(drug.1)}]}
      """
    ])
    return small
  }

  /// A reader that misreads the name once and the dose tenfold.
  private func reader(_ small: SmallDataset) throws -> String {
    let reading = Self.transcript.replacingOccurrences(of: "환자명 하늘찬", with: "환자명 하눌찬")
      .replacingOccurrences(of: "500mg", with: "50mg").replacingOccurrences(of: "\\n", with: "\n")
    let script = "#!/bin/sh\ncat <<'END'\n\(reading)\nEND\necho 'reading 하늘찬' >&2\n"
    return try small.scratch.write("reader.sh", script.utf8, executable: true)
  }

  private func expectNothingPersonal(in directory: String, andIn output: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
    #expect(names.contains("results.json") && names.contains("report.html"))
    for name in names {
      guard let data = FileManager.default.contents(atPath: directory + "/" + name) else {
        continue
      }
      let text = String(decoding: data, as: UTF8.self)
      for value in Self.personal { #expect(!text.contains(value), "\(name): \(value)") }
    }
    for value in Self.personal { #expect(!output.contains(value), "terminal: \(value)") }
  }

  @Test func aRedactedRunWritesNothingPersonal() throws {
    let small = try dataset()
    let end = try small.run(reader: reader(small), "--redact", "--language", "ko").end()
    #expect(end.status == 1, "\(end.error)")
    try expectNothingPersonal(in: small.onlyRun(), andIn: end.output)
    let record = try ResultsDirectory(small.onlyRun()).read()
    #expect(record.configuration.redacted == true)
    #expect(record.groups[0].documents[0].pages[0].reference.contains("아목시실린 500mg"))
    #expect(end.output.contains("\"500mg\" -> \"50mg\"") || end.output.contains("500mg"))
  }

  @Test func aReportIsRedactedLaterIntoADirectoryOfItsOwn() throws {
    let small = try dataset()
    _ = try small.run(reader: reader(small)).end()
    let before = try Data(contentsOf: URL(fileURLWithPath: small.onlyRun() + "/results.json"))
    let end = try MedbenchProcess.run("report", small.onlyRun(), "--redact")
    #expect(end.status == 0, "\(end.error)")
    try expectNothingPersonal(in: small.onlyRun() + "/redacted", andIn: end.output)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: small.onlyRun() + "/results.json")) == before)
    // The copy is a results directory like any other.
    #expect(
      try MedbenchProcess.run("report", small.onlyRun() + "/redacted", "--redact").status == 0)
    // But what it hides cannot be scored again, which does not say that its figures are wrong.
    let refused = try MedbenchProcess.run("verify", small.onlyRun() + "/redacted")
    #expect(refused.status == 65)
    #expect(refused.error.contains("the run is redacted"))
  }

  @Test func aKilledRedactedRunLeavesNothingPersonalBehind() throws {
    let small = try dataset()
    let text = try String(contentsOfFile: small.directory + "/truth.jsonl", encoding: .utf8)
    try small.writeTruth([
      String(text.dropLast()),
      String(text.dropLast()).replacingOccurrences(of: "rx-1", with: "rx-2"),
    ])
    let script = try String(contentsOfFile: reader(small), encoding: .utf8)
    let slow = try small.scratch.write(
      "slow.sh", (script + "[ \"$MEDBENCH_PAGE_ID\" = rx-1/1 ] || sleep 20\n").utf8,
      executable: true)
    let run = try small.run(reader: slow, "--redact")
    var journal = ""
    for _ in 0..<1000 where !journal.contains("rx-1") || journal.count(where: { $0 == "\n" }) < 2 {
      usleep(10_000)
      let path = (try? small.onlyRun()).map { $0 + "/journal.jsonl" } ?? ""
      journal = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
    kill(run.process.processIdentifier, SIGKILL)
    _ = try run.end()
    #expect(journal.count(where: { $0 == "\n" }) >= 2)
    for value in Self.personal { #expect(!journal.contains(value), "\(value)") }
  }
}
