import Datasets
import Foundation
import OCRInference
import Pipeline
import Testing

@Suite struct ResumeTests {
  private let transcripts = [["가나다 1mg"], ["라마바 2mg"], ["사아자 3mg"]]
  private let readings: [String: ScriptedEngine.Reading] = [
    "doc-1/1": .confidentText("가나다 1mg", 0.4375), "doc-2/1": .text("라마바 20mg"),
    "doc-3/1": .text("사아자 3mg"),
  ]

  @Test func aKilledRunGivesTheRecordOfAnUnbrokenOne() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    var unbroken = try fixture.start(in: "whole", readings)
    let expected = try await unbroken.complete()

    try await fixture.killAfterSecondDocument(in: "broken", readings)
    var resumed = try fixture.resume(in: "broken", readings)
    let record = try await resumed.complete()
    #expect(record.withoutTimes == expected.withoutTimes)
    let confidences = record.groups[0].documents.map { $0.pages[0].transcript.confidences }
    #expect(confidences == [Confidences(hundredths: [UInt8](repeating: 43, count: 7)), nil, nil])
  }

  @Test func aHalfWrittenLastLineIsReadAgain() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    try await fixture.killAfterSecondDocument(in: "run", readings)
    let journal = fixture.directory("run") + "/journal.jsonl"
    let whole = try Data(contentsOf: URL(fileURLWithPath: journal))
    for cut in [1, 2, 40, 200] {
      try whole.dropLast(cut).write(to: URL(fileURLWithPath: journal))
      var run = try fixture.resume(in: "run", readings)
      let record = try await run.complete()
      #expect(record.groups[0].documents.map(\.id) == ["doc-1", "doc-2", "doc-3"])
    }
  }

  @Test func documentsAlreadyReadAreNotReadAgain() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    try await fixture.killAfterSecondDocument(in: "run", readings)
    var resumed = try fixture.resume(in: "run", [:])
    let record = try await resumed.complete()
    #expect(
      record.groups[0].documents.map { $0.pages[0].transcript.text } == [
        "가나다 1mg", "라마바 20mg", "",
      ])
  }

  @Test func anotherTruthIsRefused() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    try await fixture.killAfterSecondDocument(in: "run", readings)
    let other = try TinyDataset([["다른 1mg"]])
    defer { try? FileManager.default.removeItem(atPath: other.directory) }
    #expect(throws: RunError.datasetChanged(fixture.tiny.directory)) {
      try Run(
        resumingIn: fixture.directory("run"),
        dataset: try Dataset(directory: URL(filePath: other.directory)),
        engine: ScriptedEngine(readings: [:]))
    }
  }

  @Test func anotherEngineIsRefused() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    try await fixture.killAfterSecondDocument(in: "run", readings)
    var newer = ScriptedEngine(readings: readings)
    newer.identity.version = "2"
    #expect(throws: RunError.engineChanged(was: "scripted m 1", now: "scripted m 2")) {
      try Run(
        resumingIn: fixture.directory("run"), dataset: fixture.dataset, engine: newer)
    }
  }

  @Test func aRunThatStillRunsIsNotResumed() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    let running = try fixture.start(in: "run", readings)
    #expect(throws: RunError.stillRunning(fixture.directory("run") + "/journal.jsonl")) {
      try fixture.resume(in: "run", readings)
    }
    withExtendedLifetime(running) {}
  }

  @Test func aHeaderThatWasNeverWholeIsCalledThat() throws {
    let empty = try TinyDataset.temporaryDirectory()
    defer { try? FileManager.default.removeItem(atPath: empty) }
    let journal = empty + "/journal.jsonl"
    try Data("{\"configuration\":".utf8).write(to: URL(fileURLWithPath: journal))
    #expect(
      throws: RunError.journalCorrupt(journal, line: 1, reason: "its first line was never whole")
    ) { try Run.beginning(of: empty) }
  }

  @Test func aDirectoryWithoutARunSaysSo() throws {
    let empty = try TinyDataset.temporaryDirectory()
    defer { try? FileManager.default.removeItem(atPath: empty) }
    #expect(throws: RunError.nothingToResume(empty)) { try Run.beginning(of: empty) }
  }

  @Test func aJournalOfAnotherKindNamesItsLine() async throws {
    let fixture = try Fixture(transcripts)
    defer { fixture.remove() }
    try await fixture.killAfterSecondDocument(in: "run", readings)
    let journal = fixture.directory("run") + "/journal.jsonl"
    var lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
    lines[1] = "{}"
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: journal))
    #expect(throws: RunError.journalCorrupt(journal, line: 2, reason: "not a line medbench wrote"))
    {
      try fixture.resume(in: "run", readings)
    }
  }
}

/// A dataset and the results directories of runs over it.
private struct Fixture {
  let tiny: TinyDataset
  let dataset: Dataset
  let results: String

  init(_ transcripts: [[String]]) throws {
    tiny = try TinyDataset(transcripts)
    dataset = try Dataset(directory: URL(filePath: tiny.directory))
    results = try TinyDataset.temporaryDirectory()
  }

  func directory(_ name: String) -> String { results + "/" + name }

  func start(in name: String, _ readings: [String: ScriptedEngine.Reading]) throws -> Run {
    try FileManager.default.createDirectory(
      atPath: directory(name), withIntermediateDirectories: true)
    return try Run(
      startingIn: directory(name), configuration: tiny.configuration(dataset: dataset),
      dataset: dataset, engine: ScriptedEngine(readings: readings))
  }

  func resume(in name: String, _ readings: [String: ScriptedEngine.Reading]) throws -> Run {
    try Run(
      resumingIn: directory(name), dataset: dataset, engine: ScriptedEngine(readings: readings))
  }

  /// Cancels the run while its third document hangs.
  func killAfterSecondDocument(
    in name: String, _ readings: [String: ScriptedEngine.Reading]
  ) async throws {
    var hanging = readings
    hanging["doc-3/1"] = .forever
    let run = try start(in: name, hanging)
    let task = Task {
      var run = run
      return try await run.complete()
    }
    let journal = directory(name) + "/journal.jsonl"
    while try String(contentsOfFile: journal, encoding: .utf8).count(where: { $0 == "\n" }) < 3 {
      try await Task.sleep(for: .milliseconds(5))
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: tiny.directory)
    try? FileManager.default.removeItem(atPath: results)
  }
}

extension RunRecord {
  /// The record less what two runs of the same thing never share: times and memory.
  fileprivate var withoutTimes: RunRecord {
    var copy = self
    copy.startedAt = ""
    copy.finishedAt = ""
    for group in copy.groups.indices {
      let documents = copy.groups[group].documents.map(\.withoutTimes)
      copy.groups[group].documents = documents
      copy.groups[group].aggregates.latency = nil
      copy.groups[group].aggregates.pageLatency = nil
      copy.groups[group].aggregates.ttft = nil
      copy.groups[group].aggregates.documentsPerMinute = nil
      copy.groups[group].aggregates.peakMemoryBytes = 0
      copy.groups[group].aggregates.peakChildMemoryBytes = 0
      for check in copy.groups[group].verdict.checks.indices
      where copy.groups[group].verdict.checks[check].subject == .latency {
        copy.groups[group].verdict.checks[check].figure = nil
      }
    }
    return copy
  }
}

extension DocumentRecord {
  fileprivate var withoutTimes: DocumentRecord {
    var copy = self
    copy.peakMemoryBytes = 0
    copy.peakChildMemoryBytes = 0
    for page in copy.pages.indices {
      copy.pages[page].preparation = 0
      copy.pages[page].transcript.timing.ttft = nil
      copy.pages[page].transcript.timing.endToEnd = 0
    }
    return copy
  }
}
