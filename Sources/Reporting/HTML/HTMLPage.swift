import Pipeline
import Scoring

/// What `page.mustache` shows: the report in one language. Templates find properties by name, so these
/// are all stored and hold text that is ready but for escaping.
struct HTMLPage {
  var lang: String
  var term: [String: String]
  var title: String
  /// `good`, `bad` or `caution`.
  var tone: String
  var verdict: String
  var verdictWord: String?
  var reason: String
  /// Said of a report that hides whom it is about.
  var redaction: String?
  var facts: [Fact]
  var reasons: [FailedGroup]
  var harm: HTMLHarm
  var criticalTitle: String
  var hasRates: Bool
  var rateGroups: [HTMLRates]
  var ratesTitle: String
  var ratesNote: String
  var overview: HTMLTable
  var groups: [HTMLGroup]
  /// nil where none were run.
  var probes: HTMLProbes?
  var configuration: [Fact]
  var environment: [Fact]

  struct Fact {
    var name: String
    var value: String
  }

  struct FailedGroup {
    var name: String
    var anchor: String
    var failures: [String]
  }

  /// - Parameters:
  ///   - rates: of each group.
  ///   - directory: the results directory's `pictures`; nil for a report without.
  init(
    record: RunRecord, language: Language, pictures: PagePictures, rates: [[CheckedRate]],
    directory: String? = nil
  ) {
    let tables = ReportTables(record: record, language: language)
    lang = language.rawValue
    term = Dictionary(uniqueKeysWithValues: Term.allCases.map { ($0.rawValue, language($0)) })
    tone = record.outcome.tone
    verdict = language.mark(record.outcome)
    verdictWord = language == .korean ? language.word(record.outcome) : nil
    title = "\(verdict) · \(language(.title))"
    reason = language.reason(for: record)
    let facts = RunFacts(record: record, language: language)
    self.facts = facts.summary
    configuration = facts.configuration
    environment = facts.environment
    reasons = record.groups.enumerated().compactMap { index, group in
      let failed = group.verdict.checks.filter { !$0.passed }
      guard !failed.isEmpty else { return nil }
      return FailedGroup(
        name: language.name(of: group, in: record), anchor: HTMLGroup.anchor(index, language),
        failures: failed.map { language.failure(of: $0, in: group, of: record) })
    }
    overview = HTMLTable(
      tables.overview, caption: language(.groups),
      anchors: record.groups.indices.map { HTMLGroup.anchor($0, language) })
    redaction = record.configuration.redacted == true ? language.redacted : nil
    harm = HTMLHarm(record: record, language: language, pictures: pictures)
    criticalTitle = language("환자에게 해가 될 수 있는 오류", "Errors that could hurt a patient")
    rateGroups = zip(record.groups, rates).enumerated().map { index, pair in
      HTMLRates(pair.0, at: index, rates: pair.1, record: record, language: language)
    }
    hasRates = !rateGroups.isEmpty
    ratesTitle = language("기준과 견준 측정값", "Figures against their limits")
    ratesNote = language.howToRead(
      record.configuration.confidence ?? CheckedRate.shownConfidence,
      decides: record.groups.contains { $0.verdict.checks.contains { $0.evidence != nil } })
    probes = HTMLProbes(
      record.probes, profiles: record.configuration.profiles, language: language,
      pictures: directory)
    groups = record.groups.enumerated().map { index, group in
      HTMLGroup(group, at: index, record: record, language: language, pictures: pictures)
    }
  }
}

/// One (type, DPI).
struct HTMLGroup {
  var anchor: String
  var name: String
  var tone: String
  var verdict: String
  var verdictWord: String?
  var size: String
  var warnings: [String]
  var checks: HTMLTable
  var fields: HTMLTable?
  var rates: HTMLTable
  var times: HTMLTable
  var codes: String?
  var note: String
  var histogram: LatencyHistogram?
  var histogramLabel: String
  var hasWorst: Bool
  var worst: [HTMLWorstPage]
  /// nil where the engine gives none.
  var confidence: HTMLConfidence?
  var failed: [FailedPage]
  /// How many more there are, where not all are listed.
  var failedRest: String?

  struct FailedPage {
    var id: String
    var outcome: String
    var diagnostics: String?
  }

  /// At most this many pages that were not read are listed in full.
  static let failedPagesShown = 20
  /// Characters of standard error.
  static let diagnosticsShown = 4000

  /// `ko-group-1`: both languages stand in one file.
  static func anchor(_ index: Int, _ language: Language) -> String {
    "\(language.rawValue)-group-\(index + 1)"
  }

  init(
    _ group: GroupRecord, at index: Int, record: RunRecord, language: Language,
    pictures: PagePictures
  ) {
    let tables = ReportTables(record: record, language: language)
    let aggregates = group.aggregates
    let anchor = Self.anchor(index, language)
    self.anchor = anchor
    name = language.name(of: group, in: record)
    tone = group.verdict.outcome.tone
    verdict = language.mark(group.verdict.outcome)
    verdictWord = language == .korean ? language.word(group.verdict.outcome) : nil
    size = language(
      "문서 \(aggregates.documentCount)건, \(aggregates.pageCount)쪽",
      "\(aggregates.documentCount) documents, \(aggregates.pageCount) pages")
    warnings = group.verdict.warnings.map { language.sentence($0, in: group, of: record) }
    checks = HTMLTable(tables.checks(of: group), caption: language(.slaChecks))
    let fieldTable = tables.fields(of: group)
    fields =
      fieldTable.rows.isEmpty
      ? nil : HTMLTable(fieldTable, caption: language(.criticalFields))
    rates = HTMLTable(
      tables.rates(of: aggregates), caption: language(.textAccuracy), firstHead: language(.measure))
    times = HTMLTable(
      tables.times(of: aggregates), caption: language(.time), firstHead: language(.measure))
    codes = group.diagnosisCodes.map(language.codes)
    note = language.sizes(of: aggregates).joined(separator: " · ")
    let limit = group.verdict.checks.first { $0.subject == .latency }?.limit
    histogram = aggregates.latency.flatMap { summary in
      LatencyHistogram(
        group.documentLatencies(timeout: record.configuration.timeout), summary: summary,
        limit: limit)
    }
    histogramLabel = language.histogram(aggregates.latency, limit: limit)
    let shown = group.worstPages().enumerated().map { rank, page in
      (page, rank + 1, "\(anchor)-page-\(rank + 1)")
    }
    worst = shown.map { page, rank, anchor in
      HTMLWorstPage(
        page, rank: rank, anchor: anchor, group: group, record: record, language: language,
        pictures: pictures)
    }
    confidence = HTMLConfidence(
      group, anchors: Dictionary(uniqueKeysWithValues: shown.map { ($0.0.id, $0.2) }),
      language: language)
    let rest = group.failedPages.count - Self.failedPagesShown
    failedRest = rest > 0 ? language.otherPages(rest) : nil
    hasWorst = !worst.isEmpty
    failed = group.failedPages.prefix(Self.failedPagesShown).map { page in
      let outcome = page.transcript.outcome
      let tail = outcome.diagnostics?.suffix(Self.diagnosticsShown) ?? ""
      let diagnostics = tail.isEmpty ? nil : String(tail)
      return FailedPage(
        id: page.id, outcome: language.outcome(outcome), diagnostics: diagnostics)
    }
  }
}

/// A table in HTML: the terminal's, with a true minus sign.
struct HTMLTable {
  struct Head {
    var text: String
    var alignment: String
  }
  struct Cell {
    var text: String
    var alignment: String
    var style: String
  }
  struct Row {
    var head: Cell
    /// Anchor of the group that the row is about. (A name no enclosing context has: where a value
    /// is nil, Mustache looks for the name further out.)
    var link: String?
    var cells: [Cell]
  }

  var caption: String
  var heads: [Head]
  var rows: [Row]

  init(
    _ table: TerminalTable, caption: String, firstHead: String? = nil, anchors: [String] = []
  ) {
    self.caption = caption
    heads = table.columns.map { Head(text: $0.title, alignment: Self.name($0.alignment)) }
    if let firstHead { heads[0].text = firstHead }
    rows = table.rows.enumerated().map { index, row in
      let cells = zip(row, table.columns).map { cell, column in
        Cell(
          text: Self.typeset(cell.text), alignment: Self.name(column.alignment),
          style: Self.name(cell.style))
      }
      return Row(
        head: cells[0], link: index < anchors.count ? anchors[index] : nil,
        cells: Array(cells.dropFirst()))
    }
  }

  private static func typeset(_ text: String) -> String {
    text.hasPrefix("-") && text.dropFirst().first?.isNumber == true ? "−" + text.dropFirst() : text
  }

  private static func name(_ alignment: TerminalTable.Column.Alignment) -> String {
    alignment == .right ? "number" : "text"
  }

  private static func name(_ style: TerminalStyle) -> String {
    switch style {
    case .plain: "plain"
    case .strong: "strong"
    case .faint: "faint"
    case .good: "good"
    case .caution: "caution"
    case .bad: "bad"
    }
  }
}

extension Outcome {
  /// The class that colours it.
  var tone: String {
    switch self {
    case .pass: "good"
    case .fail: "bad"
    case .inconclusive: "caution"
    }
  }
}
