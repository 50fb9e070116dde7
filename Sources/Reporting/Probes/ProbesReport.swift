import Foundation
import Pipeline
import Scoring

/// Probes on a terminal.
public struct ProbesReport {
  public var record: ProbesRecord
  public var language: Language
  public var coloured: Bool

  public init(_ record: ProbesRecord, language: Language, coloured: Bool = false) {
    self.record = record
    self.language = language
    self.coloured = coloured
  }

  public func rendered() -> String {
    [verdict, section].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Without the verdict: the part that a run's report takes.
  public var section: String {
    let title = StyledText(language.probesTitle, .strong).rendered(coloured: coloured) + "\n"
    let memory = tables.memory.map {
      StyledText("! " + $0, .bad).rendered(coloured: coloured) + "\n"
    }.joined()
    let notes = tables.notes.map {
      "  " + StyledText($0, .faint).rendered(coloured: coloured) + "\n"
    }.joined()
    return title + tables.rates.rendered(coloured: coloured, indent: 2) + memory + notes + places
  }

  private var tables: ProbeTables {
    ProbeTables(
      probes: record.probes, profiles: record.configuration.profiles, language: language)
  }

  private var verdict: String {
    guard !record.verdicts.isEmpty else { return "" }
    let mark = StyledText(language.verdict(record.outcome), record.outcome.style)
    return "\(language(.overall)): \(mark.rendered(coloured: coloured))\n"
      + tables.checks(record.verdicts).rendered(coloured: coloured, indent: 2)
  }

  /// One place of each kind that went wrong.
  private var places: String {
    var table = TerminalTable([
      .left(language("탐침", "Probe")), .left(language(.page)), .left(language(.field)),
      .left(language("원래 값", "Before")), .left(language("쪽에 있는 값", "On the page")),
      .left(language(.reading)), .left(""),
    ])
    for probe in record.probes {
      for place in probe.worst.prefix(2) {
        table.add([
          StyledText(language.name(of: probe.kind)),
          StyledText("\(place.document)/\(place.page) \(probe.dpi)"),
          StyledText(place.field.map { $0 + (place.row.map { " \($0)" } ?? "") } ?? "-"),
          StyledText(short(place.original)), StyledText(short(place.truth)),
          StyledText(short(place.reading)),
          StyledText(language.name(of: place.result, probe.kind)),
        ])
      }
    }
    guard !table.rows.isEmpty else { return "" }
    return "\n" + table.rendered(coloured: coloured, indent: 2)
  }

  private func short(_ text: String?) -> String {
    guard let text else { return "-" }
    let line = text.replacing("\n", with: " ")
    return line.count > 24 ? line.prefix(23) + "…" : line
  }
}
