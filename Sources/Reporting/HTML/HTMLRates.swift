import Pipeline
import Scoring

/// A group's figures with their bounds against their limits.
struct HTMLRates {
  var ratesName: String
  var ratesAnchor: String
  var ratesTone: String
  var ratesVerdict: String
  var ratesSize: String
  var rates: [Row]

  struct Row {
    var rateName: String
    var rateFigure: String
    var rateBounds: String
    var rateLimit: String
    var rateTone: String
    var rateMark: String
    var plot: DotWhisker?
    var rateNote: String?
  }

  init(
    _ group: GroupRecord, at index: Int, rates: [CheckedRate], record: RunRecord,
    language: Language
  ) {
    ratesName = language.name(of: group, in: record)
    ratesAnchor = HTMLGroup.anchor(index, language)
    ratesTone = group.verdict.outcome.tone
    ratesVerdict = language.mark(group.verdict.outcome)
    ratesSize = language(
      "문서 \(group.aggregates.documentCount)건", "\(group.aggregates.documentCount) documents")
    self.rates = rates.map { rate in
      Row(rate, group: group, record: record, language: language)
    }
  }
}

extension HTMLRates.Row {
  fileprivate init(
    _ rate: CheckedRate, group: GroupRecord, record: RunRecord, language: Language
  ) {
    var shown = rate.check
    shown.evidence = rate.evidence
    let figures = CheckFigures(shown, in: language)
    rateName = language.subject(of: rate.check, in: group, of: record)
    rateFigure = figures.figure
    rateBounds = figures.bounds?.replacing(" - ", with: " – ") ?? "–"
    rateLimit = rate.isJudged ? figures.limit : "–"
    rateTone = rate.isJudged ? rate.check.outcome.tone : "faint"
    rateMark = rate.isJudged ? language.mark(rate.check.outcome) : language.notJudged
    let label = "\(rateName) \(rateFigure), \(rateBounds), \(rateLimit): \(rateMark)"
    plot = DotWhisker(rate, label: label)
    rateNote =
      rate.check.outcome == .inconclusive ? rate.check.evidence.map(language.settled) : nil
  }
}

extension Language {
  var notJudged: String { self("판정 안 함", "not judged") }

  /// Under the plots.
  func howToRead(_ confidence: Double, decides: Bool) -> String {
    let percent = Figures.percent(confidence).replacing(".0%", with: "%")
    let reading = self(
      "가운데 선이 기준이고, 오른쪽으로 갈수록 나쁩니다. 점은 측정값, 가로줄은 \(percent) 한쪽 한계 두 개 사이입니다. ",
      "The line in the middle is the limit; further right is worse. The mark is the figure, the bar runs "
        + "from one \(percent) one-sided bound to the other. ")
    return reading
      + (decides
        ? self("판정은 한계로 합니다.", "The bounds decide.")
        : self(
          "판정은 측정값으로 하며, 가로줄은 참고용입니다.",
          "The figures decide; the bars say how sure they are."))
  }
}
