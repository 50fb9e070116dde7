/// Engines side by side, a table for each batch size and length that one of them ran: the source document's.
public struct EngineComparison {
  private let engines: [(name: String, report: LoadReport)]

  /// - Parameter reports: each with where it came from, which tells apart engines of one name.
  public init(_ reports: [(place: String, report: LoadReport)]) {
    let names = reports.map { "\($0.report.metadata.engine) \($0.report.metadata.model)" }
    engines = zip(names, reports).map { name, next in
      let isAlone = names.count { $0 == name } == 1
      return (isAlone ? name : "\(name) (\(next.place))", next.report)
    }
  }

  private struct Cell: Hashable, Comparable {
    var name: String
    var inputLength: Int
    var batchSize: Int
    var hasPrefixStore: Bool

    init(_ row: LoadRow) {
      name = row.name ?? ""
      inputLength = row.inputLength
      batchSize = row.batchSize
      hasPrefixStore = row.hasPrefixStore ?? false
    }

    static func < (a: Cell, b: Cell) -> Bool {
      (a.name, a.inputLength, a.batchSize, a.hasPrefixStore ? 1 : 0)
        < (b.name, b.inputLength, b.batchSize, b.hasPrefixStore ? 1 : 0)
    }
  }

  public func text() -> String {
    let rows = engines.flatMap(\.report.results).filter { $0.skipped == nil }
    let cells = Set(rows.map(Cell.init)).sorted()
    guard !cells.isEmpty else {
      return
        "Nothing to compare: no row of a batch size and length was run (stress and soak have none).\n"
    }
    return cells.map(table).joined(separator: "\n")
  }

  private func table(_ cell: Cell) -> String {
    let width = max(20, engines.map(\.name.count).max() ?? 0)
    let title =
      "Engines (Input=\(cell.inputLength), Batch=\(cell.batchSize)"
      + (cell.name.isEmpty ? "" : ", \(cell.name)") + (cell.hasPrefixStore ? ", prefix store" : "")
      + ")"
    func line(_ name: String, _ cells: [String]) -> String {
      ([padded(name, width)] + zip(cells, [10, 10, 10, 14, 10]).map(padded))
        .joined(separator: " | ")
    }
    let head = line("Engine", ["TTFT(ms)", "TPOT(ms)", "E2E(ms)", "Throughput", "P99(ms)"])
    var lines = [
      String(repeating: "=", count: head.count), title, String(repeating: "=", count: head.count),
      head, String(repeating: "-", count: head.count),
    ]
    for (name, report) in engines {
      guard let row = report.results.first(where: { Cell($0) == cell && $0.skipped == nil }) else {
        lines.append(line(name, Array(repeating: "N/A", count: 5)))
        continue
      }
      lines.append(
        line(
          name,
          [
            row.ttft.mean(1), row.tpot.mean(2), row.latency.mean(1),
            row.latency == nil ? "N/A" : row.throughput,
            row.latency.map { $0.summary.p99.fixed(1) } ?? "N/A",
          ]) + (report.isPartial ? "  partial" : ""))
    }
    return (lines + [String(repeating: "=", count: head.count)]).joined(separator: "\n") + "\n"
  }
}
