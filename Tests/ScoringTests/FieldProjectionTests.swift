import DocProfiles
import Scoring
import Testing

/// Judges the field written between `[` and `]` in `truth`.
private func outcome(_ truth: String, read reading: String, as kind: FieldKind) -> FieldOutcome {
  outcomes(truth, read: reading, as: [kind])[0]
}

/// Judges the fields written between brackets, in their order.
private func outcomes(
  _ truth: String, read reading: String, as kinds: [FieldKind]
) -> [FieldOutcome] {
  var text = String.UnicodeScalarView()
  var fields: [ReferenceField] = []
  var start = 0
  for scalar in truth.unicodeScalars {
    if scalar == "[" {
      start = text.count
    } else if scalar == "]" {
      let kind = kinds[fields.count % kinds.count]
      let value = String(String.UnicodeScalarView(text.dropFirst(start)))
      fields.append(
        ReferenceField(name: kind.rawValue, kind: kind, value: value, span: start..<text.count))
    } else {
      text.append(scalar)
    }
  }
  return PageScorer().score(
    PagePrediction(text: reading), against: PageReference(text: String(text), fields: fields),
    criticalFields: kinds.map { CriticalField($0.rawValue, "필드", $0) }
  ).fields
}

/// Readings that would hurt someone if they passed: truth with the field in brackets, reading, kind.
private let mustNeverPass: [(String, String, FieldKind)] = [
  ("약가 [5 mg] 3회", "약가 15 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 50 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 .5 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 0.5 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 55 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가15 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5 g 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5 µg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5 mcg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5 Mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 1 5 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 15 5 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5 0 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5.0.0 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 05 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가 -5 mg 3회", .quantity),
  ("약가([5 mg]) 3회", "약가15 mg) 3회", .quantity),
  ("약가 1 [5 mg] 3회", "약가 15 mg 3회", .quantity),
  ("1. [5 mg]", "1.5 mg", .quantity),
  // Two cheapest ways: the second 5 stands for the blank, or for the dose.
  ("5 [5 mg]", "<55\n mg", .quantity),
  ("[5 mg]", "15 mg", .quantity),
  ("[5 mg]", "5 mg/kg", .quantity),
  ("[5]", "50", .quantity),
  ("[5]", "5.5", .quantity),
  ("[5]", "５０", .quantity),
  ("[2.5 mg]", "25 mg", .quantity),
  ("[2.5 mg]", "2,5 mg", .quantity),
  ("[2.5 mg]", "2. 5 mg", .quantity),
  ("[10 mg]", "100 mg", .quantity),
  ("[10 mg]", "1 mg", .quantity),
  ("[1,000 mg]", "1,00 mg", .quantity),
  ("[1,000 mg]", "1.000 mg", .quantity),
  ("[½정]", "12정", .quantity),
  ("[10³/µL]", "103/µL", .unit),
  ("[㎎]", "g", .unit),
  ("BE [-3.5] mmol/L", "BE 3.5 mmol/L", .labValue),
  ("BE [3.5] mmol/L", "BE -3.5 mmol/L", .labValue),
  ("BE [3.5] mmol/L", "BE - 3.5 mmol/L", .labValue),
  ("CRP [<0.5] mg/dL", "CRP 0.5 mg/dL", .labValue),
  ("CRP [<0.5] mg/dL", "CRP >0.5 mg/dL", .labValue),
  ("CRP [0.5] mg/dL", "CRP < 0.5 mg/dL", .labValue),
  ("CRP [0.5] mg/dL", "CRP ＜0.5 mg/dL", .labValue),
  ("CRP [3.5] 1.0-2.0", "CRP 3.51.0-2.0", .labValue),
  ("CRP [3.5] 1.0-2.0", "CRP 3.5 1 1.0-2.0", .labValue),
  ("CRP H [3.5]", "CRP - 3.5", .labValue),
  ("BE [55]", "B< 55", .labValue),
  ("CRP - H [3.5]", "CRP - 3.5", .labValue),
  ("BE 1 [-2.5]", "BE 1-2.5", .labValue),
  ("HBsAg [음성]", "HBsAg 양성", .labValue),
  ("소변 [1+]", "소변 1", .labValue),
  ("소변 [(-)]", "소변 (+)", .labValue),
  ("Glu [70-99]", "Glu 7099", .range),
  ("Glu [70-99]", "Glu 70 99", .range),
  ("Glu [70-99]", "Glu 70-999", .range),
  ("Glu [70-99]", "Glu -70-99", .range),
  ("Glu [<200]", "Glu 200", .range),
  ("약가 [1일 3회] 경구", "약가 1일 8회 경구", .frequency),
  ("약가 [3회] 경구", "약가 13회 경구", .frequency),
  ("약가 [3] 7", "약가 37", .frequency),
  ("입원 [2026-01-05]", "입원 2026-01-06", .date),
  ("입원 [2026-01-05]", "입원 2026-10-5", .date),
  ("입원 [2026. 1. 5.]", "입원 2026. 1 5.", .date),
  ("입원 [2026-01-05]", "입원 12026-01-05", .date),
  ("코드 [E11.9]", "코드 E1l.9", .diagnosisCode),
  ("코드 [E10.9]", "코드 EI0.9", .diagnosisCode),
  ("코드 [I10]", "코드 110", .diagnosisCode),
  ("코드 [I10]", "코드 ı10", .diagnosisCode),
  ("코드 [E11.9]", "코드 E11", .diagnosisCode),
  ("코드 [E11]", "코드 E11 9", .diagnosisCode),
  ("약명 [Vitamin B1] 2", "약명 Vitamin B12", .drugName),
  ("약명 [아모디핀정]", "약명 아모디핀", .drugName),
  ("약명 [아모디핀]", "약명 베아모디핀", .drugName),
  ("약명 [니트로글리세린-SR]", "약명 니트로글리세린SR", .drugName),
  ("단위 [mg]", "단위 mg/dL", .unit),
  ("단위 [g] L", "단위 gL", .unit),
  ("경로 [IV]", "경로 V", .route),
  ("환자 [홍길동]", "환자 홍길순", .person),
]

@Test(arguments: mustNeverPass.indices) func `a harmful reading never passes`(index: Int) {
  let (truth, reading, kind) = mustNeverPass[index]
  let judged = outcome(truth, read: reading, as: kind)
  #expect(judged.judgement != .correct, "\(truth) read as \(reading): \(judged.predicted ?? "")")
  #expect(judged.credit == 0)
}

private let mustPass: [(String, String, FieldKind)] = [
  ("약가 [5 mg] 3회", "약가 5 mg 3회", .quantity),
  ("약가 [5 mg] 3회", "약가5mg3회", .quantity),
  ("약가 [5 mg] 3회", "야가 5mg 8회", .quantity),
  ("약가 [5 mg] 3회", "약가\n5 mg\n3회", .quantity),
  ("약가 [5 mg] 3회", "약가 5.0 mg 3회", .quantity),
  ("약가 [0.5 mg] 3회", "약가 .5 ㎎ 3회", .quantity),
  ("[1,000 mL]", "1000 ml", .quantity),
  ("[5 mL]", "５　ｍｌ", .quantity),
  ("[5 mg]", "잡음 5 mg 잡음", .quantity),
  ("[아목시실린] 500mg", "아목시실린500mg", .drugName),
  ("아목시실린 [500mg]", "아목시실린500mg", .quantity),
  ("[아목시실린]", "아목 시실린", .drugName),
  ("[Aspirin Protect] 100", "Aspirin  Protect 100", .drugName),
  ("CRP [<0.5] mg/dL", "CRP < 0.50 mg/dL", .labValue),
  ("BE [-3.5]", "BE −3.5", .labValue),
  ("Hct [5.0] %", "Hct 5.0%", .labValue),
  ("BE - [3.5]", "BE - 3.5", .labValue),
  ("AST [40]", "AS- 40", .labValue),
  ("Hct 5.0 [%]", "Hct 5.0%", .unit),
  ("AST [40] U/L H", "AST 40 U/L", .labValue),
  ("[µg/mL]", "μg/ml", .unit),
  ("Glu [70-99]", "Glu 70~99", .range),
  ("Glu [70-99]", "Glu 70 ~ 99", .range),
  ("Glu [70-99]", "Glu 70–99", .range),
  ("[1일 3회]", "1일3회", .frequency),
  ("[2026-01-05]", "2026.1.5", .date),
  ("[2026-01-05]", "2026. 1. 5.", .date),
  ("[2026-01-05]", "2026년 1월 5일", .date),
  ("코드 [E11.9]", "코드 E119", .diagnosisCode),
  ("코드 [E11.9]", "코드 e11.9", .diagnosisCode),
  ("성명 [홍길동] 님", "성명 홍 길 동 님", .person),
]

@Test(arguments: mustPass.indices) func `a harmless difference passes`(index: Int) {
  let (truth, reading, kind) = mustPass[index]
  let judged = outcome(truth, read: reading, as: kind)
  #expect(judged.judgement == .correct, "\(truth) read as \(reading): \(judged.predicted ?? "")")
}

private let table = """
  [약가정] [5 mg] [3회]
  [약나정] [10 mg] [2회]
  [약다정] [5 mg] [3회]
  """

@Test func `a missing row costs its own fields only`() {
  let judged = outcomes(
    table, read: "약가정 5 mg 3회\n약다정 5 mg 3회", as: [.drugName, .quantity, .frequency])
  #expect(
    judged.map(\.judgement.rawValue) == [
      "COR", "COR", "COR", "MIS", "MIS", "MIS", "COR", "COR", "COR",
    ])
}

@Test func `the first and the last row can be missing too`() {
  let kinds: [FieldKind] = [.drugName, .quantity, .frequency]
  let tail = outcomes(table, read: "약나정 10 mg 2회\n약다정 5 mg 3회", as: kinds)
  #expect(
    tail.map { $0.judgement == .missing } == [true, true, true] + Array(repeating: false, count: 6))
  let head = outcomes(table, read: "약가정 5 mg 3회\n약나정 10 mg 2회", as: kinds)
  #expect(
    head.map { $0.judgement == .missing } == Array(repeating: false, count: 6) + [true, true, true])
}

@Test func `an invented row changes nothing`() {
  let reading = "약가정 5 mg 3회\n약라정 50 mg 9회\n약나정 10 mg 2회\n약다정 5 mg 3회"
  let judged = outcomes(table, read: reading, as: [.drugName, .quantity, .frequency])
  #expect(judged.allSatisfy { $0.judgement == .correct })
}

@Test func `of two equal values one misread is one error`() {
  let truth = "[5 mg] [5 mg]\n[5 mg]"
  for (reading, wrong) in [("50 mg 5 mg\n5 mg", 1), ("5 mg 15 mg\n5 mg", 1), ("5 mg 5 mg\n5 g", 1)]
  {
    let judged = outcomes(truth, read: reading, as: [.quantity])
    #expect(judged.count { $0.judgement != .correct } == wrong, "\(reading)")
  }
}

@Test func `every single inserted digit, point or sign in a dose is an error`() {
  let truth = "약가정 [2.5 mg] 3회\n약나정 [2.5 mg] 2회"
  let plain = Array("약가정 2.5 mg 3회\n약나정 2.5 mg 2회")
  for mark in "0123456789.-<" {
    for place in 4...7 {  // Around and inside the first number.
      let reading = String(plain[..<place] + [mark] + plain[place...])
      // 2.50 is 2.5.
      let isHarmless = mark == "0" && place == 7
      let judged = outcomes(truth, read: reading, as: [.quantity])
      #expect((judged[0].judgement == .correct) == isHarmless, "\(reading)")
      #expect(judged[1].judgement == .correct)
    }
  }
}

@Test func `free text over several lines is graded`() {
  let truth = "경과 [입원 후 항생제 투여\n발열 호전됨]\n추후 외래"
  let same = outcome(truth, read: "경과 입원 후 항생제\n투여 발열 호전됨\n추후 외래", as: .freeText)
  #expect(same.judgement == .correct)
  let near = outcome(truth, read: "경과 입원 후 항생재 투여\n발열 호전됨\n추후 외래", as: .freeText)
  #expect(near.judgement == .partial)
  #expect(near.credit == 17.0 / 18)  // 1 − 1 / (1 + 17)
  let poor = outcome(truth, read: "경과 입원\n추후 외래", as: .freeText)
  #expect(poor.judgement == .incorrect)
  #expect(poor.credit > 0 && poor.credit < 0.5)
  #expect(outcome(truth, read: "", as: .freeText).judgement == .missing)
}

@Test func `spans count code points, and dropped marks count among them`() {
  // A flag is two code points and one cluster; the direction mark is dropped.
  #expect(outcome("🇰🇷\u{200e}👨‍👩‍👧 [5 mg]", read: "🇰🇷👨‍👩‍👧 5 mg", as: .quantity).judgement == .correct)
  #expect(outcome("🇰🇷 [5 mg] 끝", read: "🇰🇷 6 mg 끝", as: .quantity).predicted == "6 mg")
}

@Test func `a span outside the text is clipped, not a trap`() {
  let field = ReferenceField(name: "dose", kind: .quantity, value: "5 mg", span: 90..<120)
  let score = PageScorer().score(
    PagePrediction(text: "5 mg"), against: PageReference(text: "5 mg", fields: [field]),
    criticalFields: [CriticalField("dose", "용량", .quantity)])
  #expect(score.fields[0].judgement == .missing)
}

@Test func `a dose that passes stands in the reading as a number of its own`() {
  var generator = CaseGenerator(state: 5)
  let letters = Array("0123456789.,-< \nmg약")
  let doses = ["5", "2.5", "10", "0.5"]
  var passed = 0
  for _ in 0..<1500 {
    let dose = doses.randomElement(using: &generator)!
    let other = doses.randomElement(using: &generator)!
    let truth = "약가 [\(dose) mg] 3회\n약나 [\(other) mg] 2회"
    var reading = Array(truth.filter { $0 != "[" && $0 != "]" })
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0..<reading.count, using: &generator)
      let letter = letters.randomElement(using: &generator)!
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: reading.insert(letter, at: place)
      case 1: reading[place] = letter
      default: reading.remove(at: place)
      }
    }
    let text = String(reading)
    let numbers = text.split { !"0123456789.,-<".contains($0) }.map(String.init)
    for judged in outcomes(truth, read: text, as: [.quantity]) where judged.judgement == .correct {
      let number = String(judged.expected!.prefix { $0 != " " })
      let readAs = numbers.contains { sameValue(number, $0, kind: .quantity) }
      #expect(readAs, "\(truth) read as \(text)")
      passed += 1
    }
  }
  #expect(passed > 500)
}
