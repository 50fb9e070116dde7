/// Rows of text in aligned columns, wide Hangul included.
///
///     var table = TerminalTable([.left("유형"), .right("CER")])
///     table.add(["처방전", "0.0042"])
///     print(table.rendered(coloured: TerminalStyle.isColoured()))
public struct TerminalTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public enum Alignment: Sendable, Hashable { case left, right }

    public var title: String
    public var alignment: Alignment

    public static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    public static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  public var columns: [Column]
  public private(set) var rows: [[StyledText]] = []
  /// Columns of blank between two columns of text.
  public var gap = 2

  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// A row may be shorter than the columns; the rest stays blank.
  public mutating func add(_ cells: [StyledText]) {
    precondition(
      cells.count <= columns.count, "a row of \(cells.count) in \(columns.count) columns")
    rows.append(cells)
  }

  /// Lines without trailing blanks, each ended by a line feed: titles, a rule, the rows. Titles and
  /// rule are left out where every title is empty. Each line begins with `indent` blanks.
  public func rendered(coloured: Bool = false, indent: Int = 0) -> String {
    let titles = columns.map { StyledText($0.title, .strong) }
    let hasTitles = columns.contains { !$0.title.isEmpty }
    let shown = hasTitles ? [titles] + rows : rows
    let widths = columns.indices.map { column in
      shown.map { column < $0.count ? TerminalWidth.of($0[column].text) : 0 }.max() ?? 0
    }
    let margin = String(repeating: " ", count: indent)
    var lines = shown.map { margin + line($0, widths, coloured) }
    if hasTitles {
      let ruleWidth = widths.reduce(0, +) + gap * max(columns.count - 1, 0)
      let rule = StyledText(String(repeating: "─", count: ruleWidth), .faint)
      lines.insert(margin + rule.rendered(coloured: coloured), at: 1)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [StyledText], _ widths: [Int], _ coloured: Bool) -> String {
    var line = ""
    var pending = 0
    for (column, cell) in cells.enumerated() {
      let blank = widths[column] - TerminalWidth.of(cell.text)
      let isRight = columns[column].alignment == .right
      if isRight { pending += blank }
      if !cell.text.isEmpty {
        line += String(repeating: " ", count: pending) + cell.rendered(coloured: coloured)
        pending = 0
      }
      if !isRight { pending += blank }
      pending += gap
    }
    return line
  }
}
