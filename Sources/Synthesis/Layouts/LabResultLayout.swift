import DocProfiles
import Drawing
import PageImaging

/// 검사결과지: patient block, panels of results with flags and reference ranges, comment.
struct LabResultLayout {
  enum Column: String {
    case test = "검사항목"
    case value = "결과"
    case flag = "판정"
    case unit = "단위"
    case range = "참고치"
  }

  let content: LabResultContent
  let look: FormLook
  let columns: [Column]
  /// A table a panel under its own title, rather than one table with title rows.
  let hasSeparatePanels: Bool
  let flagsColoured: Bool
  let flagsBold: Bool
  let hospitalFirst: Bool
  let title: String
  let page: PageComposer

  private let margin = 16.0
  private var width: Double { PageSize.a4.width - 2 * margin }
  private var rowCount: Int { content.sections.reduce(0) { $0 + $1.rows.count } }

  static func pages(
    _ content: LabResultContent, _ typesetter: Typesetter, _ random: inout SeededRandom
  ) throws -> [ComposedPage] {
    let layout = LabResultLayout(
      content: content, look: FormLook(&random, size: 8.5...10.5),
      columns: random.uniform() < 0.6
        ? [.test, .value, .flag, .unit, .range] : [.test, .value, .unit, .range, .flag],
      hasSeparatePanels: random.uniform() < 0.5, flagsColoured: random.uniform() < 0.5,
      flagsBold: random.uniform() < 0.6, hospitalFirst: random.uniform() < 0.5,
      title: ["검사결과보고서", "진단검사의학과 결과지", "임상검사 결과지"].randomElement(using: &random)!,
      page: PageComposer(.a4, typesetter: typesetter))
    return [try layout.draw()]
  }

  private func draw() throws -> ComposedPage {
    var y = try head(margin)
    y = try patientBlock(y)
    y = try panels(y)
    y = try comment(y + 5)
    try foot(y)
    return try page.finish()
  }

  private func head(_ y: Double) throws -> Double {
    var baseline = y + 7
    if hospitalFirst {
      try page.put(
        [Piece(content.hospital.name)], look.title.sized(look.size * 1.35), x: margin,
        baseline: baseline)
      try page.put(
        [Piece("Tel. \(content.hospital.phone)")], look.small, x: margin + width,
        baseline: baseline, align: .right)
      page.endLine()
      page.canvas.rule(
        from: (margin, baseline + 3), to: (margin + width, baseline + 3), weight: look.thick)
      baseline += 13
    }
    try page.put(
      [Piece(title)], look.title.sized(look.size * 1.8), x: PageSize.a4.width / 2,
      baseline: baseline, align: .centre)
    page.endLine()
    return baseline + 5
  }

  private func patientBlock(_ y: Double) throws -> Double {
    let patient = content.patient
    let height = look.size * 25.4 / 72 * 1.8
    let rows: [[(label: String, value: Piece)]] = [
      [
        ("등록번호", Piece(patient.chartNumber)),
        ("환자명", Piece(patient.name, FieldTag("patient_name", .person))),
        ("성별/나이", Piece(patient.sexAndAge)),
      ],
      [
        ("생년월일", Piece(patient.birthDate)), ("진료과", Piece(content.physician.department)),
        ("의뢰의", Piece(content.physician.name)),
      ],
      [
        ("검체", Piece(content.specimen)),
        ("채취일시", Piece(content.collectedDate, FieldTag("collected_date", .date))),
        ("보고일시", Piece(content.reportedDate, FieldTag("reported_date", .date))),
      ],
    ]
    return try page.pairs(
      rows, x: margin, y: y, width: width, height: height, labelShare: 0.3, look) + 5
  }

  // MARK: Results

  private func panels(_ y: Double) throws -> Double {
    let headings = hasSeparatePanels ? 2 * content.sections.count : content.sections.count + 1
    let gaps = hasSeparatePanels ? 2.5 * Double(content.sections.count) : 0
    let room = PageSize.a4.height - margin - 36 - y - gaps
    let natural = look.size * 25.4 / 72 * 1.85
    let height = min(natural, room / Double(rowCount + headings))
    var look = look
    let largest = height / 1.4 / 25.4 * 72
    if look.size > largest { look.text.size = largest }
    let shares = columns.map(share)
    let table = FormTable(
      look: look, x: margin, columns: shares.map { $0 / shares.reduce(0, +) * width },
      rowHeight: height)
    var y = y
    var row = 0
    let top = y
    if !hasSeparatePanels { y = try heading(table, y) }
    for section in content.sections {
      y = try panelTitle(section, table, y)
      let panelTop = y
      if hasSeparatePanels { y = try heading(table, y) }
      for result in section.rows {
        row += 1
        y = try table.row(cells(result, row), y: y, on: page)
      }
      if hasSeparatePanels {
        table.frame(top: panelTop, bottom: y, on: page)
        y += 2.5
      }
    }
    if !hasSeparatePanels { table.frame(top: top, bottom: y, on: page) }
    return y
  }

  private func share(_ column: Column) -> Double {
    switch column {
    case .test: 0.36
    case .value: 0.17
    case .flag: 0.09
    case .unit: 0.16
    case .range: 0.22
    }
  }

  private func heading(_ table: FormTable, _ y: Double) throws -> Double {
    try table.row(columns.map { .label($0.rawValue) }, y: y, on: page)
  }

  private func panelTitle(_ section: LabSection, _ table: FormTable, _ y: Double) throws -> Double {
    let rect = PageRect(x: margin, y: y, width: width, height: table.rowHeight)
    if !hasSeparatePanels { page.canvas.box(rect, in: look) }
    let mark = hasSeparatePanels ? "■ " : ""
    let style = table.look.text.bold
    try page.put(
      [Piece(mark + section.title)], style, x: rect.x + (hasSeparatePanels ? 0 : 1.2),
      baseline: rect.midY + style.capRise)
    page.endLine()
    return rect.bottom
  }

  private func cells(_ result: LabRow, _ row: Int) -> [FormCell] {
    let isFlagged = !result.flag.isEmpty
    let ink: Ink? =
      isFlagged && flagsColoured ? (result.flag == "H" ? Ink.seal : Ink.pen) : nil
    let isBold = isFlagged && flagsBold
    return columns.map { column in
      switch column {
      case .test:
        FormCell(result.test, FieldTag("test_name", .testName, row: row))
      case .value:
        FormCell(
          [Piece(result.value, FieldTag("value", .labValue, row: row), ink: ink, bold: isBold)],
          align: .centre)
      case .flag: FormCell([Piece(result.flag, ink: ink, bold: isBold)], align: .centre)
      case .unit: FormCell(result.unit, FieldTag("unit", .unit, row: row), align: .centre)
      case .range:
        FormCell(
          result.referenceRange, FieldTag("reference_range", .range, row: row), align: .centre)
      }
    }
  }

  // MARK: Foot

  private func comment(_ y: Double) throws -> Double {
    guard !content.comment.isEmpty else { return y }
    let pitch = look.size * 25.4 / 72 * 1.6
    let label = try page.put(["판독 소견:"], look.text.bold, x: margin, baseline: y + 3)
    return try page.paragraph(
      content.comment, FieldTag("comment", .freeText), look.text, x: label + 2,
      width: margin + width - label - 2, baseline: y + 3, pitch: pitch)
  }

  private func foot(_ y: Double) throws {
    let bottom = PageSize.a4.height - margin
    page.canvas.rule(
      from: (margin, bottom - 6), to: (margin + width, bottom - 6), weight: look.thin)
    try page.put(
      ["※ H: 참고치보다 높음, L: 참고치보다 낮음"], look.small, x: margin, baseline: bottom - 1.5)
    let end = hospitalFirst ? content.hospital.address : content.hospital.name
    try page.put(
      [Piece(end)], look.small, x: margin + width, baseline: bottom - 1.5, align: .right,
      within: width * 0.55)
    page.endLine()
  }
}
