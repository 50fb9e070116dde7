import DocProfiles
import Scoring
import Testing

/// truth, reading, kind: the same in other spelling.
private let same: [(String, String, FieldKind)] = [
  ("5 mg", "5mg", .quantity), ("5 mg", "5.0 mg", .quantity), ("5 mg", "5 ㎎", .quantity),
  ("5 mg", "5 밀리그램", .quantity), ("5 mg", "５ｍｇ", .quantity), ("0.5 g", ".50 그램", .quantity),
  ("5 mcg", "5 µg", .quantity), ("5 µg", "5㎍", .quantity), ("5 μg", "5 ug", .quantity),
  ("10 mL", "10 ml", .quantity), ("10 mL", "10 밀리리터", .quantity), ("10 mL", "10cc", .quantity),
  ("1,000 mL", "1000 mL", .quantity), ("2정", "2 tab", .quantity), ("2정", "2 tablets", .quantity),
  ("1캡슐", "1 cap.", .quantity), ("100 IU", "100 국제단위", .quantity), ("10 U", "10 units", .quantity),
  ("5 %", "5%", .quantity), ("28일", "28 days", .quantity), ("5 mg/kg", "5㎎/㎏", .quantity),
  ("1일 3회", "1일3회", .frequency), ("1일 3회", "하루 세 번", .frequency),
  ("1일 3회", "하루에 3번", .frequency), ("1일 3회", "매일 3회", .frequency),
  ("1일 3회", "tid", .frequency), ("1일 3회", "T.I.D.", .frequency),
  ("1일 3회", "3회/일", .frequency), ("1일 3회", "three times a day", .frequency),
  ("1일 2회", "bid", .frequency), ("1일 1회", "q.d.", .frequency), ("1일 4회", "qid", .frequency),
  ("8시간마다", "q8h", .frequency), ("8시간마다", "8시간 간격", .frequency),
  ("8시간마다", "every 8 hours", .frequency), ("격일", "qod", .frequency),
  ("주 1회", "일주일에 한 번", .frequency), ("3일 1회", "3일에 1회", .frequency),
  ("필요시", "PRN", .frequency), ("1일 3회 필요시", "tid prn", .frequency),
  ("취침 전", "h.s.", .frequency),
  ("경구", "PO", .route), ("경구", "p.o.", .route), ("정맥주사", "IV", .route),
  ("정맥주사", "정맥 주사", .route), ("피하주사", "SC", .route), ("근육주사", "I.M.", .route),
  ("70-99", "70~99", .range), ("70-99", "70 – 99", .range), ("< 5.0", "<5", .range),
  ("<5.0", "5.0 미만", .range), ("≤5.0", "5.0 이하", .range),
  ("E11.9", "E119", .diagnosisCode), ("E11.9", "e11.9", .diagnosisCode),
  ("2026-01-05", "2026.1.5", .date), ("2026-01-05", "2026. 1. 5.", .date),
  ("2026-01-05", "2026년 1월 5일", .date), ("2026-01-05", "2026/01/05", .date),
  ("2026-01-05 09:05", "2026.1.5. 9:05", .date), ("2026-01-05 09:05", "2026년 1월 5일 9시 5분", .date),
  ("라시디핀정4밀리그램", "라시디핀정 4mg", .drugName), ("아목시실린", "아목 시실린", .drugName),
  ("Aspirin", "Ａｓｐｉｒｉｎ", .drugName), ("홍길동", "홍 길 동", .person),
  ("mg/dL", "㎎/㎗", .unit), ("10³/µL", "10^3/uL", .unit), ("℃", "°C", .unit),
]

/// The same in other terms.
private let rewritten: [(String, String, FieldKind)] = [
  ("500 mg", "0.5 g", .quantity), ("0.25 mg", "250 µg", .quantity), ("1 L", "1,000 mL", .quantity),
  ("1 g/dL", "10 g/L", .quantity), ("1일 3회", "q8h", .frequency), ("bid", "12시간마다", .frequency),
  ("10³/µL", "10⁹/L", .unit), ("음성", "Negative", .labValue), ("1-2 g", "1000-2000 mg", .range),
]

/// Never the same, however near.
private let different: [(String, String, FieldKind)] = [
  ("5 mg", "50 mg", .quantity), ("5 mg", "5 g", .quantity), ("5 mg", "5 µg", .quantity),
  ("5 mg", "5 mL", .quantity), ("5 mg", "5 Mg", .quantity), ("5 mg", "5 MG", .quantity),
  ("5 mg", "5", .quantity), ("5 mg", "15 mg", .quantity), ("1 5 mg", "15 mg", .quantity),
  ("5 IU", "5 U", .quantity), ("5 IU", "5 mg", .quantity), ("1 mEq", "1 mmol", .quantity),
  ("5 mEq", "5 mg", .quantity), ("5 %", "5 mg", .quantity), ("5 %", "50 ‰", .quantity),
  ("05 mg", "5 mg", .quantity), ("1,5 mg", "15 mg", .quantity), ("<5 mg", "5 mg", .quantity),
  ("1일", "24시간", .quantity), ("5 foo", "5 fo", .quantity),
  ("1일 3회", "1일 8회", .frequency), ("1일 3회", "3회", .frequency), ("1일 3회", "3일 1회", .frequency),
  ("1일 1회", "od", .frequency), ("qd", "qod", .frequency), ("1일 3회 식후", "1일 3회 식전", .frequency),
  ("1일 3회", "1일 3회 필요시", .frequency), ("주 1회", "1일 1회", .frequency),
  ("1일 1회", "취침 전", .frequency), ("5시간마다", "1일 5회", .frequency),
  ("경구", "정맥주사", .route), ("IV", "IM", .route), ("경구", "경피", .route), ("IV", "V", .route),
  ("70-99", "70-999", .range), ("70-99", "7099", .range), ("<5.0", ">5.0", .range),
  ("<5.0", "≤5.0", .range), ("-2.0~3.0", "2.0~3.0", .range),
  ("E11.9", "E11", .diagnosisCode), ("E11.9", "El1.9", .diagnosisCode),
  ("I10", "110", .diagnosisCode),
  ("2026-01-05", "2026-05-01", .date), ("2026-01-05", "26-01-05", .date),
  ("2026-01-05 09:05", "2026-01-05", .date), ("2026-01-05", "2026-01-051:30", .date),
  ("라시디핀정4밀리그램", "라시디핀정40밀리그램", .drugName), ("비타민B1정", "비타민B12정", .drugName),
  ("암로디핀정", "에스암로디핀정", .drugName), ("암로디핀정", "암로디핀", .drugName),
  ("음성", "양성", .labValue), ("(-)", "(+)", .labValue), ("-3.5", "3.5", .labValue),
  ("mg/dL", "g/dL", .unit), ("mg", "mg/dL", .unit),
]

@Suite struct MeaningTests {
  @Test(arguments: same.indices) func `other spelling is the same`(index: Int) {
    let (truth, reading, kind) = same[index]
    #expect(compareMeaning(truth, reading, kind: kind).equality == .same, "\(truth) \(reading)")
    #expect(compareMeaning(reading, truth, kind: kind).equality == .same, "\(reading) \(truth)")
    #expect(sameValue(truth, reading, kind: kind))
  }

  @Test(arguments: rewritten.indices) func `other terms are rewritten`(index: Int) {
    let (truth, reading, kind) = rewritten[index]
    #expect(
      compareMeaning(truth, reading, kind: kind).equality == .rewritten, "\(truth) \(reading)")
    #expect(compareMeaning(reading, truth, kind: kind).equality == .rewritten)
    #expect(sameValue(truth, reading, kind: kind))
  }

  @Test(arguments: different.indices) func `what is near is not the same`(index: Int) {
    let (truth, reading, kind) = different[index]
    #expect(
      compareMeaning(truth, reading, kind: kind).equality == .different, "\(truth) \(reading)")
    #expect(compareMeaning(reading, truth, kind: kind).equality == .different)
    #expect(!sameValue(truth, reading, kind: kind))
  }

  @Test func `what no parser knows is text, and listed`() {
    #expect(
      compareMeaning("5 foo", "5foo", kind: .quantity)
        == MeaningComparison(equality: .same, unparsed: ["5foo"]))
    #expect(
      compareMeaning("아침마다", "저녁마다", kind: .frequency)
        == MeaningComparison(equality: .different, unparsed: ["아침마다", "저녁마다"]))
    #expect(compareMeaning("5 mg", "5 mg", kind: .quantity).unparsed.isEmpty)
  }

  @Test func `a value equals itself however it is spaced`() {
    var generator = CaseGenerator(state: 3)
    let all = (same + rewritten + different).flatMap { [($0.0, $0.2), ($0.1, $0.2)] }
    for (value, kind) in all {
      var spaced = ""
      var last: Character = " "
      for character in value {
        // A blank between two digits or points is what a digit lost and means something.
        let parts = { (c: Character) in c.isNumber || c == "." || c == "," }
        if !spaced.isEmpty, !(parts(last) && parts(character)), Bool.random(using: &generator) {
          spaced += " "
        }
        spaced.append(character)
        last = character
      }
      #expect(compareMeaning(value, spaced, kind: kind).equality == .same, "\(value) \(spaced)")
    }
  }

  @Test func `changing any digit never stays equal`() {
    for (value, _, kind) in same + rewritten {
      let characters = Array(value)
      for place in characters.indices {
        guard let digit = characters[place].wholeNumberValue, characters[place].isASCII else {
          continue
        }
        for other in 0...9 where other != digit {
          var changed = characters
          changed[place] = Character(String(other))
          // 5.0 → 5.1 differs, and so does every other place; E119 and 10^3 too.
          #expect(
            compareMeaning(value, String(changed), kind: kind).equality == .different,
            "\(value) \(String(changed))")
        }
      }
    }
  }
}
