import Pipeline
import Reporting
import Testing

/// medbench's own model on documents that it has never seen, from page to verdict.
@Suite struct BundledModelRunTests {
  /// Far above what docs/reference-model.md says it does, far below what a broken page, strip or tensor would do.
  @Test func `It reads a shipped document of each type`() throws {
    let scratch = try Scratch()
    let results = scratch.path + "/results"
    let end = try MedbenchProcess.run(
      "run", "--doc-type", "all", "--dpi", "300", "--limit", "1", "--warmup", "0", "--output",
      results)
    #expect(end.status == 0 || end.status == 1, "\(end.error)")
    let run = try #require(try scratch.contents(of: "results").first)
    let record = try ResultsDirectory(results + "/" + run).read()
    #expect(record.groups.count == 5)
    for group in record.groups {
      let cer = try #require(group.aggregates.cer?.micro)
      #expect(cer < 0.05, "\(group.type)")
      for page in group.documents.flatMap(\.pages) {
        let mean = try #require(page.transcript.confidences?.mean)
        #expect(mean > 0.9)
      }
    }
  }
}
