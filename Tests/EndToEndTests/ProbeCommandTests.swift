import Foundation
import Pipeline
import Reporting
import Testing

/// Twins of drawn pages through programs that stand for the two extremes: one that reads and one
/// that remembers.
@Suite struct ProbeCommandTests {
  let scratch: Scratch
  private let kinds = "counterfactual,blank,blank-field,legibility"

  /// Three prescriptions, and the twins that one probing of them keeps.
  init() throws {
    scratch = try Scratch()
    let drawn = try MedbenchProcess.run(
      "dataset", "generate", "--split", "test", "--seed", "4", "--count", "3", "--doc-type",
      "prescription", scratch.path + "/data")
    #expect(drawn.status == 0, "\(drawn.error)")
    let reader = try scratch.write(
      "silent.sh", "#!/bin/sh\necho x\n".utf8, executable: true)
    let kept = try probe(reader, "--keep", scratch.path + "/twins").end()
    #expect(kept.status == 0, "\(kept.error)")
  }

  private func probe(_ reader: String, _ more: String...) throws -> MedbenchProcess {
    try MedbenchProcess(
      [
        "probe", "--doc-type", "prescription", "--dpi", "72", "--degradation", "clean",
        "--engine", "command", "--command", reader, "--dataset", scratch.path + "/data",
        "--output", scratch.path + "/results", "--kinds", kinds,
      ] + more)
  }

  /// A program that prints, for a page's id, what `text` says of it.
  private func reader(_ name: String, _ texts: [String: String]) throws -> String {
    for (id, text) in texts { try scratch.write("\(name).\(id).txt", text.utf8) }
    return try scratch.write(
      "\(name).sh",
      "#!/bin/sh\ncat \"\(scratch.path)/\(name).${MEDBENCH_PAGE_ID%/*}.txt\"\n".utf8,
      executable: true)
  }

  private struct Twins: Decodable {
    struct Twin: Decodable {
      var twin: String
      var kind: String
      var original: String
      var image: String
    }
    var twins: [Twin]
  }

  private struct Truth: Decodable {
    struct Page: Decodable { var transcript: String }
    var id: String
    var pages: [Page]
  }

  private func truths(_ file: String) throws -> [String: String] {
    let text = try String(contentsOfFile: scratch.path + "/" + file, encoding: .utf8)
    let lines = try text.split(separator: "\n").map {
      try JSONDecoder().decode(Truth.self, from: Data($0.utf8))
    }
    return Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0.pages[0].transcript) })
  }

  private func twins() throws -> [Twins.Twin] {
    try JSONDecoder().decode(
      Twins.self, from: Data(contentsOf: URL(fileURLWithPath: scratch.path + "/twins/twins.json"))
    ).twins
  }

  private func newestRecord() throws -> ProbesRecord { try newest().record }

  private func newest() throws -> (directory: String, record: ProbesRecord) {
    let names = try scratch.contents(of: "results").filter { $0.hasPrefix("command_") }
    let records = try names.map { name in
      let directory = scratch.path + "/results/" + name
      return (directory: directory, record: try ProbesDirectory(directory).read())
    }
    return try #require(records.max { $0.record.startedAt < $1.record.startedAt })
  }

  @Test func whoReadsFollowsAndWhoRemembersIsNamed() throws {
    let all = try twins()
    #expect(Set(all.map(\.kind)).isSuperset(of: ["counterfactual", "blank-field", "legibility"]))
    var page: [String: String] = [:]
    for kind in Set(all.map(\.kind)) {
      page.merge(try truths("twins/\(kind)/truth.jsonl")) { first, _ in first }
    }
    let originals = try truths("data/prescription.jsonl")
    let memory = Dictionary(uniqueKeysWithValues: all.map { ($0.twin, originals[$0.original]!) })
    let limits = try scratch.write(
      "limits.yaml",
      """
      types:
        prescription:
          minimum_counterfactual_follow_rate: 0.9
          maximum_probe_hallucination_rate: 0.1
      """.utf8)

    let honest = try probe(try reader("honest", page), "--profiles", limits).end()
    #expect(honest.status == 0, "\(honest.error)\(honest.output)")
    for record in try newestRecord().probes {
      #expect(record.rate == (record.kind == .counterfactual ? 1 : 0), "\(record.kind)")
      #expect(record.n > 0 && !record.readsFromMemory)
    }

    sleep(1)  // a second's name for the directory
    let liar = try probe(try reader("liar", memory), "--profiles", limits).end()
    #expect(liar.status == 1, "\(liar.error)")
    #expect(liar.output.contains("reads from memory"))
    let record = try newestRecord()
    #expect(record.probes[0].rate == 0 && record.probes[0].recalled == record.probes[0].n)
    let html = try String(
      contentsOfFile: newest().directory + "/probes.html", encoding: .utf8)
    #expect(html.contains("data:image/png") && html.contains("reads from memory"))
  }

  /// What is kept is a dataset like any other.
  @Test func keptTwinsAreDatasets() throws {
    for kind in Set(try twins().map(\.kind)) {
      let end = try MedbenchProcess.run(
        "dataset", "stats", scratch.path + "/twins/" + kind)
      #expect(end.status == 0, "\(kind): \(end.error)")
    }
    for twin in try twins() {
      #expect(FileManager.default.fileExists(atPath: scratch.path + "/twins/" + twin.image))
    }
  }

  @Test func whatCannotBeDoneIsSaidInALine() throws {
    let bad = try probe("cat", "--keep", scratch.path + "/data").end()
    #expect(bad.status == 64)
    #expect(bad.error.contains("is not empty"))
    let unknown = try MedbenchProcess.run(
      "probe", "--doc-type", "prescription", "--dpi", "300", "--kinds", "counterfctual")
    #expect(unknown.status == 64)
    #expect(unknown.error.contains("did you mean 'counterfactual'?"))
    let stray = try MedbenchProcess.run(
      "run", "--doc-type", "prescription", "--dpi", "300", "--kinds", "blank")
    #expect(stray.status == 64)
    #expect(stray.error.contains("--probes"))
  }
}
