import Foundation
import History
import Testing

/// Labelled runs of `medbench bench prefill`, and what became of the speed.
@Suite struct PrefillTrendTests {
  private func run(
    _ label: String, _ millisecondsPerToken: Double, model: String = "tiny", tokens: Int = 327
  ) -> RecordedPrefill {
    RecordedPrefill(
      label: label, recordedAt: "2024-11-17T00:12:04Z", medbenchVersion: "1", model: model,
      weightType: "bf16", cacheType: "q4_0", instructionSet: "avx2", threads: 8,
      promptTokens: tokens, context: 512, batch: 128, microBatch: 16, mergesSmallTail: true,
      repeats: 3, millisecondsPerToken: millisecondsPerToken)
  }

  /// The source document's table: 168.82, 168.82 and 93.02 ms a token are "basis", 0 % and +45 %.
  @Test func theChangeIsThatOfTheSourceDocument() throws {
    let trend = PrefillTrend([run("v1", 168.82), run("v2", 168.82), run("v3", 93.02)])
    #expect(trend.runs.map { (100 * trend.change(of: $0)).rounded() } == [0, 0, 45])
    #expect(trend.runs.map { ($0.tokensPerSecond * 100).rounded() / 100 } == [5.92, 5.92, 10.75])
  }

  @Test func onlyTheNewestsModelAndPromptAreLaidSideBySide() {
    let trend = PrefillTrend([
      run("a", 1, model: "other"), run("b", 2), run("c", 3, tokens: 64), run("d", 4),
    ])
    #expect(trend.runs.map(\.label) == ["b", "d"] && trend.leftOut == 2)
    #expect(trend.change(of: trend.runs[1]) == -1)
    #expect(PrefillTrend([]).runs.isEmpty)
  }

  @Test func runsComeBackInTheirOrderAsTheyWentIn() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/prefill-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let runs = [run("v2", 5), run("v1", 4), run("v1", 3)]
    let store = try HistoryStore(folder + "/h.sqlite", creating: true)
    for run in runs { try store.add(run) }
    #expect(try HistoryStore(folder + "/h.sqlite", creating: false).prefills() == runs)
    #expect(try store.runs().isEmpty)
  }
}
