import Pipeline
import Scoring

/// The tables of a report; the terminal and the HTML page show the same ones.
struct ReportTables {
  var record: RunRecord
  var language: Language

  /// A line a check that does not pass, under the name of its group.
  var reasons: TerminalTable {
    var table = TerminalTable([.left(""), .left("")])
    for group in record.groups {
      for (index, check) in group.verdict.checks.filter({ !$0.passed }).enumerated() {
        table.add([
          StyledText(index == 0 ? language.name(of: group, in: record) : "", .strong),
          StyledText(language.failure(of: check, in: group, of: record)),
        ])
      }
    }
    return table
  }

  /// A line a group.
  var overview: TerminalTable {
    var table = TerminalTable([
      .left(language(.documentType)), .right("DPI"), .right(language(.documents)),
      .right("CER"), .right("WER"), .right(language(.meanLatency)), .right(language(.throughput)),
      .left("CER SLA"), .left(language(.fieldSLA)), .left(language(.speedSLA)),
      .left(language(.verdict)),
    ])
    for group in record.groups {
      let aggregates = group.aggregates
      table.add([
        StyledText(language.typeName(group.type, in: record)), "\(group.dpi)",
        "\(aggregates.documentCount)", StyledText(Figures.rate(group.figure(of: .cer))),
        StyledText(Figures.rate(aggregates.wer?.macro)),
        StyledText(Figures.milliseconds(aggregates.latency?.mean)),
        StyledText(language.throughput(aggregates.documentsPerMinute)),
        mark(group.checks(on: \.isCER)), mark(group.checks(on: \.isField)),
        mark(group.checks(on: \.isLatency)), mark([group.verdict.outcome]),
      ])
    }
    return table
  }

  /// CER, latency and blank pages; the fields have a table of their own.
  func checks(of group: GroupRecord) -> TerminalTable {
    let bounds = BoundsColumn(group.verdict.checks, language: language)
    var table = TerminalTable(
      [
        .left(language(.check)), .right(language(.figure)), .right(language(.limit)),
        .right(language(.margin)),
      ] + bounds.head + [.left(language(.verdict))])
    for check in group.verdict.checks where !check.subject.isField {
      let figures = CheckFigures(check, in: language)
      table.add(
        [
          StyledText(language.subject(of: check, in: group, of: record)),
          StyledText(figures.figure), StyledText(figures.limit), StyledText(figures.margin),
        ] + bounds.cell(figures) + [mark([check.outcome])])
    }
    return table
  }

  func fields(of group: GroupRecord) -> TerminalTable {
    let bounds = BoundsColumn(group.verdict.checks, language: language)
    var table = TerminalTable(
      [
        .left(language(.field)), .right(language(.accuracy)), .right(language(.limit)),
        .right(language(.margin)),
      ] + bounds.head + FieldJudgement.allCases.map { .right($0.rawValue) } + [
        .right(language(.precision)), .right(language(.recall)), .right(language(.f1)),
        .left(language(.status)), .left(language(.verdict)),
      ])
    for row in FieldRow.rows(of: group) {
      let figures = row.check.map { CheckFigures($0, in: language) }
      table.add(
        [
          StyledText(language.fieldName(row.name, of: group.type, in: record)),
          StyledText(figures?.figure ?? Figures.percent(row.tally?.accuracy)),
          StyledText(figures?.limit ?? Figures.absent),
          StyledText(figures?.margin ?? Figures.absent),
        ] + bounds.cell(figures) + FieldJudgement.allCases.map { StyledText(row.count($0)) } + [
          StyledText(Figures.share(row.tally?.precision)),
          StyledText(Figures.share(row.tally?.recall)), StyledText(Figures.share(row.tally?.f1)),
          mark(row.status), mark(row.check.map { [$0.outcome] } ?? []),
        ])
    }
    return table
  }

  func rates(of aggregates: GroupAggregates) -> TerminalTable {
    var table = TerminalTable([
      .left(language(.textAccuracy)), .right(language(.micro)), .right(language(.macro)),
      .right(language(.worst)), .right(language(.count)),
    ])
    for (term, rate) in aggregates.rates {
      table.add([
        StyledText(language(term)), StyledText(Figures.rate(rate?.micro)),
        StyledText(Figures.rate(rate?.macro)), StyledText(Figures.rate(rate?.worst)),
        StyledText(rate.map { "\($0.count)" } ?? Figures.absent),
      ])
    }
    return table
  }

  func times(of aggregates: GroupAggregates) -> TerminalTable {
    var table = TerminalTable([
      .left(language(.time)), .right(language(.mean)), .right("P50"), .right("P95"), .right("P99"),
      .right(language(.maximum)), .right(language(.tailRatio)), .right(language(.count)),
    ])
    for (term, times) in aggregates.times {
      table.add(
        [StyledText(language(term))]
          + [times?.mean, times?.p50, times?.p95, times?.p99, times?.maximum]
          .map { StyledText(Figures.milliseconds($0)) } + [
            StyledText(Figures.ratio(times?.tailRatio)),
            StyledText(times.map { "\($0.count)" } ?? Figures.absent),
          ])
    }
    return table
  }

  /// PASS where there is something and all of it passes.
  private func mark(_ outcomes: [Outcome]) -> StyledText {
    if outcomes.isEmpty { return StyledText(Figures.absent, .faint) }
    let all = Outcome(all: outcomes)
    return StyledText(language.mark(all), all.style)
  }

  private func mark(_ status: FieldStatus?) -> StyledText {
    switch status {
    case .ok: StyledText("OK", .good)
    case .warn: StyledText("WARN", .caution)
    case .fail: StyledText("FAIL", .bad)
    case nil: StyledText(Figures.absent, .faint)
    }
  }
}

/// The column of bounds, which only a verdict by bounds has.
private struct BoundsColumn {
  var head: [TerminalTable.Column]

  init(_ checks: [Check], language: Language) {
    guard let evidence = checks.compactMap(\.evidence).first else {
      head = []
      return
    }
    head = [.right(language.bounds(evidence.confidence))]
  }

  func cell(_ figures: CheckFigures?) -> [StyledText] {
    head.isEmpty ? [] : [StyledText(figures?.bounds ?? Figures.absent)]
  }
}

extension Outcome {
  var style: TerminalStyle {
    switch self {
    case .pass: .good
    case .fail: .bad
    case .inconclusive: .caution
    }
  }
}
