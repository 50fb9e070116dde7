import DocProfiles
import Drawing
import PageImaging

/// 의무기록: a printed form whose notes are written by hand.
struct MedicalRecordLayout {
  enum Form: CaseIterable {
    /// Labels in a column on the left, boxes on the right.
    case boxed
    /// Printed headings over ruled lines.
    case ruled
    /// Printed headings, blank paper.
    case plain
  }

  struct Note {
    var label: String
    var text: String
    var tag: FieldTag?
  }

  let content: MedicalRecordContent
  let look: FormLook
  let form: Form
  let title: String
  let hand: Hand
  let typesetter: Typesetter

  private let margin = 16.0
  private var width: Double { PageSize.a4.width - 2 * margin }
  private let labelWidth = 27.0
  private var bottom: Double { PageSize.a4.height - margin - 16 }

  static func pages(
    _ content: MedicalRecordContent, _ typesetter: Typesetter, _ random: inout SeededRandom
  ) throws -> [ComposedPage] {
    let look = FormLook(&random, size: 9.5...11)
    let form = Form.allCases.randomElement(using: &random)!
    let title = ["의무기록", "외래 초진 기록지", "경과기록지"].randomElement(using: &random)!
    var hand = Hand(&random)
    // A busy hand writes smaller until the note fits its sheet.
    while true {
      let layout = MedicalRecordLayout(
        content: content, look: look, form: form, title: title, hand: hand, typesetter: typesetter)
      if try layout.height <= layout.bottom - layout.top { return [try layout.draw(&random)] }
      guard hand.style.size > 8 else { throw LayoutError(defect: .tooTall, line: 0) }
      hand.style.size -= 0.5
    }
  }

  private var notes: [Note] {
    [
      Note(
        label: "주소 (C.C)", text: content.chiefComplaint,
        tag: FieldTag("chief_complaint", .freeText)),
      Note(
        label: "현병력 (P.I)", text: content.presentIllness,
        tag: FieldTag("present_illness", .freeText)),
      Note(
        label: "과거력 (PMH)", text: content.pastHistory, tag: FieldTag("past_history", .freeText)),
      Note(label: "가족력 (FHx)", text: content.familyHistory),
      Note(label: "사회력 (SHx)", text: content.socialHistory),
      Note(label: "계통문진 (ROS)", text: content.reviewOfSystems),
      Note(label: "신체검진 (P/E)", text: content.physicalExam),
      Note(label: "평가 (A)", text: content.assessment),
      Note(label: "계획 (P)", text: content.plan),
    ]
  }

  // MARK: Measure

  private var pitch: Double { hand.pitch }
  private var labelHeight: Double { look.size * 25.4 / 72 * 1.9 }
  private var top: Double { margin + 46 }
  private var noteX: Double { form == .boxed ? margin + labelWidth + 2 : margin + 4 }
  private var noteWidth: Double { margin + width - noteX - 3 }
  private var between: Double { form == .boxed ? 3 : 2 }

  private func lines(_ note: Note) throws -> [String] {
    try note.text.split(separator: "\n").flatMap {
      try typesetter.wrap(String($0), hand.style, width: noteWidth - 2)
    }
  }

  private func height(_ note: Note) throws -> Double {
    Double(try lines(note).count) * pitch + between + (form == .boxed ? 0 : labelHeight)
  }

  private var height: Double {
    get throws { try notes.filter { !$0.text.isEmpty }.reduce(0) { try $0 + height($1) } }
  }

  // MARK: Draw

  private func draw(_ random: inout SeededRandom) throws -> ComposedPage {
    let page = PageComposer(.a4, typesetter: typesetter)
    try head(page)
    var y = top
    for note in notes where !note.text.isEmpty { y = try draw(note, y, page, &random) }
    if form == .boxed {
      page.canvas.frame(PageRect(x: margin, y: top, width: width, height: y - top), look)
    }
    try sign(page, y, &random)
    return try page.finish()
  }

  private func head(_ page: PageComposer) throws {
    try page.put(
      [Piece(content.hospital.name)], look.text.bold, x: margin, baseline: margin + 2)
    try page.put(
      [Piece("진료과: \(content.department)")], look.text, x: margin + width, baseline: margin + 2,
      align: .right)
    page.endLine()
    try page.put(
      [Piece(title)], look.title.sized(look.size * 1.8), x: PageSize.a4.width / 2,
      baseline: margin + 14, align: .centre)
    page.endLine()
    let patient = content.patient
    let rows: [[(label: String, value: Piece)]] = [
      [
        ("환자정보", Piece(content.patientInfo, FieldTag("patient_info", .person))),
        ("등록번호", Piece(patient.chartNumber)),
      ],
      [
        ("생년월일", Piece(patient.birthDate)),
        ("진료일", Piece(content.visitDate, FieldTag("visit_date", .date))),
      ],
    ]
    _ = try page.pairs(
      rows, x: margin, y: margin + 20, width: width, height: 9, labelShare: 0.26, look)
  }

  private func draw(
    _ note: Note, _ y: Double, _ page: PageComposer, _ random: inout SeededRandom
  ) throws -> Double {
    let bottom = y + (try height(note))
    var baseline: Double
    if form == .boxed {
      let side = PageRect(x: margin, y: y, width: labelWidth, height: bottom - y)
      if let fill = look.headerFill { page.canvas.fill(side, fill) }
      page.canvas.box(side, in: look)
      page.canvas.box(
        PageRect(x: side.right, y: y, width: width - labelWidth, height: bottom - y), in: look)
      baseline = y + between / 2 + pitch * 0.7
      try page.put(
        [Piece(note.label)], look.label, x: side.midX, baseline: baseline, align: .centre,
        within: labelWidth - 2)
    } else {
      let label = look.text.bold
      try page.put([Piece("▶ " + note.label)], label, x: margin, baseline: y + labelHeight * 0.7)
      page.endLine()
      baseline = y + labelHeight + pitch * 0.7
    }
    for line in try lines(note) {
      if form == .ruled {
        let rule = baseline + pitch * 0.26
        page.canvas.rule(
          from: (margin, rule), to: (margin + width, rule), weight: 0.3, .faintRule)
      }
      try page.put(
        [Piece(line, note.tag)], hand.style(&random), x: noteX + random.uniform(-0.4...0.8),
        baseline: baseline + random.uniform(-0.35...0.35), within: noteWidth)
      page.endLine()
      baseline += pitch
    }
    return bottom
  }

  private func sign(
    _ page: PageComposer, _ y: Double, _ random: inout SeededRandom
  ) throws {
    let baseline = max(y + 10, PageSize.a4.height - margin - 8)
    let end = try page.put(
      ["기록자:"], look.text, x: margin + width * 0.52, baseline: baseline)
    let name = try page.put(
      [Piece(content.physician.name)], hand.style(&random), x: end + 3, baseline: baseline)
    try page.put(
      [Piece("(면허번호 제 \(content.physician.licenceNumber) 호)")], look.small, x: name + 4,
      baseline: baseline)
    page.endLine()
  }
}
