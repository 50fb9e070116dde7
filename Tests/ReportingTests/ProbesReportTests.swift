import Datasets
import DocProfiles
import Foundation
import Pipeline
import Reporting
import Testing

@Suite struct ProbesReportTests {
  /// Twenty documents of two changed values each; those up to `recalled` come out as before.
  private func record(recalled: Int) -> ProbeRecord {
    let trials = (1...20).flatMap { number in
      ["digit", "drug"].map {
        ProbeTrial(
          document: "rx-\(number)", part: $0, result: number <= recalled ? .recalled : .right)
      }
    }
    let place = ProbeCase(
      document: "rx-1", page: 1, twin: "rx-1.t0", field: "dose", row: 1, part: "digit",
      result: .recalled, original: "500 mg", truth: "<b>200 mg", reading: "500 mg",
      box: PixelBox(x: 1, y: 2, width: 3, height: 4), picture: "absent.png")
    return ProbeRecord(
      kind: .counterfactual, type: .prescription, dpi: 300, confidence: 0.95, trials: trials,
      unreadPages: 1, worst: recalled > 0 ? [place] : [])
  }

  private var run: RunRecord {
    var record = SampleRun.record
    record.configuration.probes = ProbeRequest(kinds: [.counterfactual])
    return record
  }

  @Test func aRunWithProbesFollowsTheSchemaOfResults() throws {
    let record = run.adding([record(recalled: 8)])
    let data = try ResultsFile.encode(record)
    #expect(try ResultsFile.decode(data) == record)
  }

  @Test func theTerminalNamesWhoReadsFromMemory() {
    let guilty = TerminalReport(run.adding([record(recalled: 8)]), language: .english).rendered()
    #expect(guilty.contains("reads from memory. 16 of 40 places"))
    #expect(guilty.contains("500 mg"))
    let honest = TerminalReport(run.adding([record(recalled: 0)]), language: .english).rendered()
    #expect(!honest.contains("reads from memory"))
    #expect(!TerminalReport(SampleRun.record, language: .english).rendered().contains("guess?"))
  }

  @Test func theHTMLReportHasASectionInBothLanguages() {
    let record = run.adding([record(recalled: 8)])
    let english = HTMLReport(record, language: .english).rendered()
    #expect(english.contains("Does it read, or guess?"))
    #expect(english.contains("&lt;b&gt;200 mg"), "page text is escaped")
    #expect(HTMLReport(record, language: .korean).rendered().contains("읽는가, 짐작하는가"))
    #expect(!HTMLReport(SampleRun.record, language: .english).rendered().contains("guess?"))
  }

  @Test func aLimitIsACaseOfJUnit() {
    var run = run
    for index in run.configuration.profiles.indices {
      var limits = AddedLimits.none
      limits.minimumCounterfactualFollowRate = 0.95
      run.configuration.profiles[index].addedLimits = limits
    }
    let xml = JUnitReport(run.adding([record(recalled: 8)])).rendered()
    #expect(xml.contains("counterfactual-follow-rate is 60.0%, limit ≥ 95.0%"))
  }

  @Test func probesSurviveTheirFileAndAnotherVersionIsNamed() throws {
    let directory = ProbesDirectory(
      FileManager.default.temporaryDirectory.path + "/medbench-\(UUID().uuidString)")
    let record = ProbesRecord(run.adding([record(recalled: 8)]))!
    try directory.write(record, language: .korean)
    #expect(try directory.read() == record)
    var later = record
    later.schemaVersion = 99
    try directory.writeJSON(later)
    #expect(throws: ResultsError.self) { try directory.read() }
  }
}
