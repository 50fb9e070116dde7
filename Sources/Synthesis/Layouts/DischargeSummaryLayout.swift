import DocProfiles
import Drawing
import PageImaging

/// 퇴원요약서: headed sections that flow over two A4 pages, none broken between them.
struct DischargeSummaryLayout {
  enum HeadingStyle: CaseIterable { case filledBar, underlined, bracketed, numbered }

  /// A part of the summary that stays on one page.
  struct Section {
    var heading: String
    /// Millimetres, without the heading.
    var height: Double
    /// Draws from the given y.
    var draw: (PageComposer, Double) throws -> Void
  }

  let content: DischargeSummaryContent
  let look: FormLook
  let heading: HeadingStyle
  let typesetter: Typesetter

  let margin = 17.0
  var width: Double { PageSize.a4.width - 2 * margin }
  var pitch: Double { look.size * 25.4 / 72 * 1.7 }
  var rowHeight: Double { look.size * 25.4 / 72 * 1.85 }
  private var headingHeight: Double { look.size * 25.4 / 72 * 2.3 }
  private let gap = 2.5
  private var bottom: Double { PageSize.a4.height - margin - 7 }

  static func pages(
    _ content: DischargeSummaryContent, _ typesetter: Typesetter, _ random: inout SeededRandom
  ) throws -> [ComposedPage] {
    let layout = DischargeSummaryLayout(
      content: content, look: FormLook(&random, size: 9...10.5),
      heading: HeadingStyle.allCases.randomElement(using: &random)!, typesetter: typesetter)
    return try layout.draw()
  }

  private func draw() throws -> [ComposedPage] {
    let sections = try sections()
    let first = headHeight
    let groups = paginate(sections, first: first)
    guard groups.allSatisfy({ !$0.isEmpty }) else { throw LayoutError(defect: .tooTall, line: 0) }
    var number = 0
    return try groups.enumerated().map { index, group in
      let page = PageComposer(.a4, typesetter: typesetter)
      var y = index == 0 ? try head(page) : try runningHead(page)
      for section in group {
        number += 1
        y = try drawHeading(section.heading, number, y, page)
        try section.draw(page, y)
        y += section.height + gap
      }
      if index == groups.count - 1 { try signature(page, y + 4) }
      try foot(page, index + 1, groups.count)
      return try page.finish()
    }
  }

  /// Fills pages in order; what follows 경과 starts the second page where one would do for all.
  private func paginate(_ sections: [Section], first: Double) -> [[Section]] {
    var pages: [[Section]] = [[]]
    var y = first
    for section in sections {
      let need = headingHeight + section.height + gap
      if y + need > bottom, !pages[pages.count - 1].isEmpty {
        pages.append([])
        y = margin + 12
      }
      pages[pages.count - 1].append(section)
      y += need
    }
    if y + 26 > bottom { pages.append([pages[pages.count - 1].removeLast()]) }
    if pages.count == 1 {
      let cut = sections.count / 2
      pages = [Array(sections[..<cut]), Array(sections[cut...])]
    }
    return pages
  }

  // MARK: Furniture

  private var headHeight: Double { margin + 20 + 3 * rowHeight * 1.1 + 5 }

  private func head(_ page: PageComposer) throws -> Double {
    try page.put(
      [Piece(content.hospital.name)], look.text.bold, x: margin, baseline: margin + 2)
    try page.put(
      [Piece(content.department)], look.text, x: margin + width, baseline: margin + 2,
      align: .right)
    page.endLine()
    try page.put(
      ["퇴원요약서"], look.title, x: PageSize.a4.width / 2, baseline: margin + 14, align: .centre)
    page.endLine()
    let patient = content.patient
    let rows: [[(label: String, value: Piece)]] = [
      [
        ("등록번호", Piece(patient.chartNumber)),
        ("환자명", Piece(patient.name, FieldTag("patient_name", .person))),
        ("성별/나이", Piece(patient.sexAndAge)),
      ],
      [
        ("생년월일", Piece(patient.birthDate)), ("연락처", Piece(patient.phone)),
        ("담당의", Piece(content.physician.name)),
      ],
      [
        ("입원일", Piece(content.admissionDate, FieldTag("admission_date", .date))),
        ("퇴원일", Piece(content.dischargeDate, FieldTag("discharge_date", .date))),
        ("진료과", Piece(content.department)),
      ],
    ]
    return try page.pairs(
      rows, x: margin, y: margin + 20, width: width, height: rowHeight * 1.1, labelShare: 0.32,
      look) + 5
  }

  private func runningHead(_ page: PageComposer) throws -> Double {
    try page.put(
      [Piece("퇴원요약서 (계속)")], look.small, x: margin, baseline: margin + 2)
    try page.put(
      [Piece("\(content.patient.chartNumber) \(content.patient.name)")], look.small,
      x: margin + width, baseline: margin + 2, align: .right)
    page.endLine()
    page.canvas.rule(
      from: (margin, margin + 4.5), to: (margin + width, margin + 4.5), weight: look.thin)
    return margin + 9
  }

  private func drawHeading(
    _ text: String, _ number: Int, _ y: Double, _ page: PageComposer
  ) throws -> Double {
    let style = look.text.bold
    let bar = PageRect(x: margin, y: y, width: width, height: headingHeight - 1.5)
    let baseline = bar.midY + style.capRise
    var x = margin
    var shown = text
    switch heading {
    case .filledBar:
      page.canvas.fill(bar, .shade)
      x += 1.5
    case .underlined:
      page.canvas.rule(
        from: (bar.x, bar.bottom), to: (bar.right, bar.bottom), weight: look.thick)
    case .bracketed: shown = "[\(text)]"
    case .numbered: shown = "\(number). \(text)"
    }
    try page.put([Piece(shown)], style, x: x, baseline: baseline)
    page.endLine()
    return y + headingHeight
  }

  private func signature(_ page: PageComposer, _ y: Double) throws {
    let style = look.text
    let baseline = y + 5
    try page.put(
      [Piece("작성일: \(content.dischargeDate)")], style, x: margin, baseline: baseline)
    let name = "작성의: \(content.physician.name)"
    let nameX = margin + width * 0.55
    let end = try page.put([Piece(name)], style, x: nameX, baseline: baseline)
    try page.put(["(서명)"], style, x: end + 4, baseline: baseline)
    page.endLine()
    try page.canvas.press(
      Seal(.round, text: content.physician.name, size: 10, degrees: 6, opacity: 0.8), x: end + 9,
      y: baseline - 1, with: typesetter)
    try page.put(
      [Piece("면허번호: 제 \(content.physician.licenceNumber) 호")], style, x: nameX,
      baseline: baseline + pitch)
    page.endLine()
  }

  private func foot(_ page: PageComposer, _ number: Int, _ count: Int) throws {
    let baseline = PageSize.a4.height - margin + 2
    page.canvas.rule(
      from: (margin, baseline - 5), to: (margin + width, baseline - 5), weight: look.thin)
    try page.put(
      [Piece(content.hospital.name)], look.small, x: margin, baseline: baseline)
    try page.put(
      [Piece("\(number) / \(count)")], look.small, x: PageSize.a4.width / 2, baseline: baseline,
      align: .centre)
    try page.put(
      [Piece(content.hospital.phone)], look.small, x: margin + width, baseline: baseline,
      align: .right)
    page.endLine()
  }
}
