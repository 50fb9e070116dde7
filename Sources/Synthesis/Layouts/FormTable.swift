import Drawing

/// A cell of a form: text on one visual line.
struct FormCell {
  var pieces: [Piece]
  var align: PageComposer.Alignment
  var isLabel: Bool
  /// Columns it covers.
  var span: Int

  init(
    _ pieces: [Piece], align: PageComposer.Alignment = .left, label: Bool = false, span: Int = 1
  ) {
    self.pieces = pieces
    self.align = align
    isLabel = label
    self.span = span
  }

  init(_ text: String, _ tag: FieldTag? = nil, align: PageComposer.Alignment = .left, span: Int = 1)
  {
    self.init([Piece(text, tag)], align: align, span: span)
  }

  static func label(_ text: String, span: Int = 1) -> FormCell {
    FormCell([Piece(text)], align: .centre, label: true, span: span)
  }

  static func empty(span: Int = 1) -> FormCell { FormCell([], span: span) }
}

/// Rows of cells with rules, drawn downwards; each row is one line of the transcript.
struct FormTable {
  var look: FormLook
  /// Millimetres.
  var x: Double
  var columns: [Double]
  var rowHeight: Double
  var padding = 1.2

  var width: Double { columns.reduce(0, +) }

  /// Draws a row with its top at `y`.
  /// - Returns: the next row's top.
  func row(_ cells: [FormCell], y: Double, on page: PageComposer) throws -> Double {
    for (cell, rect) in places(cells, y: y) {
      if cell.isLabel, let fill = look.headerFill { page.canvas.fill(rect, fill) }
      page.canvas.box(rect, in: look)
      try page.put(cell, in: rect.inset(padding, 0), look)
    }
    page.endLine()
    return y + rowHeight
  }

  func rows(_ rows: [[FormCell]], y: Double, on page: PageComposer) throws -> Double {
    var y = y
    for cells in rows { y = try row(cells, y: y, on: page) }
    return y
  }

  private func places(_ cells: [FormCell], y: Double) -> [(FormCell, PageRect)] {
    var column = 0
    var x = x
    return cells.map { cell in
      let width = columns[column..<column + cell.span].reduce(0, +)
      defer {
        column += cell.span
        x += width
      }
      return (cell, PageRect(x: x, y: y, width: width, height: rowHeight))
    }
  }

  /// The heavy rule around or above and below what was drawn between `top` and `bottom`.
  func frame(top: Double, bottom: Double, on page: PageComposer) {
    page.canvas.frame(PageRect(x: x, y: top, width: width, height: bottom - top), look)
  }
}

extension Canvas {
  /// A cell's own rules.
  func box(_ rect: PageRect, in look: FormLook) {
    switch look.table {
    case .grid, .openSides: box(rect, weight: look.thin)
    case .rules:
      rule(from: (rect.x, rect.y), to: (rect.right, rect.y), weight: look.thin)
      rule(from: (rect.x, rect.bottom), to: (rect.right, rect.bottom), weight: look.thin)
    }
  }

  /// The heavy rules about a whole table.
  func frame(_ rect: PageRect, _ look: FormLook) {
    switch look.table {
    case .grid: box(rect, weight: look.thick)
    case .openSides, .rules:
      if look.table == .openSides {
        // The sides were drawn with the cells; paper covers them again.
        rule(from: (rect.x, rect.y), to: (rect.x, rect.bottom), weight: look.thin * 2, .white)
        rule(
          from: (rect.right, rect.y), to: (rect.right, rect.bottom), weight: look.thin * 2, .white)
      }
      rule(from: (rect.x, rect.y), to: (rect.right, rect.y), weight: look.thick)
      rule(from: (rect.x, rect.bottom), to: (rect.right, rect.bottom), weight: look.thick)
    }
  }
}

extension PageComposer {
  /// Puts a cell's text in the middle of a rectangle's height.
  func put(_ cell: FormCell, in rect: PageRect, _ look: FormLook) throws {
    let style = cell.isLabel ? look.label : look.text
    let x =
      switch cell.align {
      case .left: rect.x
      case .centre: rect.midX
      case .right: rect.right
      }
    try put(
      cell.pieces, style, x: x, baseline: rect.midY + style.capRise, align: cell.align,
      within: rect.width)
  }
}

extension TextStyle {
  /// From the middle of a Hangul syllable down to the baseline, millimetres.
  var capRise: Double { size * 25.4 / 72 * 0.36 }
}

extension PageComposer {
  /// A ruled cell anywhere on the page, its text on the current line.
  func cell(_ cell: FormCell, _ rect: PageRect, _ look: FormLook, padding: Double = 1.2) throws {
    if cell.isLabel, let fill = look.headerFill { canvas.fill(rect, fill) }
    canvas.box(rect, in: look)
    try put(cell, in: rect.inset(padding, 0), look)
  }

  /// Cells side by side from `x`, each with its width.
  func cells(
    _ cells: [(FormCell, Double)], x: Double, y: Double, height: Double, _ look: FormLook
  ) throws {
    var x = x
    for (content, width) in cells {
      try cell(content, PageRect(x: x, y: y, width: width, height: height), look)
      x += width
    }
  }
}
