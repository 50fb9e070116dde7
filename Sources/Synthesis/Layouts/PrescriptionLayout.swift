import DocProfiles
import Drawing
import PageImaging

/// 처방전, after the statutory form (의료법 시행규칙 별지 제9호서식) and the shorter prints of
/// hospital systems.
struct PrescriptionLayout {
  let content: PrescriptionContent
  let look: FormLook
  let paper: PageSize
  /// ① ② … before the labels.
  let isNumbered: Bool
  /// ■ instead of [√].
  let boxesFilled: Bool
  /// The pharmacist's half under the table; the A5 print has none.
  let hasDispensingBlock: Bool
  let sealDegrees: Double
  let page: PageComposer

  static func pages(
    _ content: PrescriptionContent, _ typesetter: Typesetter, _ random: inout SeededRandom
  ) throws -> [ComposedPage] {
    let isSmall = random.uniform() < 0.4
    let layout = PrescriptionLayout(
      content: content, look: FormLook(&random, size: isSmall ? 7.75...8.75 : 9.5...11),
      paper: isSmall ? .a5 : .a4, isNumbered: random.uniform() < 0.35,
      boxesFilled: random.uniform() < 0.4, hasDispensingBlock: !isSmall,
      sealDegrees: random.uniform(-14...14),
      page: PageComposer(isSmall ? .a5 : .a4, typesetter: typesetter))
    return [try layout.draw()]
  }

  private var margin: Double { paper == .a4 ? 15 : 8 }
  private var width: Double { paper.width - 2 * margin }
  private var right: Double { paper.width - margin }
  private var height: Double { look.size * 25.4 / 72 * (paper == .a4 ? 2.5 : 2.0) }

  private func draw() throws -> ComposedPage {
    var y = try title(margin + 6)
    let top = y
    y = try parties(y)
    y = try prescriber(y)
    y = try drugs(y)
    y = try remarks(y)
    if hasDispensingBlock { y = try dispensing(y) }
    page.canvas.frame(PageRect(x: margin, y: top, width: width, height: y - top), look)
    try footer(y)
    return try page.finish()
  }

  private func numbered(_ number: Int, _ label: String) -> FormCell {
    let circled = Unicode.Scalar(0x2460 + UInt32(number) - 1)!
    return .label(isNumbered ? "\(Character(circled)) \(label)" : label)
  }

  // MARK: Head

  private func title(_ y: Double) throws -> Double {
    var y = y
    if isNumbered {
      try page.put(["[별지 제9호서식]"], look.small, x: margin, baseline: y - 2)
      page.endLine()
    }
    y += look.title.size * 0.36
    try page.put(
      ["처 방 전"], look.title, x: paper.width / 2, baseline: y, align: .centre)
    page.endLine()
    y += height * 0.95
    try insurance(y)
    return y + height * 0.45
  }

  private func insurance(_ baseline: Double) throws {
    let kinds = ["건강보험", "의료급여", "산재보험", "자동차보험", "기타"]
    let code = "요양기관기호: \(content.hospital.institutionNumber)"
    let codeWidth = try page.width(of: code, look.small)
    let free = width - codeWidth - 4
    let style = look.small
    let natural = try kinds.reduce(0) { try $0 + page.width(of: "[√]\($1)", style) + 3 }
    let pitch = min(1, free / natural)
    var x = margin
    for kind in kinds {
      let mark =
        boxesFilled
        ? (kind == content.insurance ? "■" : "□") : (kind == content.insurance ? "[√]" : "[ ]")
      let room = try (page.width(of: "[√]\(kind)", style) + 3) * pitch
      try page.put([Piece(mark + kind)], style, x: x, baseline: baseline, within: room - 1)
      x += room
    }
    try page.put([Piece(code)], style, x: right, baseline: baseline, align: .right)
    page.endLine()
  }

  private func parties(_ y: Double) throws -> Double {
    let half = width / 2
    let labels = half * 0.36
    let side = half * 0.19
    let inner = half * 0.22
    let patient = content.patient
    let left: [(FormCell, FormCell)] = [
      (numbered(1, "교부번호"), FormCell(content.issueNumber)),
      (
        numbered(2, "환자 성명"),
        FormCell([Piece(patient.name, FieldTag("patient_name", .person))])
      ),
      (.label("주민등록번호"), FormCell(patient.residentNumber)),
    ]
    let rightSide = [
      ("명칭", content.hospital.name), ("전화번호", content.hospital.phone),
      ("주소", content.hospital.address),
    ]
    let x = margin + half
    page.canvas.box(PageRect(x: x, y: y, width: side, height: 3 * height), in: look)
    if let fill = look.headerFill {
      page.canvas.fill(PageRect(x: x, y: y, width: side, height: 3 * height), fill)
      page.canvas.box(PageRect(x: x, y: y, width: side, height: 3 * height), in: look)
    }
    for row in 0..<3 {
      let top = y + Double(row) * height
      try page.cells(
        [(left[row].0, labels), (left[row].1, half - labels)], x: margin, y: top, height: height,
        look)
      if row == 1 {
        let rect = PageRect(x: x, y: top, width: side, height: height)
        try page.put(numbered(3, "의료기관"), in: rect.inset(0.8, 0), look)
      }
      try page.cells(
        [
          (.label(rightSide[row].0), inner), (FormCell(rightSide[row].1), half - side - inner),
        ], x: x + side, y: top, height: height, look)
      page.endLine()
    }
    return y + 3 * height
  }

  private func prescriber(_ y: Double) throws -> Double {
    let tall = height * 1.15
    let unit = width / 100
    let codes = content.diagnosisCodes.joined(separator: ", ")
    try page.cells(
      [
        (numbered(4, "질병분류기호"), 15 * unit),
        (FormCell(codes, align: .centre), 19 * unit),
        (numbered(5, "처방 의료인 성명"), 16 * unit),
      ], x: margin, y: y, height: tall, look)
    let name = PageRect(x: margin + 50 * unit, y: y, width: 24 * unit, height: tall)
    page.canvas.box(name, in: look)
    let style = look.text
    let baseline = name.midY + style.capRise
    try page.put(
      [Piece(content.physician.name)], style, x: name.x + 1.2, baseline: baseline,
      within: name.width * 0.42)
    try page.put(
      ["(서명 또는 날인)"], look.small, x: name.right - 0.8, baseline: baseline, align: .right,
      within: name.width * 0.5)
    try page.cells(
      [
        (.label("면허번호"), 10 * unit),
        (FormCell("제 \(content.physician.licenceNumber) 호", align: .centre), 16 * unit),
      ], x: name.right, y: y, height: tall, look)
    page.endLine()
    try page.canvas.press(
      Seal(
        .round, text: content.physician.name, size: tall * 1.2, degrees: sealDegrees, opacity: 0.75
      ), x: name.right - name.width * 0.22, y: name.midY + 0.4, with: page.typesetter)
    let note = PageRect(x: margin, y: y + tall, width: width, height: height * 0.85)
    page.canvas.box(note, in: look)
    try page.put(
      ["※ 환자가 요구하면 질병분류기호를 적지 않습니다."], look.small, x: note.x + 1.2,
      baseline: note.midY + look.small.capRise, within: width - 3)
    page.endLine()
    return note.bottom
  }

  // MARK: Drugs

  private func drugs(_ y: Double) throws -> Double {
    let fractions = [0.335, 0.125, 0.13, 0.095, 0.105, 0.21]
    let table = FormTable(
      look: look, x: margin, columns: fractions.map { $0 * width }, rowHeight: height)
    let headings =
      isNumbered
      ? ["처방 의약품의 명칭", "1회 투약량", "1일 투여횟수", "투여경로", "총투약일수", "용법"]
      : ["약품명", "1회 투여량", "1일 횟수", "투여경로", "총 일수", "용법"]
    var y = try table.row(headings.map { .label($0) }, y: y, on: page)
    for (index, drug) in content.drugs.enumerated() {
      let row = index + 1
      y = try table.row(
        [
          FormCell(drug.name, FieldTag("drug_name", .drugName, row: row)),
          FormCell(drug.dose, FieldTag("dose", .quantity, row: row), align: .centre),
          FormCell(drug.frequency, FieldTag("frequency", .frequency, row: row), align: .centre),
          FormCell(drug.route, FieldTag("route", .route, row: row), align: .centre),
          FormCell(drug.days, FieldTag("total_days", .quantity, row: row), align: .centre),
          FormCell(drug.usage, FieldTag("usage", .freeText, row: row)),
        ], y: y, on: page)
    }
    return try blankRows(table, y)
  }

  private func blankRows(_ table: FormTable, _ y: Double) throws -> Double {
    let count = max(1, (hasDispensingBlock ? 11 : 9) - content.drugs.count)
    var y = y
    for index in 0..<count {
      let rect = PageRect(x: margin, y: y, width: table.columns[0], height: height)
      var x = margin
      for column in table.columns {
        page.canvas.box(PageRect(x: x, y: y, width: column, height: height), in: look)
        x += column
      }
      if index == 0 {
        try page.put(FormCell("- 이하여백 -", align: .centre), in: rect, look)
        page.endLine()
      }
      y += height
    }
    return y
  }

  // MARK: Foot

  private func remarks(_ y: Double) throws -> Double {
    let label = width * 0.2
    let note = content.note.isEmpty ? [] : [Piece(content.note)]
    try page.cells(
      [(.label("조제시 참고사항"), label), (FormCell(note), width - label)], x: margin, y: y,
      height: height, look)
    page.endLine()
    let rest = PageRect(
      x: margin + label, y: y + height, width: width - label, height: height)
    try page.cell(
      .label("사용기간"), PageRect(x: margin, y: rest.y, width: label, height: height), look)
    page.canvas.box(rest, in: look)
    let style = look.text
    let end = try page.put(
      [Piece(content.dispensingPeriod)], style, x: rest.x + 1.2,
      baseline: rest.midY + style.capRise, within: rest.width * 0.4)
    try page.put(
      ["사용기간 내에 약국에 제출하여야 합니다."], look.small, x: max(end + 4, rest.x + rest.width * 0.36),
      baseline: rest.midY + style.capRise,
      within: rest.right - max(end + 4, rest.x + rest.width * 0.36) - 1)
    page.endLine()
    return rest.bottom
  }

  private func dispensing(_ y: Double) throws -> Double {
    var y = y
    try page.cell(
      .label("의약품 조제 명세"), PageRect(x: margin, y: y, width: width, height: height), look)
    page.endLine()
    y += height
    let left = width * 0.2
    let middle = width * 0.38
    let rows = [
      ("조제기관의 명칭", "처방의 변경·수정·확인·대체 시 그 내용 등"), ("조제약사 성명", ""), ("조제량(조제일수)", ""),
      ("조제연월일", ""),
    ]
    for (index, row) in rows.enumerated() {
      try page.cell(.label(row.0), PageRect(x: margin, y: y, width: left, height: height), look)
      page.canvas.box(PageRect(x: margin + left, y: y, width: middle, height: height), in: look)
      if index == 1 {
        try page.put(
          ["(서명 또는 날인)"], look.small, x: margin + left + middle - 1.2,
          baseline: y + height / 2 + look.small.capRise, align: .right)
      }
      if index == 0 {
        try page.cell(
          FormCell([Piece(row.1)], align: .centre, label: true),
          PageRect(x: margin + left + middle, y: y, width: width - left - middle, height: height),
          look)
      }
      page.endLine()
      y += height
    }
    return y
  }

  private func footer(_ y: Double) throws {
    let baseline = y + height * 0.9
    try page.put(
      ["교부일: ", Piece(content.issueDate, FieldTag("issue_date", .date))], look.text, x: margin,
      baseline: baseline)
    try page.put(
      [paper == .a4 ? "210mm×297mm[백상지 80g/㎡]" : "148mm×210mm"], look.small, x: right,
      baseline: baseline, align: .right)
    page.endLine()
  }
}
