import Foundation
import Pipeline
import Testing

@Suite struct DatasetLinesTests {
  @Test func aCleanPrescriptionsLinesAreFoundAndWritten() throws {
    let scratch = try Scratch()
    let dataset = scratch.path + "/pages"
    let made = try MedbenchProcess.run(
      "dataset", "generate", "--split", "train", "--seed", "3", "--count", "1", "--doc-type",
      "prescription", "--extents", dataset)
    #expect(made.status == 0, "\(made.error)")
    let end = try MedbenchProcess.run(
      "dataset", "lines", dataset, "--dpi", "300", "--degradation", "clean", "--output",
      scratch.path + "/page.lines", "--json", scratch.path + "/loss.json", "--worst",
      scratch.path + "/pictures", "--language", "en")
    #expect(end.status == 0, "\(end.error)")
    #expect(end.output.contains("Loss CER"))
    let file = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/page.lines"))
    #expect(file.prefix(17) == Data("medbench-lines-1\n".utf8))
    let record = try JSONDecoder().decode(
      LossRecord.self, from: Data(contentsOf: URL(fileURLWithPath: scratch.path + "/loss.json")))
    let group = try #require(record.groups.first)
    #expect(group.pages == 1 && group.characters > 200)
    #expect(try #require(group.perfectReaderCER) < 0.01)
    #expect(group.missed + group.cut + group.merged < group.characters / 100)
    #expect(group.textStrips * 10 > group.strips * 9)
    #expect(
      try scratch.contents(of: "pictures") == ["1-prescription-0001-1-300-clean.png"])
  }

  @Test func aDatasetWithoutExtentsIsBadData() throws {
    let small = try SmallDataset()
    let output = small.scratch.path + "/none"
    let end = try MedbenchProcess.run(
      "dataset", "lines", small.directory, "--dpi", "150", "--output", output)
    #expect(end.status == 65)
    #expect(end.error.contains("document rx-1") && end.error.contains("--extents"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test(arguments: [
    ["--dpi", "150"], ["--dpi", "600..72", "--summary-only"], ["--dpi", "5", "--summary-only"],
    ["--dpi", "150", "--summary-only", "--degradation", "rain"],
    ["--dpi", "150", "--summary-only", "--output", "x"],
    ["--dpi", "150", "--summary-only", "--strip-height", "40"],
  ])
  func whatMakesNoSenseIsUsage(_ arguments: [String]) throws {
    let end = try MedbenchProcess(["dataset", "lines", "."] + arguments).end()
    #expect(end.status == 64)
  }
}
