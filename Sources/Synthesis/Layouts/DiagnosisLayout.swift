import DocProfiles
import Drawing
import PageImaging

/// 진단서, after the statutory form (의료법 시행규칙 별지 제5호의2서식), sealed over the
/// hospital's and the physician's names.
struct DiagnosisLayout {
  let content: DiagnosisContent
  let look: FormLook
  let isStatutory: Bool
  let sealDegrees: Double
  let squareSealText: String
  let page: PageComposer

  private let margin = 18.0
  private var width: Double { PageSize.a4.width - 2 * margin }
  private var right: Double { margin + width }
  private var height: Double { look.size * 25.4 / 72 * 2.5 }
  private var label: Double { width * 0.17 }

  static func pages(
    _ content: DiagnosisContent, _ typesetter: Typesetter, _ random: inout SeededRandom
  ) throws -> [ComposedPage] {
    let layout = DiagnosisLayout(
      content: content, look: FormLook(&random, size: 9...11),
      isStatutory: random.uniform() < 0.6, sealDegrees: random.uniform(-9...9),
      squareSealText: seal(content.hospital.name),
      page: PageComposer(.a4, typesetter: typesetter))
    return [try layout.draw()]
  }

  /// `한빛대학교병원장인`, filled up to a square of characters.
  private static func seal(_ hospital: String) -> String {
    let name = hospital.filter { !$0.isWhitespace } + "장인"
    return name.count <= 9 ? name.padding(to: 9) : String(name.prefix(14)) + "의인"
  }

  private func draw() throws -> ComposedPage {
    var y = try head(margin)
    let top = y
    y = try patientBlock(y)
    y = try diagnoses(y)
    y = try dates(y)
    y = try opinion(y)
    y = try purpose(y)
    let bottom = try signature(y)
    page.canvas.frame(PageRect(x: margin, y: top, width: width, height: bottom - top), look)
    if isStatutory {
      try page.put(
        ["210mm×297mm[백상지 80g/㎡]"], look.small, x: right, baseline: bottom + 5, align: .right)
    }
    return try page.finish()
  }

  private func head(_ y: Double) throws -> Double {
    if isStatutory {
      try page.put(["[별지 제5호의2서식]"], look.small, x: margin, baseline: y)
      page.endLine()
    }
    let style = look.title.sized(look.size * 2.1)
    try page.put(
      [isStatutory ? "진 단 서" : "진단서"], style, x: PageSize.a4.width / 2, baseline: y + 13,
      align: .centre)
    page.endLine()
    try page.put(
      [Piece("등록번호: \(content.patient.chartNumber)")], look.text, x: margin, baseline: y + 23)
    try page.put(
      [Piece("연번호: \(content.registrationNumber)")], look.text, x: right, baseline: y + 23,
      align: .right)
    page.endLine()
    return y + 26
  }

  private func patientBlock(_ y: Double) throws -> Double {
    let patient = content.patient
    let half = width / 2 - label
    let rows: [[(FormCell, Double)]] = [
      [
        (.label("환자의 성명"), label),
        (FormCell(patient.name, FieldTag("patient_name", .person)), half),
        (.label("주민등록번호"), label), (FormCell(patient.residentNumber), half),
      ],
      [
        (.label("성별/연령"), label), (FormCell(patient.sexAndAge), half),
        (.label("연락처"), label), (FormCell(patient.phone), half),
      ],
      [(.label("환자의 주소"), label), (FormCell(patient.address), width - label)],
    ]
    var y = y
    for row in rows {
      try page.cells(row, x: margin, y: y, height: height, look)
      page.endLine()
      y += height
    }
    return y
  }

  private func diagnoses(_ y: Double) throws -> Double {
    let columns = [label, width - label - 34, 34]
    let table = FormTable(look: look, x: margin, columns: columns, rowHeight: height)
    var y = try table.row(
      [
        .label("구분"), .label(isStatutory ? "병명 ([ ] 임상적 추정 [√] 최종진단)" : "병명"),
        .label("질병분류번호"),
      ], y: y, on: page)
    for (index, entry) in content.diagnoses.enumerated() {
      let row = index + 1
      y = try table.row(
        [
          FormCell([Piece(entry.isPrincipal ? "주상병" : "부상병")], align: .centre),
          FormCell(entry.name, FieldTag("diagnosis_name", .diagnosisName, row: row)),
          FormCell(
            entry.code, FieldTag("diagnosis_code", .diagnosisCode, row: row), align: .centre),
        ], y: y, on: page)
    }
    return y
  }

  private func dates(_ y: Double) throws -> Double {
    let half = width / 2 - label
    let onset: FieldTag? = content.onsetDate == "미상" ? nil : FieldTag("onset_date", .date)
    try page.cells(
      [
        (.label("발병 연월일"), label), (FormCell(content.onsetDate, onset), half),
        (.label("진단 연월일"), label),
        (FormCell(content.diagnosedDate, FieldTag("diagnosed_date", .date)), half),
      ], x: margin, y: y, height: height, look)
    page.endLine()
    return y + height
  }

  private func opinion(_ y: Double) throws -> Double {
    let pitch = look.size * 25.4 / 72 * 1.75
    let inner = width - 8
    try page.cell(
      .label("치료 내용 및 향후 치료에 대한 소견"),
      PageRect(x: margin, y: y, width: width, height: height), look)
    page.endLine()
    let lines = try page.typesetter.wrap(content.opinion, look.text, width: inner)
    let box = PageRect(
      x: margin, y: y + height, width: width, height: max(46, Double(lines.count) * pitch + 9))
    page.canvas.box(box, in: look)
    try page.paragraph(
      content.opinion, FieldTag("opinion", .freeText), look.text, x: margin + 4, width: inner,
      baseline: box.y + 4 + pitch * 0.7, pitch: pitch)
    return box.bottom
  }

  private func purpose(_ y: Double) throws -> Double {
    let half = width / 2 - label
    try page.cells(
      [
        (.label("용도"), label), (FormCell(content.purpose), half),
        (.label("비고"), label), (.empty(), half),
      ], x: margin, y: y, height: height, look)
    page.endLine()
    return y + height
  }

  // MARK: Signature

  private func signature(_ y: Double) throws -> Double {
    let style = look.text
    let pitch = look.size * 25.4 / 72 * 2.3
    var baseline = y + pitch * 1.1
    let sentence =
      isStatutory
      ? "「의료법」 제17조 및 같은 법 시행규칙 제9조제1항에 따라 위와 같이 진단합니다." : "위와 같이 진단함."
    try page.put(
      [Piece(sentence)], style, x: margin + 3, baseline: baseline, within: width - 6)
    page.endLine()
    baseline += pitch * 1.15
    try page.put(
      [Piece(content.issueDate, FieldTag("issue_date", .date))], style.sized(style.size * 1.1),
      x: PageSize.a4.width / 2, baseline: baseline, align: .centre)
    page.endLine()
    baseline += pitch * 1.3
    baseline = try hospital(baseline, pitch)
    let box = PageRect(x: margin, y: y, width: width, height: baseline - y + 2)
    page.canvas.box(box, in: look)
    return box.bottom
  }

  private func hospital(_ first: Double, _ pitch: Double) throws -> Double {
    let style = look.text
    let x = margin + 10
    let valueX = x + 32
    var baseline = first
    try page.put(["주소:"], style, x: x, baseline: baseline)
    try page.put(
      [Piece(content.hospital.address)], style, x: valueX, baseline: baseline, within: 120)
    page.endLine()
    baseline += pitch
    try page.put(["의료기관 명칭:"], style, x: x, baseline: baseline, within: 31)
    let end = try page.put(
      [Piece(content.hospital.name)], style.bold.sized(style.size * 1.25), x: valueX,
      baseline: baseline, within: 92)
    page.endLine()
    // Pressed on the name's last syllable, clear of the address above.
    try page.canvas.press(
      Seal(.square, text: squareSealText, size: 17, degrees: sealDegrees),
      x: min(end + 5.5, right - 12), y: baseline + 2.2, with: page.typesetter)
    baseline += pitch
    try page.put(["면허번호:"], style, x: x, baseline: baseline)
    try page.put(
      [Piece("제 \(content.physician.licenceNumber) 호")], style, x: valueX, baseline: baseline)
    page.endLine()
    baseline += pitch
    try page.put(["의사 성명:"], style, x: x, baseline: baseline)
    try page.put(
      [Piece(content.physician.name, FieldTag("physician_name", .person))], style, x: valueX,
      baseline: baseline)
    // To the right of the hospital's seal.
    let signX = right - 40
    let signEnd = try page.put(["(서명 또는 인)"], look.small, x: signX, baseline: baseline)
    page.endLine()
    try page.canvas.press(
      Seal(.round, text: content.physician.name, size: 10, degrees: -sealDegrees, opacity: 0.8),
      x: (signX + signEnd) / 2, y: baseline - 1.5, with: page.typesetter)
    return baseline + 3
  }
}

extension String {
  fileprivate func padding(to count: Int) -> String {
    let fill = Array("의인")
    var text = self
    var next = 0
    while text.count < count, next < fill.count {
      text.append(fill[next])
      next += 1
    }
    return text
  }
}
