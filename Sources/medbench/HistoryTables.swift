import Boundary
import Foundation
import History
import Reporting
import Scoring

/// A history on the terminal.
struct HistoryTables {
  var language: Language

  private var coloured: Bool { TerminalStyle.isColoured() }

  func rendered(_ history: HistoryCommand.Contents, of all: Int) -> String {
    guard !history.runs.isEmpty else {
      return word("기록된 실행이 없습니다.\n", "No run is recorded yet.\n")
    }
    var parts = [runs(history), trends(history.trends), baselines(history)]
    if all > history.runs.count {
      parts.insert(
        word(
          "(\(all)건 중 최근 \(history.runs.count)건)\n",
          "(the newest \(history.runs.count) of \(all) runs)\n"), at: 1)
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func runs(_ history: HistoryCommand.Contents) -> String {
    var table = TerminalTable([
      .left(word("실행", "Run")), .left(word("시작 (UTC)", "Started (UTC)")),
      .left(word("모델", "Model")), .left(word("열화", "Pages")), .left(word("채점기", "Scorer")),
      .left(word("판정", "Verdict")), .left(word("기준", "Baseline")),
    ])
    for run in history.runs {
      let names = history.baselines.filter { $0.value == run.name }.keys.sorted()
      table.add([
        StyledText(run.name.onOneLine), StyledText(run.startedAt.excerptOnOneLine),
        StyledText("\(run.engine) \(run.model) \(run.engineVersion)".excerptOnOneLine),
        StyledText("\(run.degradation), \(run.datasetHash.prefix(8))".excerptOnOneLine),
        StyledText(run.scorerVersion.excerptOnOneLine),
        StyledText(run.outcome.rawValue), StyledText(names.joined(separator: ", ").onOneLine),
      ])
    }
    return table.rendered(coloured: coloured)
  }

  private func trends(_ trends: Trends) -> String {
    var table = TerminalTable([
      .left(word("문서 유형", "Document type")), .right("DPI"), .left(word("지표", "Figure")),
      .right(word("실행", "Runs")), .right(word("처음", "First")), .right(word("최근", "Latest")),
      .left(word("추이", "Trend")),
    ])
    for trend in trends.trends {
      let values = trend.points.map(\.value)
      table.add([
        StyledText(trend.type.rawValue.onOneLine), StyledText("\(trend.dpi)"),
        StyledText(name(trend.figure)), StyledText("\(values.count)"),
        StyledText(text(values.first ?? nil, trend.figure)),
        StyledText(text(values.last ?? nil, trend.figure)), StyledText(Sparkline.of(values)),
      ])
    }
    guard trends.leftOut > 0 else { return table.rendered(coloured: coloured) }
    return table.rendered(coloured: coloured)
      + word(
        "다른 데이터셋, 열화 또는 채점기로 판정한 \(trends.leftOut)건은 추이에서 제외했습니다.\n",
        "\(trends.leftOut) of another dataset, degradation or scorer are left out of the trends.\n")
  }

  private func baselines(_ history: HistoryCommand.Contents) -> String {
    history.baselines.keys.sorted().map { name in
      "\(word("기준", "baseline")) \(name.onOneLine) → \(history.baselines[name]!.onOneLine)\n"
    }.joined()
  }

  private func name(_ figure: String) -> String {
    switch figure {
    case "cer": "CER"
    case "critical-errors": word("치명 오류 문서 (1,000건당)", "critical errors per 1,000")
    case "fields": word("필드 정확도", "field accuracy")
    case "latency": word("지연 (ms)", "latency (ms)")
    default: figure.onOneLine
    }
  }

  private func text(_ value: Double?, _ figure: String) -> String {
    guard let value else { return word("없음", "n/a") }
    switch figure {
    case "latency": return String(format: "%.0f", value)
    case "critical-errors": return String(format: "%.1f", value)
    default: return String(format: "%.4f", value)
    }
  }

  private func word(_ korean: String, _ english: String) -> String {
    language == .korean ? korean : english
  }
}
