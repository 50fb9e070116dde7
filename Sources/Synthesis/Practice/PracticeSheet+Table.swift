import Drawing
import PageImaging

/// Rows of cells with wide gaps between, ruled or not.
extension PracticeSheet {
  private enum Rules: CaseIterable {
    case none, rows, grid, outer
  }

  private struct Column {
    var x: Double
    var width: Double
    var style: TextStyle
    /// 0 left, 0.5 centre, 1 right.
    var align: Double
    var isWordy: Bool
  }

  mutating func table(_ style: TextStyle) throws -> Bool {
    let columns = columns(style)
    let rules = random.pick(weighted: [(Rules.none, 35), (.rows, 20), (.grid, 35), (.outer, 10)])
    let weight = random.pick([0.3, 0.4, 0.6, 1.0])
    let padding = random.uniform(0.5...1.4)
    let fill: Ink? = random.chance(0.5) ? random.pick([.lightShade, .shade]) : nil
    let rowHeight = pitch(of: style) + (rules == .none ? 0 : padding)
    let top = y
    for row in 0..<random.int(2...8) {
      let runs = try cells(columns)
      let ink = (
        top: runs.map(\.run.top).min() ?? 0, bottom: runs.map(\.run.bottom).max() ?? 0
      )
      let height = max(rowHeight, ink.bottom - ink.top + (rules == .none ? leastGap : 2 * padding))
      guard y + height <= frame.bottom else {
        close(top, rules, weight)
        return false
      }
      let cells = columns.map { PageRect(x: $0.x, y: y, width: $0.width, height: height) }
      if row == 0, let fill { for cell in cells { page.canvas.fill(cell, fill) } }
      rule(cells, rules, weight)
      let baseline = y + (height - ink.bottom - ink.top) / 2
      for (x, run) in runs {
        page.put(run.sets, of: run.pieces, x: x, baseline: baseline)
      }
      page.endLine()
      y += height
    }
    close(top, rules, weight)
    y += 0.4
    return true
  }

  private mutating func columns(_ style: TextStyle) -> [Column] {
    let count = random.int(2...7)
    let shares = (0..<count).map { _ in random.uniform(0.5...2) }
    let sum = shares.reduce(0, +)
    let mixed = random.chance(0.25)
    var x = frame.x
    return shares.map { share in
      let width = frame.width * share / sum
      defer { x += width }
      var own = style
      if mixed, random.chance(0.5) {
        let other = look.style(&random)
        own = other.sized(style.size * random.uniform(0.8...1.15))
      }
      return Column(
        x: x, width: width, style: own, align: random.pick([0, 0, 0, 0.5, 1]),
        isWordy: width / em(own) > 9 && random.chance(0.8))
    }
  }

  /// The row's runs; at least one.
  private mutating func cells(_ columns: [Column]) throws -> [(x: Double, run: PracticeRun)] {
    var runs: [(x: Double, run: PracticeRun)] = []
    for (index, column) in columns.enumerated() {
      if random.chance(0.12), index < columns.count - 1 || !runs.isEmpty { continue }
      let room = column.width - 2.4
      let words =
        column.isWordy
        ? text.line(room / em(column.style) * random.uniform(0.6...1)) : text.cell()
      let run = try fitted([Piece(words)], column.style, room)
      runs.append((column.x + 1.2 + (room - run.width) * column.align, run))
    }
    return runs
  }

  private func rule(_ cells: [PageRect], _ rules: Rules, _ weight: Double) {
    switch rules {
    case .none, .outer: break
    case .rows:
      page.canvas.rule(
        from: (frame.x, cells[0].bottom), to: (frame.right, cells[0].bottom), weight: weight)
    case .grid: for cell in cells { page.canvas.box(cell, weight: weight) }
    }
  }

  private func close(_ top: Double, _ rules: Rules, _ weight: Double) {
    guard rules == .outer || rules == .rows, y > top else { return }
    let rect = PageRect(x: frame.x, y: top, width: frame.width, height: y - top)
    if rules == .outer {
      page.canvas.box(rect, weight: weight)
    } else {
      page.canvas.rule(from: (rect.x, top), to: (rect.right, top), weight: weight * 1.5)
    }
  }
}
