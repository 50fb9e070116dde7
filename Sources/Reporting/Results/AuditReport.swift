import Boundary
import Foundation
import Pipeline

/// The judge's own test: kinds of plants with what became of them, and examples of what went wrong.
public struct AuditReport {
  public var record: AuditRecord
  public var coloured: Bool

  public init(_ record: AuditRecord, coloured: Bool = false) {
    self.record = record
    self.coloured = coloured
  }

  public func rendered() -> String {
    [table, mistakes, summary].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var table: String {
    var table = TerminalTable([
      .left("Plants"), .left("Kind"), .right("Planted"), .right("Right"), .right("Missed"),
      .right("Wrong class"), .right("Wrong severity"), .right("False alarm"), .left("Example"),
    ])
    for row in record.rows {
      let isRight = row.right == row.planted
      table.add([
        StyledText(row.sort.rawValue), StyledText(row.kind), "\(row.planted)",
        StyledText("\(row.right)", isRight ? .good : .bad), count(row.missed),
        count(row.wrongClass), count(row.wrongSeverity), count(row.falseAlarms),
        StyledText(row.examples.first(where: \.isRight).map(Self.edits) ?? ""),
      ])
    }
    return table.rendered(coloured: coloured)
  }

  private func count(_ number: Int) -> StyledText {
    number == 0 ? "0" : StyledText("\(number)", .bad)
  }

  /// What was judged wrongly, a line each.
  private var mistakes: String {
    var lines = ""
    for row in record.rows {
      for example in row.examples where !example.isRight {
        let expected = example.expected.isEmpty ? ["nothing"] : example.expected
        let found = example.found.isEmpty ? ["nothing"] : example.found
        lines +=
          "\(example.page) \(row.kind), \(example.recipe): \(Self.edits(example)); "
          + "expected \(expected.joined(separator: ", ")), "
          + "found \(found.joined(separator: ", "))\n"
      }
    }
    return lines
  }

  private var summary: String {
    let wrong = record.rows.reduce(0) { $0 + $1.planted - $1.right }
    let verdict =
      wrong == 0
      ? StyledText("every plant was judged as it ought to be", .good)
      : StyledText("\(wrong) were judged wrongly", .bad)
    return "\(record.plants) plants on \(record.pages) pages: "
      + verdict.rendered(coloured: coloured) + "\n"
  }

  /// `5 mg → 50 mg`, of at most two edits and a line's length.
  private static func edits(_ example: AuditExample) -> String {
    var shown = zip(example.truth, example.reading).prefix(2).map { truth, reading in
      "\(shortened(truth)) → \(shortened(reading))"
    }
    if shown.isEmpty { shown = [example.recipe] }
    if example.truth.count > 2 { shown.append("…") }
    return shown.joined(separator: ", ")
  }

  private static func shortened(_ text: String) -> String {
    if text.isEmpty { return "(nothing)" }
    let line = text.onOneLine
    return line.count > 28 ? line.prefix(27) + "…" : line
  }

  /// - Throws: `FileWriteError`.
  public func writeJSON(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(record)
    data.append(0x0A)
    try AtomicFile.write(data, to: path)
  }
}
