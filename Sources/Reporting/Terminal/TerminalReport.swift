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
    var sections = [
      verdict, runLine, reasons,
      TerminalHarm(record, language: language).rendered(coloured: coloured),
      tables.overview.rendered(coloured: coloured),
    ].filter { !$0.isEmpty }
    sections += record.groups.map(details)
    if let probes = ProbesRecord(record) {
      sections.append(
        ProbesReport(probes, language: language, coloured: coloured).section)
    }
    sections.append(verdict)
    return sections.joined(separator: "\n")
  }

  private var tables: ReportTables { ReportTables(record: record, language: language) }

  // MARK: The verdict

  private var verdict: String {
    let mark = StyledText(language.verdict(record.outcome), record.outcome.style)
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
    let table = tables.reasons
    guard !table.rows.isEmpty else { return "" }
    let title: Term = record.outcome == .inconclusive ? .whyInconclusive : .whyFailed
    return styled(language(title), .strong) + "\n"
      + table.rendered(coloured: coloured, indent: 2)
  }

  // MARK: One group in full

  private func details(_ group: GroupRecord) -> String {
    let outcome = group.verdict.outcome
    let head =
      styled("[\(language.name(of: group, in: record))]", .strong) + " "
      + StyledText(language.verdict(outcome), outcome.style).rendered(coloured: coloured)
    let aggregates = group.aggregates
    let body = [
      tables.checks(of: group), tables.fields(of: group), tables.rates(of: aggregates),
      tables.times(of: aggregates),
    ].filter { !$0.rows.isEmpty }
      .map { $0.rendered(coloured: coloured, indent: 2) }.joined(separator: "\n")
    return head + "\n" + body + "\n" + footnotes(group)
  }

  private func footnotes(_ group: GroupRecord) -> String {
    let size = language.sizes(of: group.aggregates).joined(separator: " | ")
    let codes = group.diagnosisCodes.map(language.codes)
    let confidence = ConfidenceSummary(group.confidentReadings).map(language.sentence)
    let notes = [codes, confidence, size, language(.percentileRule)].compactMap(\.self).map {
      "  " + styled($0, .faint) + "\n"
    }
    let warnings = group.verdict.warnings.map { warning in
      "  " + styled("! ", .caution) + language.sentence(warning, in: group, of: record) + "\n"
    }
    return (notes + warnings).joined()
  }

  private func styled(_ text: String, _ style: TerminalStyle) -> String {
    StyledText(text, style).rendered(coloured: coloured)
  }
}
