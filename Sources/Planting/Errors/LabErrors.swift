import Datasets
import DocProfiles

extension PlantingPage {
  /// Results, units, ranges and flags of a laboratory table.
  func labErrors() -> [Plant] {
    rows.flatMap { row -> [Plant] in
      guard fields[row.key].kind == .testName else { return [] }
      let member = { (kind: FieldKind) in
        row.fields.map { fields[$0] }.first { $0.kind == kind }
      }
      let range = member(.range)
      var plants: [Plant] = []
      if let value = member(.labValue) {
        plants += valueErrors(of: value, by: range.flatMap { WrittenInterval($0.value) })
        plants += flagErrors(behind: value)
      }
      if let unit = member(.unit) { plants += unitErrors(of: unit) }
      if let range { plants += rangeErrors(of: range) }
      return plants
    }
  }

  // MARK: Results

  private func valueErrors(of field: FieldTruth, by interval: WrittenInterval?) -> [Plant] {
    switch field.value {
    case "음성": return [misread(field, as: "양성", "finding reversed", .negationFlip, .critical)]
    case "양성", "약양성":
      return [misread(field, as: "음성", "finding reversed", .negationFlip, .critical)]
    case let value where value.hasPrefix("-"):
      return [
        misread(
          field, as: String(value.dropFirst()), "sign lost", .signFlip, .critical)
      ]
    case let value where value.hasPrefix("<"):
      let bare = String(value.dropFirst())
      return [
        misread(field, as: ">" + bare, "comparator turned", .comparatorFlip, .critical),
        misread(field, as: bare, "comparator lost", .comparatorFlip, .critical),
      ]
    default: break
    }
    guard let number = WrittenNumber(field.value), !number.isNought else { return [] }
    return [
      misread(field, as: number.tenfold, "result times ten", .decimalShift, .critical),
      misread(field, as: number.tenth, "result by ten", .decimalShift, .critical),
      misread(field, as: "<" + number.text, "comparator added", .comparatorFlip, .critical),
      misread(field, as: "-" + number.text, "sign added", .signFlip, .critical),
    ] + otherValues(of: field, number, by: interval)
  }

  private func otherValues(
    of field: FieldTruth, _ number: WrittenNumber, by interval: WrittenInterval?
  ) -> [Plant] {
    let others = number.misread.filter { !$0.isNought && $0.significant != number.significant }
    let ratio = { (other: WrittenNumber) in
      max(other.value / number.value, number.value / other.value)
    }
    let side = interval?.side(of: number.value)
    if interval != nil, side == nil { return [] }
    let alike = others.filter { interval?.side(of: $0.value) == side }
    var plants: [Plant] = []
    if let near = alike.last(where: { ratio($0) < 1.99 }) {
      plants.append(
        misread(field, as: near.text, "result a little off", .labValue, .major))
    }
    if let far = alike.last(where: { ratio($0) >= 2 }) {
      plants.append(
        misread(field, as: far.text, "result twice or half", .labValue, .critical))
    }
    if let side,
      let across = others.first(where: {
        interval?.side(of: $0.value).map { $0 != side } ?? false
      })
    {
      plants.append(
        misread(
          field, as: across.text, "result over a limit", .flagReversed, .critical))
    }
    return plants
  }

  // MARK: Flags

  /// `5.8 H mmol/L`: the letter behind a result.
  private func flagErrors(behind field: FieldTruth) -> [Plant] {
    let end = field.end
    guard WrittenNumber(field.value) != nil else { return [] }
    func plant(_ recipe: String, _ range: Range<Int>, _ text: String) -> Plant {
      Plant(
        .harmful(.flagReversed), recipe, [Edit(range: range, text: text)],
        expecting: [ExpectedError(.flagReversed, .critical)])
    }
    let isFlagged =
      end + 1 < scalars.count && scalars[end] == " " && !isStructured[end + 1]
      && (scalars[end + 1] == "H" || scalars[end + 1] == "L")
      && (end + 2 == scalars.count || scalars[end + 2] == " " || scalars[end + 2] == "\n")
    guard isFlagged else {
      return [
        plant("flag H added", end..<end, " H"), plant("flag L added", end..<end, " L"),
      ]
    }
    let other = scalars[end + 1] == "H" ? "L" : "H"
    return [
      plant("flag turned", end + 1..<end + 2, other), plant("flag lost", end..<end + 2, ""),
    ]
  }

  // MARK: Units and ranges

  private func unitErrors(of field: FieldTruth) -> [Plant] {
    let others: [String: [String]] = [
      "mg/dL": ["g/dL", "mg/L", "µg/dL"], "mmol/L": ["µmol/L", "mEq/L", "mmol/mL"],
      "IU/L": ["IU/mL", "U/L"], "g/dL": ["mg/dL", "g/L"], "ng/mL": ["µg/mL", "ng/dL", "pg/mL"],
      "µg/dL": ["mg/dL", "ng/dL"], "10³/µL": ["10⁶/µL"], "pg/mL": ["ng/mL", "pg/dL"],
      "mg/L": ["mg/dL", "g/L"], "µg/mL": ["mg/mL", "ng/mL"], "µmol/L": ["mmol/L"],
      "U/L": ["IU/L", "U/mL"], "mm/hr": ["cm/hr"], "µIU/mL": ["mIU/mL"], "fL": ["pL"],
      "mOsm/kg": ["Osm/kg"], "pg": ["ng"], "sec": ["min"], "ng/L": ["µg/L"], "%": ["mg/dL"],
    ]
    var plants = (others[field.value] ?? []).map {
      misread(field, as: $0, "unit exchanged", .unitChange, .critical)
    }
    let garbled = ["mg/dL": "mq/dL", "mmol/L": "mmoI/L", "IU/L": "1U/L", "ng/mL": "nq/mL"]
    if let unit = garbled[field.value] {
      plants.append(misread(field, as: unit, "unit illegible", .unitChange, .major))
    }
    return plants
  }

  private func rangeErrors(of field: FieldTruth) -> [Plant] {
    if field.value == "음성" {
      return [misread(field, as: "양성", "finding reversed", .negationFlip, .critical)]
    }
    guard let interval = WrittenInterval(field.value) else { return [] }
    var plants: [Plant] = []
    func plant(_ text: String, _ recipe: String, _ errorClass: ErrorClass, _ bad: Severity) {
      plants.append(misread(field, as: text, recipe, errorClass, bad))
    }
    switch interval {
    case .below(let limit), .above(let limit):
      let mark = field.value.prefix(1)
      plant((mark == "<" ? ">" : "<") + limit, "comparator turned", .comparatorFlip, .critical)
      plant(limit, "comparator lost", .comparatorFlip, .critical)
      plant((mark == "<" ? "≤" : "≥") + limit, "comparator changed", .comparatorFlip, .critical)
      if let other = WrittenNumber(limit)!.misread.first(where: { !$0.isNought }) {
        plant(mark + other.text, "limit misread", .referenceRange, .major)
      }
    case .between(let low, let mark, let high):
      if low.hasPrefix("-") {
        plant(low.dropFirst() + mark + high, "sign lost", .signFlip, .critical)
      } else if let other = WrittenNumber(low)!.misread.first(where: { !$0.isNought }) {
        plant(other.text + mark + high, "lower limit misread", .referenceRange, .major)
      }
      if let other = WrittenNumber(high)!.misread.last(where: { !$0.isNought }) {
        plant(low + mark + other.text, "upper limit misread", .referenceRange, .major)
      }
      plant(low + high, "dash lost", .referenceRange, .major)
    }
    return plants
  }
}
