import Drawing

extension PageComposer {
  /// Sets a paragraph in lines `pitch` millimetres apart, each ending a line of the transcript.
  ///
  /// What was put before on the current line (a label to the left) stays on the first one.
  /// - Returns: the baseline after the last.
  @discardableResult
  func paragraph(
    _ text: String, _ tag: FieldTag? = nil, _ style: TextStyle, x: Double, width: Double,
    baseline: Double, pitch: Double
  ) throws -> Double {
    var baseline = baseline
    for line in try typesetter.wrap(text, style, width: width) {
      try put([Piece(line, tag)], style, x: x, baseline: baseline)
      endLine()
      baseline += pitch
    }
    return baseline
  }

  /// A grid of label and value pairs, each row one line of the transcript.
  /// - Returns: the y under it.
  func pairs(
    _ rows: [[(label: String, value: Piece)]], x: Double, y: Double, width: Double, height: Double,
    labelShare: Double = 0.36, _ look: FormLook
  ) throws -> Double {
    var top = y
    for row in rows {
      let cellWidth = width / Double(row.count)
      let cells = row.flatMap { pair in
        [
          (FormCell.label(pair.label), cellWidth * labelShare),
          (FormCell([pair.value]), cellWidth * (1 - labelShare)),
        ]
      }
      try self.cells(cells, x: x, y: top, height: height, look)
      endLine()
      top += height
    }
    canvas.frame(PageRect(x: x, y: y, width: width, height: top - y), look)
    return top
  }
}

extension PatientContent {
  /// `여 / 45세`
  var sexAndAge: String { "\(sex) / \(age)세" }
}
