import DocProfiles
import Drawing

extension DischargeSummaryLayout {
  func sections() throws -> [Section] {
    var all = [diagnoses()]
    all.append(try paragraph("주호소", content.chiefComplaint))
    all.append(try paragraph("현병력", content.presentIllness))
    all.append(try paragraph("과거력", content.pastHistory))
    all.append(try paragraph("신체검진", content.physicalExam))
    all.append(labHighlights())
    if !content.procedures.isEmpty {
      all.append(try list("시술 및 수술", content.procedures, bullet: "-", tag: nil))
    }
    all.append(
      try paragraph("경과", content.hospitalCourse, FieldTag("hospital_course", .freeText)))
    all.append(medications())
    all.append(try paragraph("퇴원 시 상태", content.condition))
    all.append(
      try list(
        "추후계획", content.followUpPlan, bullet: nil, tag: FieldTag("follow_up_plan", .freeText)))
    return all
  }

  private var textX: Double { margin + 2 }
  private var textWidth: Double { width - 4 }

  private func paragraph(
    _ heading: String, _ text: String, _ tag: FieldTag? = nil
  ) throws -> Section {
    let lines = try typesetter.wrap(text, look.text, width: textWidth).count
    return Section(heading: heading, height: Double(lines) * pitch) { page, y in
      try page.paragraph(
        text, tag, look.text, x: textX, width: textWidth, baseline: y + pitch * 0.72, pitch: pitch)
    }
  }

  /// Items a line each. A tagged list carries its numbers inside the field, as it is written.
  private func list(
    _ heading: String, _ items: [String], bullet: String?, tag: FieldTag?
  ) throws -> Section {
    let shown = items.enumerated().map { "\(bullet ?? "\($0 + 1).") \($1)" }
    let lines = try shown.reduce(0) {
      try $0 + typesetter.wrap($1, look.text, width: textWidth).count
    }
    return Section(heading: heading, height: Double(lines) * pitch) { page, y in
      var baseline = y + pitch * 0.72
      for item in shown {
        baseline = try page.paragraph(
          item, tag, look.text, x: textX, width: textWidth, baseline: baseline, pitch: pitch)
      }
    }
  }

  private func table(_ shares: [Double]) -> FormTable {
    FormTable(look: look, x: margin, columns: shares.map { $0 * width }, rowHeight: rowHeight)
  }

  private func diagnoses() -> Section {
    let table = table([0.14, 0.68, 0.18])
    let principal = content.principalDiagnosis
    var rows: [[FormCell]] = [
      [
        FormCell([Piece("주진단")], align: .centre),
        FormCell(principal.name, FieldTag("principal_diagnosis", .diagnosisName)),
        FormCell(
          principal.code, FieldTag("diagnosis_code", .diagnosisCode, row: 1), align: .centre),
      ]
    ]
    for (index, entry) in content.secondaryDiagnoses.enumerated() {
      rows.append([
        FormCell([Piece("부진단")], align: .centre),
        FormCell(entry.name, FieldTag("secondary_diagnosis", .diagnosisName, row: index + 1)),
        FormCell(
          entry.code, FieldTag("diagnosis_code", .diagnosisCode, row: index + 2), align: .centre),
      ])
    }
    return section("진단명", table, [.label("구분"), .label("진단명"), .label("KCD 코드")], rows)
  }

  private func labHighlights() -> Section {
    let rows = content.labHighlights.enumerated().map { index, result in
      [
        FormCell(result.test, FieldTag("test_name", .testName, row: index + 1)),
        FormCell(
          [
            Piece(result.value, FieldTag("value", .labValue, row: index + 1)),
            Piece(result.flag.isEmpty ? "" : " " + result.flag),
          ], align: .centre),
        FormCell(result.unit, FieldTag("unit", .unit, row: index + 1), align: .centre),
        FormCell(
          result.referenceRange, FieldTag("reference_range", .range, row: index + 1),
          align: .centre),
      ]
    }
    let headings: [FormCell] = [.label("검사항목"), .label("결과"), .label("단위"), .label("참고치")]
    return section("주요 검사 결과", table([0.4, 0.2, 0.18, 0.22]), headings, rows)
  }

  private func medications() -> Section {
    let rows = content.dischargeMedications.enumerated().map { index, drug in
      [
        FormCell(drug.name, FieldTag("drug_name", .drugName, row: index + 1)),
        FormCell(drug.dose, FieldTag("dose", .quantity, row: index + 1), align: .centre),
        FormCell(drug.frequency, FieldTag("frequency", .frequency, row: index + 1), align: .centre),
        FormCell(drug.route, FieldTag("route", .route, row: index + 1), align: .centre),
        FormCell(drug.days, FieldTag("total_days", .quantity, row: index + 1), align: .centre),
      ]
    }
    let headings: [FormCell] = [
      .label("약품명"), .label("용량"), .label("횟수"), .label("경로"), .label("일수"),
    ]
    return section("퇴원약", table([0.44, 0.16, 0.16, 0.12, 0.12]), headings, rows)
  }

  private func section(
    _ heading: String, _ table: FormTable, _ headings: [FormCell], _ rows: [[FormCell]]
  ) -> Section {
    let height = rowHeight * Double(rows.count + 1) + 1
    return Section(heading: heading, height: height) { page, y in
      let bottom = try table.rows([headings] + rows, y: y, on: page)
      table.frame(top: y, bottom: bottom, on: page)
    }
  }
}
