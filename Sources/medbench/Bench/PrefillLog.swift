import Benchmarking
import Boundary
import Foundation
import History
import Pipeline
import Reporting

/// Where labelled runs of `medbench bench prefill` are kept.
struct PrefillLog {
  let label: String
  private let store: HistoryStore

  /// Opens the history, or begins one: before anything is measured.
  init(label: String, history: String) throws {
    self.label = label
    let folder = URL(filePath: history).deletingLastPathComponent().path
    try OutputCheck.directory(folder, flag: "--history")
    store = try HistoryStore(history, creating: true)
  }

  /// Records a whole run and gives the trend it is the newest of; a partial run is not recorded.
  func record(_ results: PrefillResults) throws -> String {
    guard !results.isPartial, let run = results.runs.first,
      let millisecondsPerToken = run.millisecondsPerToken
    else { return "\nStopped early: not recorded as \(label).\n" }
    try store.add(
      RecordedPrefill(
        label: label, recordedAt: Date.now.formatted(.iso8601),
        medbenchVersion: Run.medbenchVersion, model: run.model,
        weightType: run.weightType.rawValue, cacheType: run.cacheType.rawValue,
        instructionSet: results.instructionSet, threads: run.threads,
        promptTokens: run.settings.promptTokens, context: run.settings.context,
        batch: run.settings.batch, microBatch: run.settings.microBatch,
        mergesSmallTail: run.settings.mergesSmallTail, repeats: run.repeats,
        millisecondsPerToken: millisecondsPerToken))
    return "\n" + PrefillTrendTable(PrefillTrend(try store.prefills())).text()
  }
}

/// The labels with their speeds, and how much of the first one's time each saves.
struct PrefillTrendTable {
  let trend: PrefillTrend

  init(_ trend: PrefillTrend) { self.trend = trend }

  func text() -> String {
    var table = TerminalTable([
      .left("Label"), .left("Recorded (UTC)"), .left("Settings"), .right("ms/token"),
      .right("tokens/s"), .right("Saved against the first"),
    ])
    for (index, run) in trend.runs.enumerated() {
      table.add([
        StyledText(run.label.excerptOnOneLine), StyledText(run.recordedAt.excerptOnOneLine),
        StyledText(settings(of: run)), StyledText(String(format: "%.4g", run.millisecondsPerToken)),
        StyledText(String(format: "%.4g", run.tokensPerSecond)),
        StyledText(
          index == 0 ? "first" : String(format: "%+.1f %%", 100 * trend.change(of: run))),
      ])
    }
    let left =
      trend.leftOut > 0
      ? "\(trend.leftOut) of another model or prompt length are left out.\n" : ""
    return "Prompt evaluation of \(trend.runs.last?.model.excerptOnOneLine ?? "")\n"
      + table.rendered(coloured: TerminalStyle.isColoured()) + left
  }

  private func settings(of run: RecordedPrefill) -> String {
    "\(run.weightType), cache \(run.cacheType), \(run.threads) threads, n_batch \(run.batch), "
      + "n_ubatch \(run.microBatch)" + (run.mergesSmallTail ? ", tail merged" : "")
  }
}
