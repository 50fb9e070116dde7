import Foundation
import Testing

/// `medbench audit` on the first document of each shipped type.
@Suite struct AuditCommandTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    let shipped = MedbenchProcess.home.appendingPathComponent("datasets")
    for type in ["prescription", "lab-result", "diagnosis", "discharge-summary", "medical-record"] {
      let all = try String(
        contentsOf: shipped.appendingPathComponent(type + ".jsonl"), encoding: .utf8)
      // The pictures are not looked at.
      try scratch.write(type + ".jsonl", (all.prefix { $0 != "\n" } + "\n").utf8)
    }
  }

  @Test func everyPlantIsJudgedAsItOughtToBe() throws {
    let json = scratch.path + "/audit.json"
    let end = try MedbenchProcess.run("audit", scratch.path, "--per-recipe", "1", "--json", json)
    #expect(end.status == 0, "\(end.error)\n\(end.output)")
    #expect(end.output.contains("every plant was judged as it ought to be"))
    for word in ["decimal-shift", "drug-swap", "row-omitted", "combined", "unit-spelling"] {
      #expect(end.output.contains(word))
    }
    let record = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
        as? [String: Any])
    #expect(record["passed"] as? Bool == true)
    #expect((record["plants"] as? Int ?? 0) > 300 && record["pages"] as? Int == 6)
    #expect((record["rows"] as? [[String: Any]])?.allSatisfy { $0["examples"] != nil } == true)
  }

  @Test func milderRulesAreFoundOut() throws {
    let rules = try scratch.write(
      "mild.yaml", "rules:\n  - id: drug-swapped\n    severity: minor\n".utf8)
    let end = try MedbenchProcess.run(
      "audit", scratch.path, "--per-recipe", "1", "--severity", rules)
    #expect(end.status == 1, "\(end.error)")
    #expect(end.output.contains("expected drug-swap critical, found drug-swap minor"))
  }

  @Test(arguments: [
    (["audit", "no-such-directory"], 65, "no-such-directory"),
    (["audit", "--per-recipe", "0"], 64, "--per-recipe 0"),
    (["audit", "--calibration", "--json", "x"], 64, "leave out"),
    (["audit", "--calibration", "--confidence", "1"], 64, "0.5"),
  ])
  func badInput(arguments: [String], status: Int, says: String) throws {
    let end = try MedbenchProcess(arguments).end()
    #expect(end.status == status)
    #expect(end.error.contains(says), "\(end.error)")
  }
}
