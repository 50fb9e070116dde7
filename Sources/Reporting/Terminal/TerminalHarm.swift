import DocProfiles
import Pipeline
import Scoring

/// What could hurt someone, on a terminal: the toll, the first critical errors, all of them counted.
struct TerminalHarm {
  private let record: RunRecord
  private let language: Language

  /// Critical errors in full; the HTML report has more.
  private static let shown = 8

  init(_ record: RunRecord, language: Language) {
    self.record = record
    self.language = language
  }

  /// Empty where a page was not looked at for harm.
  func rendered(coloured: Bool) -> String {
    guard let summary = HarmSummary(record.groups) else { return "" }
    let isBad = summary[.critical] > 0
    var text =
      StyledText(
        (isBad ? Severity.critical.sign + " " : "") + language.sentence(summary),
        isBad ? .bad : .plain
      ).rendered(coloured: coloured) + "\n"
    let shown = RunRecord.shownCriticalErrors(of: record.groups, Self.shown)
    for harm in shown { text += card(harm, coloured: coloured) }
    let all = summary[.critical] - summary.criticalOfUnread
    if all > shown.count {
      text +=
        "  "
        + StyledText(language.shown(shown.count, of: all), .faint)
        .rendered(coloured: coloured) + "\n"
    }
    return text + matrices(coloured: coloured)
  }

  private func card(_ harm: PlacedHarm, coloured: Bool) -> String {
    let group = record.groups[harm.group]
    let finding = harm.finding
    let place = [language.place(of: finding, in: group, of: record), harm.page, "\(group.dpi) DPI"]
      .compactMap(\.self).joined(separator: ", ")
    let truth = quoted(finding.truth) ?? language.notOnThePage
    let reading = quoted(finding.reading) ?? language.notRead
    let factor = Language.factor(finding.ratio).map { " (\($0))" } ?? ""
    let source = record.rule(finding.rule).map { " [\($0.source)]" } ?? ""
    let lines = [
      StyledText(language.name(finding.errorClass), .strong).rendered(coloured: coloured) + " - "
        + StyledText(place, .faint).rendered(coloured: coloured),
      "  " + StyledText(truth).rendered(coloured: coloured) + " -> "
        + StyledText(reading, .bad).rendered(coloured: coloured) + factor,
      "  "
        + StyledText(language.reason(finding, of: record) + source, .faint)
        .rendered(coloured: coloured),
    ]
    return lines.map { "  " + $0 + "\n" }.joined()
  }

  private func quoted(_ value: String?) -> String? {
    value.map { value in
      let line = String(value.map { $0.isNewline ? " " : $0 })
      return "\"\(line.count > 60 ? line.prefix(60) + "…" : line)\""
    }
  }

  /// A table a resolution, so that no line is wider than the document types.
  private func matrices(coloured: Bool) -> String {
    var dpis: [Int] = []
    for group in record.groups where !dpis.contains(group.dpi) { dpis.append(group.dpi) }
    return dpis.map { dpi in matrix(at: dpi) }.filter { !$0.rows.isEmpty }
      .map { "\n" + $0.rendered(coloured: coloured, indent: 2) }.joined()
  }

  private func matrix(at dpi: Int) -> TerminalTable {
    let groups = record.groups.filter { $0.dpi == dpi }
    var table = TerminalTable(
      [.left("\(language(.errorClass)), \(dpi) DPI")]
        + groups.map { .right(language.typeName($0.type, in: record)) } + [.right(language(.sum))])
    for row in ErrorMatrix(groups).rows {
      let style: TerminalStyle =
        row.severity == .critical ? .bad : row.severity == .major ? .caution : .plain
      let name =
        "\(row.severity.sign) \(language.name(row.severity)): \(language.name(row.errorClass))"
      table.add(
        [StyledText(name, style)] + row.counts.map { StyledText($0 == 0 ? "." : "\($0)") }
          + [StyledText("\(row.total)")])
    }
    return table
  }
}
