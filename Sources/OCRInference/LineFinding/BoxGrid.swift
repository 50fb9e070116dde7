/// Boxes by the cells of a grid that they touch, so that only neighbours are compared.
struct BoxGrid {
  private let cell: Int
  private let columns: Int
  private let rows: Int
  private var cells: [[Int32]]

  init(_ boxes: [PixelBox], cell: Int) {
    let cell = max(8, cell)
    let whole = boxes.dropFirst().reduce(boxes.first) { $0?.union($1) }
    (columns, rows) = ((whole?.right ?? 0) / cell + 1, (whole?.bottom ?? 0) / cell + 1)
    self.cell = cell
    cells = [[Int32]](repeating: [], count: columns * rows)
    for (index, box) in boxes.enumerated() {
      let (across, down) = touched(box, reach: 0)
      for row in down {
        for column in across { cells[row * columns + column].append(Int32(index)) }
      }
    }
  }

  /// Calls `body` with every box within `reach` of `box` and some more, some of them more than once.
  func near(_ box: PixelBox, reach: Int, _ body: (Int) -> Void) {
    let (across, down) = touched(box, reach: reach)
    for row in down {
      for column in across {
        for index in cells[row * columns + column] { body(Int(index)) }
      }
    }
  }

  private func touched(
    _ box: PixelBox, reach: Int
  ) -> (across: ClosedRange<Int>, down: ClosedRange<Int>) {
    let across = max(0, (box.left - reach) / cell)...min(columns - 1, (box.right + reach) / cell)
    let down = max(0, (box.top - reach) / cell)...min(rows - 1, (box.bottom + reach) / cell)
    return (across, down)
  }
}

/// Sets that grow together (union-find with path halving).
struct DisjointSets {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

  mutating func root(_ index: Int) -> Int {
    var index = index
    while Int(parents[index]) != index {
      parents[index] = parents[Int(parents[index])]
      index = Int(parents[index])
    }
    return index
  }

  /// Whether they were apart.
  @discardableResult
  mutating func join(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (root(a), root(b))
    guard a != b else { return false }
    parents[max(a, b)] = Int32(min(a, b))
    return true
  }
}
