import DocProfiles
import OCRInference
import Pipeline
import Scoring

/// `pages.csv`: one row a page, for a spreadsheet (RFC 4180). No page text is in it; an absent
/// figure is an empty cell.
public struct PagesCSV {
  public var record: RunRecord

  public init(_ record: RunRecord) {
    self.record = record
  }

  public func rendered() -> String {
    var lines = [Self.columns.map(\.title)]
    for group in record.groups {
      for document in group.documents {
        for page in document.pages {
          let row = Row(group: group, document: document, page: page)
          lines.append(Self.columns.map { $0.cell(row) })
        }
      }
    }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private struct Row {
    var group: GroupRecord
    var document: DocumentRecord
    var page: PageRecord
    var score: PageScore { page.score }
    var timing: PageTiming { page.transcript.timing }

    /// nil where nobody looked.
    func harms(_ severity: Severity) -> Int? {
      score.harms?.count { $0.severity == severity }
    }
  }

  private struct Column: Sendable {
    var title: String
    var cell: @Sendable (Row) -> String

    static func text(_ title: String, _ value: @escaping @Sendable (Row) -> String?) -> Column {
      Column(title: title) { PagesCSV.quoted(value($0) ?? "") }
    }
    static func count(_ title: String, _ value: @escaping @Sendable (Row) -> Int?) -> Column {
      Column(title: title) { row in value(row).map { "\($0)" } ?? "" }
    }
    static func number(_ title: String, _ value: @escaping @Sendable (Row) -> Double?) -> Column {
      Column(title: title) { row in value(row).map { "\($0)" } ?? "" }
    }
  }

  private static let columns: [Column] = [
    .text("page") { $0.page.id },
    .text("document") { $0.document.id },
    .text("type") { $0.group.type.rawValue },
    .count("dpi") { $0.group.dpi },
    .text("outcome") { $0.page.transcript.outcome.status.rawValue },
    .text("detail") { $0.page.transcript.outcome.detail },
    .count("critical_errors") { $0.harms(.critical) },
    .count("major_errors") { $0.harms(.major) },
    .count("minor_errors") { $0.harms(.minor) },
    .count("characters") { $0.score.characters.referenceCount },
    .count("errors") { $0.score.characters.errors },
    .number("cer") { $0.score.characters.rate },
    .number("bounded_cer") { $0.score.characters.boundedRate },
    .number("wer") { $0.score.words.rate },
    .number("clinical_wer") { $0.score.clinicalWords.rate },
    .count("fields_correct") { $0.score.fields.count { $0.judgement == .correct } },
    .count("fields_possible") { $0.score.fields.count { $0.judgement != .spurious } },
    .count("fields_spurious") { $0.score.fields.count { $0.judgement == .spurious } },
    .text("blank_page") { $0.score.blank.map { $0.passed ? "passed" : "failed" } },
    .number("ttft_ms") { $0.timing.ttft },
    .number("e2e_ms") { $0.timing.endToEnd },
    .number("tpot_ms") { $0.timing.tpot },
    .count("output_tokens") { $0.timing.outputTokens },
    .number("preparation_ms") { $0.page.preparation },
    .count("width") { $0.page.width },
    .count("height") { $0.page.height },
    .count("image_tokens") { $0.page.imageTokens },
    .text("upsampled") { $0.page.upsampled ? "yes" : "no" },
    .number("mean_confidence") { $0.page.transcript.confidences?.mean },
    .count("low_confidence") { $0.page.transcript.confidences?.lowCount },
  ]

  /// Quoted where RFC 4180 asks for it. Text that a spreadsheet would run as a formula gets an
  /// apostrophe before it.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    var cell = text
    if let first = scalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) { cell = "'" + text }
    guard scalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "\""
  }
}
