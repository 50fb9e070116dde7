import OCRInference
import Pipeline
import Scoring

/// A run on a terminal: the verdict and its reasons, a line a group, then each group in full and
/// the verdict once more where the eye rests after scrolling.
public struct TerminalReport {
  public var record: RunRecord
  public var language: Language
  public var coloured: Bool

  public init(_ record: RunRecord, language: Language, coloured: Bool = false) {
    self.record = record
    self.language = language
    self.coloured = coloured
  }

  public func rendered() -> String {
    var sections = [verdict, runLine, reasons, overview].filter { !$0.isEmpty }
    sections += record.groups.map(details)
    sections.append(verdict)
    return sections.joined(separator: "\n")
  }

  // MARK: The verdict

  private var verdict: String {
    let mark = StyledText(language.verdict(record.passed), record.passed ? .good : .bad)
    return "\(styled(language(.overall), .strong)): \(mark.rendered(coloured: coloured)) - "
      + language.reason(for: record) + "\n"
  }

  private var runLine: String {
    let engine = record.engine
    let configuration = record.configuration
    return [
      "medbench \(record.medbenchVersion)",
      "\(engine.engine) \(engine.version) (\(engine.model))",
      "\(configuration.dataset) (\(configuration.degradation), seed \(configuration.seed))",
      record.startedAt,
    ].map { styled($0, .faint) }.joined(separator: styled(" | ", .faint)) + "\n"
  }

  private var reasons: String {
    var table = TerminalTable([.left(""), .left("")])
    for group in record.groups {
      for (index, check) in group.verdict.checks.filter({ !$0.passed }).enumerated() {
        table.add([
          StyledText(index == 0 ? language.name(of: group, in: record) : "", .strong),
          StyledText(language.failure(of: check, in: group, of: record)),
        ])
      }
    }
    guard !table.rows.isEmpty else { return "" }
    return styled(language(.whyFailed), .strong) + "\n"
      + table.rendered(coloured: coloured, indent: 2)
  }

  // MARK: A line a group

  private var overview: String {
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
        "\(aggregates.documentCount)", StyledText(Figures.rate(figure(.cer, of: group))),
        StyledText(Figures.rate(aggregates.wer?.macro)),
        StyledText(Figures.milliseconds(aggregates.latency?.mean)),
        StyledText(language.throughput(aggregates.documentsPerMinute)),
        mark(group.checks(on: \.isCER)), mark(group.checks(on: \.isField)),
        mark(group.checks(on: \.isLatency)), mark([group.verdict.passed]),
      ])
    }
    return table.rendered(coloured: coloured)
  }

  private func figure(_ subject: Check.Subject, of group: GroupRecord) -> Double? {
    group.verdict.checks.first { $0.subject == subject }?.figure
  }

  /// PASS where there is something and all of it passes.
  private func mark(_ passed: [Bool]) -> StyledText {
    if passed.isEmpty { return StyledText(Figures.absent, .faint) }
    let all = passed.allSatisfy { $0 }
    return StyledText(language.mark(all), all ? .good : .bad)
  }

  // MARK: One group in full

  private func details(_ group: GroupRecord) -> String {
    let passed = group.verdict.passed
    let head =
      styled("[\(language.name(of: group, in: record))]", .strong) + " "
      + StyledText(language.verdict(passed), passed ? .good : .bad).rendered(coloured: coloured)
    let tables = [
      slaTable(group), fieldTable(group), rateTable(group.aggregates), timeTable(group.aggregates),
    ]
    let body = tables.filter { !$0.rows.isEmpty }
      .map { $0.rendered(coloured: coloured, indent: 2) }.joined(separator: "\n")
    return head + "\n" + body + "\n" + footnotes(group)
  }

  private func slaTable(_ group: GroupRecord) -> TerminalTable {
    var table = TerminalTable([
      .left(language(.check)), .right(language(.figure)), .right(language(.limit)),
      .right(language(.margin)), .left(language(.verdict)),
    ])
    for check in group.verdict.checks where !check.subject.isField {
      let figures = CheckFigures(check, in: language)
      table.add([
        StyledText(language.subject(of: check, in: group, of: record)), StyledText(figures.figure),
        StyledText(figures.limit), StyledText(figures.margin), mark([check.passed]),
      ])
    }
    return table
  }

  private func fieldTable(_ group: GroupRecord) -> TerminalTable {
    var table = TerminalTable(
      [
        .left(language(.field)), .right(language(.accuracy)), .right(language(.limit)),
        .right(language(.margin)),
      ] + FieldJudgement.allCases.map { .right($0.rawValue) } + [
        .right(language(.precision)), .right(language(.recall)), .right("F1"),
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
        ] + FieldJudgement.allCases.map { StyledText(row.count($0)) } + [
          StyledText(Figures.share(row.tally?.precision)),
          StyledText(Figures.share(row.tally?.recall)), StyledText(Figures.share(row.tally?.f1)),
          statusMark(row.status), mark(row.check.map { [$0.passed] } ?? []),
        ])
    }
    return table
  }

  private func statusMark(_ status: FieldStatus?) -> StyledText {
    switch status {
    case .ok: StyledText("OK", .good)
    case .warn: StyledText("WARN", .caution)
    case .fail: StyledText("FAIL", .bad)
    case nil: StyledText(Figures.absent, .faint)
    }
  }

  private func rateTable(_ aggregates: GroupAggregates) -> TerminalTable {
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

  private func timeTable(_ aggregates: GroupAggregates) -> TerminalTable {
    var table = TerminalTable([
      .left(language(.time)), .right(language(.mean)), .right("P50"), .right("P95"), .right("P99"),
      .right(language(.maximum)), .right("P99/P50"), .right(language(.count)),
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

  private func footnotes(_ group: GroupRecord) -> String {
    let aggregates = group.aggregates
    let size = [
      "\(language(.throughput)) \(language.throughput(aggregates.documentsPerMinute))",
      "\(language(.peakMemory)) \(Figures.bytes(aggregates.peakMemoryBytes))",
      "\(language(.peakChildMemory)) \(Figures.bytes(aggregates.peakChildMemoryBytes))",
      "\(language(.imageTokens)) \(Figures.fixed(aggregates.meanImageTokens, 0))",
    ].joined(separator: " | ")
    let notes = [size, language(.percentileRule)].map { "  " + styled($0, .faint) + "\n" }
    let warnings = group.verdict.warnings.map { warning in
      "  " + styled("! ", .caution) + language.sentence(warning, in: group, of: record) + "\n"
    }
    return (notes + warnings).joined()
  }

  private func styled(_ text: String, _ style: TerminalStyle) -> String {
    StyledText(text, style).rendered(coloured: coloured)
  }
}
