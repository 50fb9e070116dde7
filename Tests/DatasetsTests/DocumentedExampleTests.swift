import Datasets
import DocProfiles
import Foundation
import Testing

/// What docs/ tells a user to write is read without a defect.
@Suite struct DocumentedExampleTests {
  private func example(_ language: String, of document: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/\(document)"), encoding: .utf8)
    let start = try #require(text.range(of: "```\(language)\n")).upperBound
    let end = try #require(text.range(of: "```\n", range: start..<text.endIndex)).lowerBound
    return String(text[start..<end])
  }

  @Test func theExampleOfDatasetsIsSound() throws {
    let json = try example("json", of: "datasets.md").replacingOccurrences(of: "\n", with: " ")
    let folder = try TemporaryDataset(json)
    try folder.write(TemporaryDataset.page, to: "pages/rx-1.png")
    #expect(folder.defects() == [])
    #expect(folder.loading == "loaded 1")
  }

  @Test func theExampleOfProfilesIsSound() throws {
    let yaml = try example("yaml", of: "profiles.md")
    let profiles = try ProfileFile.profiles(yaml: yaml, file: "profiles.md")
    #expect(try profiles.profile(named: "동의서").criticalFields.count == 2)
    #expect(profiles[.prescription]?.maximumCER == 0.005)
  }
}
