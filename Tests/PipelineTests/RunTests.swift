import Datasets
import Foundation
import OCRInference
import Pipeline
import Scoring
import Testing

@Suite struct RunTests {
  @Test func perfectReadingPassesEverythingMeasured() async throws {
    let record = try await run(
      [["아목시실린 500mg"]], readings: ["doc-1/1": .text("아목시실린 500mg\n")])
    let group = try #require(record.groups.first)
    #expect(group.aggregates.cer == RateAggregate(micro: 0, macro: 0, worst: 0, count: 1))
    #expect(group.aggregates.fields.first { $0.name == "dose" }?.accuracy == 1)
    // The tiny page has no frequency and no route, and what was not measured fails.
    #expect(
      group.verdict.checks.filter { !$0.passed }.map(\.subject.name) == [
        "field:frequency", "field:route",
      ])
  }

  @Test func aTenfoldDoseFailsItsFieldAtALowCER() async throws {
    let record = try await run(
      [["아목시실린 50mg"]], readings: ["doc-1/1": .text("아목시실린 500mg")])
    let dose = try #require(record.groups[0].aggregates.fields.first { $0.name == "dose" })
    #expect(dose.incorrect == 1 && dose.accuracy == 0)
    #expect(record.groups[0].verdict.checks.first { $0.subject == .field("dose") }?.passed == false)
  }

  @Test func aFailedPageCountsInEverythingAndCostsTheTimeOut() async throws {
    let record = try await run(
      [["가나다 1mg"], ["라마바 2mg"]],
      readings: [
        "doc-1/1": .text("가나다 1mg"),
        "doc-2/1": .failure(.crashed(signal: 11, diagnostics: "segfault")),
      ])
    let group = record.groups[0]
    #expect(group.aggregates.outcomes == ["read": 1, "crashed": 1])
    #expect(group.aggregates.cer?.macro == 0.5)
    #expect(group.documents[1].pages[0].transcript.outcome.diagnostics == "segfault")
    #expect(group.aggregates.fields.first { $0.name == "dose" }?.missing == 1)
    #expect(try #require(group.aggregates.latency).maximum >= 5000)
    #expect(group.verdict.warnings.contains(.failedPages(1)))
  }

  /// An engine that prints the page and then dies has not read it.
  @Test func whatCameBeforeACrashIsNoReading() async throws {
    let record = try await run(
      [["가나다 1mg"]],
      readings: [
        "doc-1/1": .textThenFailure("가나다 1mg", .crashed(signal: 11, diagnostics: ""))
      ], timeout: 0.5)
    let group = record.groups[0]
    #expect(group.documents[0].pages[0].transcript.text == "가나다 1mg")
    #expect(group.aggregates.cer?.macro == 1)
    #expect(group.aggregates.fields.first { $0.name == "dose" }?.missing == 1)
    #expect(group.verdict.checks.last?.subject == .pagesRead)
    #expect(!group.verdict.passed)
  }

  @Test func aHangingEngineTimesOutAndTheRunGoesOn() async throws {
    let record = try await run(
      [["가나다 1mg"], ["라마바 2mg"]],
      readings: ["doc-1/1": .forever, "doc-2/1": .text("라마바 2mg")], timeout: 0.2)
    #expect(record.groups[0].aggregates.outcomes == ["timed-out": 1, "read": 1])
  }

  @Test func aBlankPageIsKeptOutOfEveryMean() async throws {
    let record = try await run(
      [["가나다 1mg"], [""]], readings: ["doc-1/1": .text("가나다 1mg"), "doc-2/1": .text("")])
    let group = record.groups[0]
    #expect(group.aggregates.cer?.count == 1)
    #expect(group.aggregates.outcomes == ["read": 2])
    #expect(group.verdict.checks.last?.subject == .blankPages)
    #expect(group.verdict.checks.last?.passed == true)
  }

  @Test func textReadIntoABlankPageFails() async throws {
    let record = try await run(
      [[""]], readings: ["doc-1/1": .text(String(repeating: "환각", count: 40))])
    #expect(record.groups[0].verdict.checks.last?.passed == false)
    #expect(record.groups[0].aggregates.cer == nil)
  }

  @Test func latencyIsTheDocumentsAndNotThePages() async throws {
    let record = try await run(
      [["가 1mg", "나 2mg"]], readings: ["doc-1/1": .text("가 1mg"), "doc-1/2": .text("나 2mg")])
    let aggregates = record.groups[0].aggregates
    let pages = record.groups[0].documents[0].pages.map(\.transcript.timing.endToEnd)
    #expect(aggregates.latency?.count == 1)
    #expect(aggregates.pageLatency?.count == 2)
    #expect(abs(try #require(aggregates.latency).mean - pages.reduce(0, +)) < 1e-9)
  }

  @Test func pagesBeyondTheirScanAreFlagged() async throws {
    let record = try await run(
      [["가 1mg"]], readings: ["doc-1/1": .text("가 1mg")], dpis: [300, 600])
    #expect(record.groups.map(\.aggregates.upsampledPages) == [0, 1])
    #expect(record.groups[1].verdict.warnings.contains(.upsampledPages(1)))
  }

  private func run(
    _ transcripts: [[String]], readings: [String: ScriptedEngine.Reading], dpis: [Int] = [300],
    timeout: Double = 5
  ) async throws -> RunRecord {
    let tiny = try TinyDataset(transcripts)
    let directory = try TinyDataset.temporaryDirectory()
    defer {
      try? FileManager.default.removeItem(atPath: tiny.directory)
      try? FileManager.default.removeItem(atPath: directory)
    }
    let dataset = try Dataset(directory: URL(filePath: tiny.directory))
    var run = try Run(
      startingIn: directory,
      configuration: tiny.configuration(dataset: dataset, dpis: dpis, timeout: timeout),
      dataset: dataset, engine: ScriptedEngine(readings: readings))
    return try await run.complete()
  }
}
