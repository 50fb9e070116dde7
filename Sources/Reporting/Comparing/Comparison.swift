import DocProfiles
import Pipeline

/// Runs side by side: a row a (type, DPI), a column a run, a table a measure.
public struct Comparison {
  public var runs: [Run]
  public var language: Language
  public var coloured: Bool

  public struct Run {
    /// What the reader called it: the directory's name.
    public var name: String
    public var record: RunRecord

    public init(name: String, record: RunRecord) {
      self.name = name
      self.record = record
    }
  }

  public init(_ runs: [Run], language: Language, coloured: Bool = false) {
    self.runs = runs
    self.language = language
    self.coloured = coloured
  }

  public func rendered() -> String {
    let title = StyledText(language(.comparison), .strong).rendered(coloured: coloured) + "\n"
    let measures = [
      table(.verdict, of: verdict), table(.meanCER, best: .lowest, of: cer),
      table(.worstField, best: .highest, of: worstField),
      table(.meanLatency, best: .lowest, of: meanLatency),
      table(.p95Latency, best: .lowest, of: p95Latency),
    ]
    let sections = [title + legend] + measures + [differences]
    return sections.joined(separator: "\n")
  }

  // MARK: The runs and how they differ

  /// A, B, … Z, then numbers.
  func label(_ index: Int) -> String {
    index < 26 ? String(UnicodeScalar(UInt8(65 + index))) : "\(index + 1)"
  }

  private var legend: String {
    var table = TerminalTable([
      .left(""), .left(language(.runs)), .left(language(.engine)), .left(language(.model)),
      .left(language(.started)), .left(language(.overall)),
    ])
    for (index, run) in runs.enumerated() {
      let record = run.record
      table.add([
        StyledText(label(index), .strong), StyledText(run.name),
        StyledText("\(record.engine.engine) \(record.engine.version)"),
        StyledText(record.engine.model), StyledText(record.startedAt),
        StyledText(language.mark(record.outcome), record.outcome.style),
      ])
    }
    return table.rendered(coloured: coloured)
  }

  private var differences: String {
    let differences = ConfigurationDifferences(runs.map(\.record), language: language)
    var text = ""
    if differences.readOtherPages {
      text +=
        StyledText("! " + language(.notComparable), .caution).rendered(coloured: coloured) + "\n"
    }
    guard !differences.rows.isEmpty else { return text + language(.sameConfiguration) + "\n" }
    var table = TerminalTable(
      [.left(language(.configurationDiffers))] + runs.indices.map { .left(label($0)) })
    for row in differences.rows {
      table.add([StyledText(row.name)] + row.values.map { StyledText($0) })
    }
    return text + table.rendered(coloured: coloured)
  }

  // MARK: A table a measure

  private struct Cell: Hashable {
    var type: DocumentType
    var dpi: Int
  }

  /// Every (type, DPI) that some run has, in the order first met.
  private var cells: [Cell] {
    var seen: Set<Cell> = []
    return runs.flatMap(\.record.groups).map { Cell(type: $0.type, dpi: $0.dpi) }
      .filter { seen.insert($0).inserted }
  }

  private enum Best { case lowest, highest }

  private struct Value {
    var text: String
    var number: Double?
    var style: TerminalStyle = .plain
  }

  private func table(
    _ term: Term, best: Best? = nil, of measure: (GroupRecord) -> Value
  ) -> String {
    var table = TerminalTable(
      [.left(language(term)), .right("DPI")] + runs.indices.map { .right(label($0)) })
    for cell in cells {
      let values = runs.map { run in
        run.record.groups.first { $0.type == cell.type && $0.dpi == cell.dpi }.map(measure)
      }
      let numbers = values.compactMap { $0?.number }
      let winner = best.flatMap { $0 == .lowest ? numbers.min() : numbers.max() }
      let isContest = Set(numbers).count > 1
      let texts = values.map { value in
        guard let value else { return StyledText("N/A", .faint) }
        let isBest = isContest && value.number == winner
        return StyledText(isBest ? "* " + value.text : value.text, isBest ? .strong : value.style)
      }
      let named = runs.map(\.record).first { record in
        record.groups.contains { $0.type == cell.type }
      }
      table.add(
        [StyledText(language.typeName(cell.type, in: named!)), StyledText("\(cell.dpi)")] + texts)
    }
    return table.rendered(coloured: coloured)
  }

  private func verdict(_ group: GroupRecord) -> Value {
    let outcome = group.verdict.outcome
    return Value(text: language.mark(outcome), style: outcome.style)
  }

  private func cer(_ group: GroupRecord) -> Value {
    let figure = group.figure(of: .cer)
    return Value(text: Figures.rate(figure), number: figure)
  }

  private func worstField(_ group: GroupRecord) -> Value {
    let accuracy = group.aggregates.fields.compactMap(\.accuracy).min()
    return Value(text: Figures.percent(accuracy), number: accuracy)
  }

  private func meanLatency(_ group: GroupRecord) -> Value {
    let mean = group.aggregates.latency?.mean
    return Value(text: Figures.milliseconds(mean), number: mean)
  }

  private func p95Latency(_ group: GroupRecord) -> Value {
    let p95 = group.aggregates.latency?.p95
    return Value(text: Figures.milliseconds(p95), number: p95)
  }
}
