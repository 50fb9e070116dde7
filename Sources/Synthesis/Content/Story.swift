import PageImaging

/// One patient's illness while a document is written: remembers what it has said, so that a drug
/// named in the course is the drug in the table and a side does not change.
///
/// Slots of a template: `{3~7}` and `{37.8~39.2}` a number, `{a/b}` one of the words, `{side}`
/// 우측 or 좌측 (`{rl}` Rt. or Lt.), `{on}` the time since onset, `{d+3}` and `{d+2~4}` a day after the first day,
/// `{rx.ppi}` a drug of the class, `{lab.CRP+}` a test with its value and unit (`+` high, `-` low,
/// `=` normal), `{age}`, `{sex}`.
struct Story {
  let family: DiseaseFamily
  let split: Split
  let patient: PatientContent
  let firstDay: CalendarDate
  let principal: DiagnosisEntry
  let comorbidities: [Comorbidity]
  let style: LabStyle
  let side: String
  let onset: String
  private(set) var drugs: [String: DrugEntry] = [:]
  private(set) var labs: [String: LabRow] = [:]

  static func draw(
    split: Split, on date: CalendarDate, isMasked: Bool, random: inout SeededRandom
  ) -> Story {
    let families = DiseaseFamily.all.filter {
      !DiagnosisLexicon.lexicon.entries(in: $0.group, for: split).isEmpty
    }
    let family = random.pick(families)
    let patient = PatientContent.draw(
      split: split, on: date, sex: family.sex, ages: family.ages, isMasked: isMasked,
      random: &random)
    let side = random.pick(["우측", "좌측"])
    let term = DiagnosisLexicon.lexicon.draw(family.group, for: split, random: &random) {
      $0.isFound(in: patient.sex)
    }!
    let comorbidities = Comorbidity.draw(for: family, patient: patient, random: &random)
    return Story(
      family: family, split: split, patient: patient, firstDay: date,
      principal: DiagnosisEntry(term, side: side, isPrincipal: true),
      comorbidities: comorbidities, style: .draw(&random), side: side,
      onset: numbersFilled(family.onset, random: &random))
  }

  private init(
    family: DiseaseFamily, split: Split, patient: PatientContent, firstDay: CalendarDate,
    principal: DiagnosisEntry, comorbidities: [Comorbidity], style: LabStyle, side: String,
    onset: String
  ) {
    self.family = family
    self.split = split
    self.patient = patient
    self.firstDay = firstDay
    self.principal = principal
    self.comorbidities = comorbidities
    self.style = style
    self.side = side
    self.onset = onset
  }

  /// The diagnoses of the comorbidities and, in some, a small complaint besides.
  func secondaryDiagnoses(random: inout SeededRandom) -> [DiagnosisEntry] {
    let small = ["eye", "derm", "ent", "headache", "shoulder", "uri", "hernia", "gyn", "anemia"]
    let groups = comorbidities.map(\.group) + (random.chance(0.35) ? [random.pick(small)] : [])
    return groups.compactMap { group in
      DiagnosisLexicon.lexicon.draw(group, for: split, random: &random) {
        $0.isFound(in: patient.sex) && $0.code != principal.code
      }.map { DiagnosisEntry($0, side: side, isPrincipal: false) }
    }
  }

  // MARK: Telling

  /// The lines of `part`, each in one of its wordings.
  mutating func sentences(_ part: String, random: inout SeededRandom) -> [String] {
    sentences(family.parts[part] ?? [], random: &random)
  }

  mutating func sentences(
    _ lines: [DiseaseFamily.Line], random: inout SeededRandom
  ) -> [String] {
    var told: [String] = []
    for line in lines where !line.isOptional || random.chance(0.6) {
      // A wording that needs a held-out test or class cannot be told in `train`.
      let tellable = line.wordings.filter { isTellable($0) }
      guard let wording = tellable.randomElement(using: &random) else { continue }
      told.append(fill(wording, random: &random))
    }
    return told
  }

  mutating func paragraph(_ part: String, random: inout SeededRandom) -> String {
    sentences(part, random: &random).joined(separator: " ")
  }

  /// `template` with its slots filled.
  mutating func fill(_ template: String, random: inout SeededRandom) -> String {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      text += value(of: rest[rest.index(after: open)..<close], random: &random)
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private mutating func value(of slot: Substring, random: inout SeededRandom) -> String {
    switch slot {
    case "side": return side
    case "rl": return side == "우측" ? "Rt." : "Lt."
    case "on": return onset
    case "age": return String(patient.age)
    case "sex": return patient.sex
    default: break
    }
    if slot.hasPrefix("rx.") {
      return drug(String(slot.dropFirst(3)), random: &random)?.ingredient ?? ""
    }
    if slot.hasPrefix("lab.") { return labText(slot.dropFirst(4), random: &random) }
    if slot.hasPrefix("d+") {
      let days = numbersFilled(String(slot.dropFirst(2)), random: &random)
      return (firstDay + Int(days)!).monthAndDay
    }
    if slot.contains("/") { return String(random.pick(slot.split(separator: "/"))) }
    return numbersFilled(String(slot), random: &random)
  }

  private func isTellable(_ wording: String) -> Bool {
    var rest = wording[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let slot = rest[rest.index(after: open)..<close]
      if slot.hasPrefix("lab."), labEntry(slot.dropFirst(4).dropLast()) == nil { return false }
      rest = rest[rest.index(after: close)...]
    }
    return true
  }

  // MARK: Remembered draws

  /// The drug of `group` that this patient takes.
  mutating func drug(_ group: String, random: inout SeededRandom) -> DrugEntry? {
    if let drug = drugs[group] { return drug }
    let drug = DrugLexicon.lexicon.draw(group, for: split, random: &random)
    drugs[group] = drug
    return drug
  }

  /// The row of a test written `CRP+`, `Sodium-` or `WBC=`; nil where the split or the patient's
  /// sex keeps the test out.
  mutating func lab(_ request: Substring, random: inout SeededRandom) -> LabRow? {
    let name = String(request.dropLast())
    if let row = labs[name] { return row }
    guard let entry = labEntry(request.dropLast()) else { return nil }
    let direction: LabDirection =
      request.last == "+" ? .high : request.last == "-" ? .low : .normal
    let row = entry.row(direction, patient: patient, style: style, random: &random)
    labs[name] = row
    return row
  }

  private func labEntry(_ name: Substring) -> LabTestEntry? {
    LabTestLexicon.lexicon.entries(for: split).first {
      $0.name == name && $0.isTested(in: patient.sex)
    }
  }

  private mutating func labText(_ request: Substring, random: inout SeededRandom) -> String {
    guard let row = lab(request, random: &random) else { return "" }
    let unit = row.unit.hasPrefix("10") ? "×" + row.unit : row.unit == "%" ? "%" : " " + row.unit
    return "\(row.test) \(row.value)" + (row.unit.isEmpty ? "" : unit)
  }
}

extension DiagnosisEntry {
  init(_ term: DiagnosisTerm, side: String, isPrincipal: Bool) {
    self.init(
      name: term.isPaired ? "\(side) \(term.name)" : term.name, code: term.code,
      isPrincipal: isPrincipal)
  }
}

/// `3~7일` with a number drawn for the range, written with as many decimals as its ends.
func numbersFilled(_ text: String, random: inout SeededRandom) -> String {
  guard let tilde = text.firstIndex(of: "~") else { return text }
  let isNumeric = { (c: Character) in c.isASCII && (c.isNumber || c == ".") }
  let low = text[..<tilde]
  let after = text[text.index(after: tilde)...]
  let high = after.prefix(while: isNumeric)
  let decimals = low.split(separator: ".").dropFirst().first?.count ?? 0
  let scale = [1.0, 10, 100][decimals]
  let drawn = random.int(
    Int((Double(low)! * scale).rounded())...Int((Double(high)! * scale).rounded()))
  let number =
    decimals == 0
    ? String(drawn)
    : "\(drawn / Int(scale))."
      + (decimals == 2 ? twoDigits(drawn % 100) : String(drawn % 10))
  return number + after.dropFirst(high.count)
}

/// `text` with every `{3~7}` drawn; for phrases that belong to no illness.
func numbersInBracesFilled(_ text: String, random: inout SeededRandom) -> String {
  guard let open = text.firstIndex(of: "{"), let close = text.firstIndex(of: "}") else {
    return text
  }
  let slot = String(text[text.index(after: open)..<close])
  return text[..<open] + numbersFilled(slot, random: &random) + text[text.index(after: close)...]
}
