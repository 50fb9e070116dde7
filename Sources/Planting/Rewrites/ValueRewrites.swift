import Datasets
import DocProfiles

extension PlantingPage {
  /// Fields written otherwise with the same meaning.
  func valueRewrites() -> [Plant] {
    fields.flatMap { widthsAndSpaces(of: $0) + otherSpellings(of: $0) }
  }

  private func otherSpellings(of field: FieldTruth) -> [Plant] {
    switch field.kind {
    case .quantity: quantityRewrites(of: field)
    case .labValue: resultRewrites(of: field)
    case .unit: unitRewrites(of: field)
    case .range: rangeRewrites(of: field)
    case .date: dateRewrites(of: field)
    case .diagnosisCode: codeRewrites(of: field)
    case .frequency: frequencyRewrites(of: field)
    case .route: routeRewrites(of: field)
    case .drugName: strengthRewrites(of: field)
    default: []
    }
  }

  // MARK: Width and spacing

  private func widthsAndSpaces(of field: FieldTruth) -> [Plant] {
    var plants: [Plant] = []
    let wide = Dressing.fullWidth.worn(by: Array(field.value.unicodeScalars))
    if wide != field.value { plants.append(rewritten(field, as: wide, .width, "full width")) }
    guard field.kind != .freeText else { return plants }
    let spaced = field.value.replacing(" ", with: "  ")
    if spaced != field.value { plants.append(rewritten(field, as: spaced, .spacing, "two blanks")) }
    let characters = Array(field.value)
    // Between figures a blank is what a lost digit leaves, and means something.
    let figures = "0123456789.,"
    var tight = ""
    for (place, character) in characters.enumerated() {
      if character == " ", place > 0, place + 1 < characters.count,
        !(figures.contains(characters[place - 1]) && figures.contains(characters[place + 1]))
      {
        continue
      }
      tight.append(character)
    }
    if tight != field.value { plants.append(rewritten(field, as: tight, .spacing, "no blank")) }
    if field.kind == .quantity, !field.value.contains(" "), let amount = WrittenAmount(field.value),
      !amount.unit.isEmpty
    {
      plants.append(
        rewritten(
          field, as: amount.number.text + " " + amount.unit, .spacing, "blank before the unit"))
    }
    return plants
  }

  // MARK: Amounts

  private func quantityRewrites(of field: FieldTruth) -> [Plant] {
    guard let amount = WrittenAmount(field.value) else { return [] }
    var plants = Self.sameNumbers(amount.number).map {
      rewritten(field, as: amount.with($0), .trailingNought, "same number")
    }
    plants += (Self.sameUnits[amount.unit] ?? []).map {
      rewritten(
        field, as: amount.number.text + amount.gap + $0, .unitSpelling, "same unit")
    }
    if amount.unit == "mg", !amount.number.isNought {
      plants.append(
        rewritten(
          field, as: amount.number.thousandth + " g", .otherUnit, "in grams", inOtherTerms: true))
      plants.append(
        rewritten(
          field, as: amount.number.thousandfold + " ㎍", .otherUnit, "in micrograms",
          inOtherTerms: true))
    }
    return plants
  }

  static func sameNumbers(_ number: WrittenNumber) -> [String] {
    number.decimals == 0 ? [number.text + ".0", number.text + ".00"] : [number.text + "0"]
  }

  static let sameUnits: [String: [String]] = [
    "mg": ["㎎", "ｍｇ", "밀리그램"], "㎍": ["µg", "μg", "mcg", "ug", "마이크로그램"], "g": ["그램", "ｇ"],
    "mL": ["㎖", "ml", "cc", "밀리리터"], "정": ["tab.", "tab"], "캡슐": ["cap.", "cap"],
    "단위": ["units", "U"], "방울": ["drops"], "㎍/h": ["µg/h", "mcg/h"],
    "mg/dL": ["㎎/㎗", "mg/dl", "㎎/dL"], "µg/dL": ["㎍/㎗", "ug/dL", "μg/dl", "mcg/dL"],
    "mmol/L": ["mmol/l", "mmol/ℓ"], "g/dL": ["g/㎗", "g/dl"], "ng/mL": ["ng/㎖", "ng/ml"],
    "pg/mL": ["pg/ml"], "10³/µL": ["10^3/µL", "×10³/µL", "10³/㎕", "10³/uL"],
    "10⁶/µL": ["10^6/µL", "10⁶/uL"], "mg/L": ["㎎/L", "mg/l"], "µmol/L": ["umol/L", "μmol/L"],
    "mm/hr": ["㎜/hr", "mm/h"], "/µL": ["/㎕", "/uL"], "sec": ["sec.", "초"],
    "mL/min/1.73㎡": ["mL/min/1.73m²", "㎖/min/1.73㎡"], "µIU/mL": ["uIU/mL"], "IU/L": ["IU/l"],
  ]

  private func strengthRewrites(of field: FieldTruth) -> [Plant] {
    let name = String(field.value.prefix { !"0123456789".contains($0) })
    guard let amount = WrittenAmount(field.value.dropFirst(name.count)),
      amount.unit == "밀리그램"
    else { return [] }
    return ["mg", "㎎", " mg"].map {
      rewritten(field, as: name + amount.number.text + $0, .unitSpelling, "strength's unit")
    }
  }

  // MARK: Laboratory

  private func resultRewrites(of field: FieldTruth) -> [Plant] {
    switch field.value {
    case "음성":
      return ["Negative", "neg"].map {
        rewritten(field, as: $0, .findingWording, "finding in English", inOtherTerms: true)
      }
    case "양성":
      return [
        rewritten(field, as: "Positive", .findingWording, "finding in English", inOtherTerms: true)
      ]
    default:
      guard let number = WrittenNumber(field.value) else { return [] }
      return Self.sameNumbers(number).map {
        rewritten(field, as: $0, .trailingNought, "same number")
      }
    }
  }

  private func unitRewrites(of field: FieldTruth) -> [Plant] {
    (Self.sameUnits[field.value] ?? []).map {
      rewritten(field, as: $0, .unitSpelling, "same unit")
    }
  }

  private func rangeRewrites(of field: FieldTruth) -> [Plant] {
    guard let interval = WrittenInterval(field.value) else { return [] }
    let texts: [String]
    switch interval {
    case .between(let low, _, let high):
      texts = ["-", "~", " - ", " ~ ", "–", " – "].map { low + $0 + high }
    case .below(let limit): texts = ["< " + limit, "＜" + limit, limit + " 미만", limit + "미만"]
    case .above(let limit): texts = ["> " + limit, "＞" + limit, limit + " 초과"]
    }
    return texts.filter { $0 != field.value }.map {
      rewritten(field, as: $0, .rangeStyle, "same range")
    }
  }

  // MARK: Dates, codes, orders

  private func dateRewrites(of field: FieldTruth) -> [Plant] {
    let numbers = field.value.split { !"0123456789".contains($0) }
    guard numbers.count >= 3, numbers[0].count == 4 else { return [] }
    let (year, month, day) = (numbers[0], Int(numbers[1])!, Int(numbers[2])!)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let time = numbers.count == 5 ? " \(numbers[3]):\(numbers[4])" : ""
    return [
      "\(year)-\(two(month))-\(two(day))", "\(year).\(month).\(day)", "\(year). \(month). \(day).",
      "\(year).\(two(month)).\(two(day))", "\(year)/\(two(month))/\(two(day))",
      "\(year)년 \(month)월 \(day)일", "\(year)년\(month)월\(day)일",
    ].map { $0 + time }.filter { $0 != field.value }.map {
      rewritten(field, as: $0, .dateStyle, "same date")
    }
  }

  private func codeRewrites(of field: FieldTruth) -> [Plant] {
    Set([
      field.value.filter { $0 != "." }, field.value.lowercased(),
      field.value.lowercased().filter { $0 != "." },
    ]).subtracting([field.value]).sorted().map {
      rewritten(field, as: $0, .codeStyle, "same code")
    }
  }

  private func frequencyRewrites(of field: FieldTruth) -> [Plant] {
    let others: [String: [String]] = [
      "1일 1회": ["하루 한 번", "1일1회", "qd", "QD", "1회/일", "매일 1회", "once daily", "q.d."],
      "1일 2회": ["하루 두 번", "bid", "BID", "b.i.d.", "2회/일", "하루 2회", "하루에 2번"],
      "1일 3회": ["하루 세 번", "tid", "TID", "t.i.d.", "3회/일", "하루 3회", "three times a day"],
      "1일 4회": ["하루 네 번", "qid", "4회/일"],
      "주 1회": ["일주일에 한 번", "매주 1회", "weekly", "1주 1회"],
      "3일 1회": ["3일에 1회", "3일마다"], "필요시": ["prn", "PRN", "필요 시"],
    ]
    let terms = ["1일 2회": "q12h", "1일 3회": "q8h", "1일 4회": "6시간마다"]
    return (others[field.value] ?? []).map {
      rewritten(field, as: $0, .frequencyWording, "same frequency")
    }
      + (terms[field.value].map {
        [rewritten(field, as: $0, .frequencyWording, "by the clock", inOtherTerms: true)]
      } ?? [])
  }

  private func routeRewrites(of field: FieldTruth) -> [Plant] {
    let others = [
      "경구": ["PO", "po", "p.o.", "경구투여"], "정맥주사": ["IV", "i.v.", "정맥 주사"],
      "피하주사": ["SC", "피하 주사"], "근육주사": ["IM", "근주"], "설하": ["SL"], "점안": ["ophthalmic"],
    ]
    return (others[field.value] ?? []).map {
      rewritten(field, as: $0, .routeWording, "same route")
    }
  }
}

extension WrittenNumber {
  /// `500` → `0.5`, exactly.
  var thousandth: String {
    var text = self
    for _ in 0..<3 { text = WrittenNumber(text.tenth)! }
    return text.text
  }

  var thousandfold: String {
    var text = self
    for _ in 0..<3 { text = WrittenNumber(text.tenfold)! }
    return text.text
  }
}
