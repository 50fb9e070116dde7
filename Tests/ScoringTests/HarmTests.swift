import DocProfiles
import Foundation
import Scoring
import Testing

private let page = HarmPage(
  """
  등록번호 54955322 환자명 [patient_name:서채원] 성별/나이 여 / 88세
  약품명 용량 횟수 경로
  [drug_name:암로디핀정] [dose:5 mg] [frequency:1일 1회] [route:경구]
  [drug_name:로사르탄정] [dose:50 mg] [frequency:1일 2회] [route:경구]
  [drug_name:메트포르민정] [dose:500 mg] [frequency:1일 3회] [route:경구]
  검사 결과 단위 참고치
  [test_name:Sodium] [value:140] [unit:mmol/L] [reference_range:136-145]
  [test_name:Potassium] [value:5.8] H [unit:mmol/L] [reference_range:3.5-5.1]
  [test_name:CRP] [value:<0.5] [unit:mg/dL] [reference_range:<0.50]
  [test_name:Base excess] [value:-3.5] [unit:mmol/L] [reference_range:-2.0~3.0]
  진단 [diagnosis_name:우측 유방의 악성 신생물] [diagnosis_code:C50.9]
  [opinion:우측 유방암으로 수술하였고 전이는 없음. 간염 보균자 아님. 헤모글로빈 12.5 g/dL, 3일 후 외래 방문. 통증 시 아스피린 100 mg 복용, HBsAg 음성. Pt. denies dyspnea.]
  발행일 [issue_date:2026-01-05]
  """)

/// What the page says, how it was read, and every finding that gives.
private let specification: [(String, String, [String])] = [
  // Doses
  ("5 mg 1일 1회", "50 mg 1일 1회", ["decimal-shift critical"]),
  ("5 mg 1일 1회", ".5 mg 1일 1회", ["decimal-shift critical"]),
  ("5 mg 1일 1회", "15 mg 1일 1회", ["dose-ratio critical"]),
  ("5 mg 1일 1회", "6 mg 1일 1회", ["dose-ratio major"]),
  ("5 mg 1일 1회", "5 µg 1일 1회", ["unit-change critical"]),
  ("5 mg 1일 1회", "5 mL 1일 1회", ["unit-change critical"]),
  ("5 mg 1일 1회", "5 mq 1일 1회", ["unit-change major"]),
  ("5 mg 1일 1회", "1일 1회", ["field-missing major"]),
  ("500 mg", "0.5 g", ["rewritten benign"]),
  ("500 mg", "500.0㎎", []),
  ("500 mg", "500 밀리그램", []),
  // Frequency and route
  ("1일 3회", "1일 1회", ["frequency critical"]),
  ("1일 3회", "1일 4회", ["frequency major"]),
  ("1일 3회", "tid", []),
  ("1일 3회", "q8h", ["rewritten benign"]),
  ("1일 3회 경구", "1일 3회 정맥주사", ["route critical"]),
  ("1일 3회 경구", "1일 3회 P.O.", []),
  // Drugs
  ("로사르탄정", "발사르탄정", ["drug-swap critical"]),
  ("로사르탄정", "로사로탄정", ["drug-name major"]),
  ("아스피린 100", "로사르탄정 100", ["drug-swap critical"]),
  ("아스피린 100 mg", "아스피린 10 mg", ["decimal-shift critical"]),
  ("아스피린 100 mg", "아스피린 100 µg", ["unit-change critical"]),
  // Laboratory
  ("140 mmol/L", "14.0 mmol/L", ["decimal-shift critical"]),
  ("140 mmol/L", "141 mmol/L", ["lab-value major"]),
  ("140 mmol/L", "149 mmol/L", ["flag-reversed critical"]),
  ("5.8 H mmol/L", "5.3 H mmol/L", ["lab-value major"]),
  ("5.8 H mmol/L", "5.8 L mmol/L", ["flag-reversed critical"]),
  ("5.8 H mmol/L", "5.8 mmol/L", ["flag-reversed critical"]),
  ("CRP <0.5", "CRP >0.5", ["comparator-flip critical"]),
  ("CRP <0.5", "CRP 0.5", ["comparator-flip critical"]),
  ("excess -3.5", "excess 3.5", ["sign-flip critical"]),
  ("Sodium", "Sodlum", ["test-name major"]),
  ("136-145", "186-145", ["reference-range major"]),
  ("136-145", "136 ~ 145", []),
  ("mg/dL <0.50", "mg/dL 0.50 미만", []),
  ("mg/dL <0.50", "mg/dL 0.50 이상", ["comparator-flip critical"]),
  // Text
  ("전이는 없음", "전이는 있음", ["negation-flip critical"]),
  ("보균자 아님", "보균자임", ["negation-flip critical"]),
  ("HBsAg 음성", "HBsAg 양성", ["negation-flip critical"]),
  ("denies", "reports", ["negation-flip critical"]),
  ("우측 유방암", "좌측 유방암", ["laterality critical"]),
  ("우측 유방의", "좌측 유방의", ["laterality critical"]),
  ("12.5 g/dL", "125 g/dL", ["decimal-shift critical"]),
  ("12.5 g/dL", "12.5 mg/dL", ["unit-change critical"]),
  ("3일 후", "8일 후", ["digit-change major"]),
  ("1일 3회 경구", "three times a day 경구", []),
  ("1일 3회 경구", "1일 3회 필요시 경구", ["frequency critical"]),
  ("수술하였고", "수술허였고", ["free-text minor"]),
  ("방문. ", "방문 ", ["rewritten benign"]),
  // Who, what and when
  ("서채원", "서재원", ["patient-identifier critical"]),
  ("54955322", "54955822", ["patient-identifier critical"]),
  ("여 / 88세", "남 / 88세", ["patient-identifier critical"]),
  ("C50.9", "C60.9", ["code-category critical"]),
  ("C50.9", "C50.8", ["code-detail major"]),
  ("C50.9", "C509", []),
  ("악성 신생물", "양성 신생물", ["diagnosis-name major"]),
  ("2026-01-05", "2026-01-06", ["date major"]),
  ("2026-01-05", "2026년 1월 5일", []),
]

private let rows = (
  first: "암로디핀정 5 mg 1일 1회 경구\n", second: "로사르탄정 50 mg 1일 2회 경구\n"
)

@Suite struct HarmTests {
  @Test(arguments: specification.indices) func `a misreading has its class`(index: Int) {
    let (truth, reading, expected) = specification[index]
    #expect(page.text.contains(truth))
    let said = page.said(of: page.text.replacing(truth, with: reading, maxReplacements: 1))
    #expect(said == expected, "\(truth) read as \(reading)")
  }

  @Test func `another real test or disease is worse than a misspelled one`() {
    let lexicon = Lexicon(
      tests: ["Sodium", "Chloride"], diagnoses: ["유방의 악성 신생물", "유방의 양성 신생물"])
    func said(_ truth: String, _ reading: String) -> [String] {
      HarmScorer(lexicon: lexicon).findings(
        PagePrediction(text: page.text.replacing(truth, with: reading, maxReplacements: 1)),
        against: PageReference(text: page.text, fields: page.fields), type: nil, criticalFields: []
      ).map { "\($0.severity.rawValue) \($0.rule)" }
    }
    #expect(said("Sodium", "Chloride") == ["critical test-swapped"])
    #expect(said("Sodium", "Chlorido") == ["major test-name"])
    #expect(said("유방의 악성", "유방의 양성") == ["critical diagnosis-swapped"])
    #expect(said("유방의 악성", "유방의 약성") == ["major diagnosis-name"])
  }

  @Test func `a birthday, a day of the month and a disease invented have their class`() {
    let page = HarmPage(
      """
      주민등록번호 491207-2****** 성별/연령 여 / 7세
      생년월일 1958-08-24 진료과 내과
      [opinion:3월 11일 입원, 2년 전 수술. 1일 2회 복용.]
      진단 [diagnosis_code:E11.9]
      """)
    for (truth, reading, expected) in [
      ("1958-08-24", "1958-03-24", "patient-identifier critical"),
      ("07-2*", "07-1*", "patient-identifier critical"),
      ("/ 7세", "/ 1세", "patient-identifier critical"),
      ("08-24", "08-39", "patient-identifier critical"), ("11일", "17일", "date major"),
      ("1일 2회", "3일 2회", "frequency critical"), ("3월", "8월", "date major"),
      ("2년", "7년", "digit-change major"),
      ("E11.9", "E11.9\n부상병 위암 C16.9", "hallucinated critical"),
    ] {
      #expect(page.said(of: page.text.replacing(truth, with: reading)) == [expected], "\(reading)")
    }
  }

  @Test func `the page itself has no harm, however it is spaced`() {
    #expect(page.harms(of: page.text) == [])
    #expect(page.harms(of: page.text.replacing(" ", with: "  ").replacing("\n", with: " \n")) == [])
    #expect(page.harms(of: page.text.decomposedStringWithCanonicalMapping) == [])
  }

  @Test func `any other digit anywhere is at least major`() {
    let characters = Array(page.text)
    for place in characters.indices where characters[place].isASCII && characters[place].isNumber {
      var changed = characters
      changed[place] = characters[place] == "7" ? "2" : "7"
      #expect(
        page.harms(of: String(changed)).contains { $0.severity >= .major },
        "\(String(changed[max(0, place - 8)...place]))")
    }
  }

  @Test func `rows in another order are no error`() {
    let turned = page.text.replacing(rows.first + rows.second, with: rows.second + rows.first)
    #expect(turned != page.text)
    #expect(page.harms(of: turned) == [])
  }

  @Test func `a row that stands elsewhere keeps its flag`() {
    let sodium = "Sodium 140 mmol/L 136-145\n"
    let potassium = "Potassium 5.8 H mmol/L 3.5-5.1\n"
    func said(_ lines: String) -> [String] {
      page.said(of: page.text.replacing(sodium + potassium, with: lines))
    }
    #expect(said(potassium + sodium) == [])
    for flag in ["L ", ""] {
      let turned = potassium.replacing("H ", with: flag)
      #expect(said(turned + sodium) == ["flag-reversed critical"])
    }
  }

  @Test func `a page in full width is read as any other`() {
    func wide(_ text: String) -> String {
      var scalars = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x21...0x7e: scalars.append(Unicode.Scalar(scalar.value + 0xfee0)!)
        case 0x20: scalars.append("\u{3000}")
        default: scalars.append(scalar)
        }
      }
      return String(scalars)
    }
    #expect(page.harms(of: wide(page.text)) == [])
    let swapped = page.text.replacing(rows.first + rows.second, with: rows.second + rows.first)
      .replacing("500 mg", with: "50 mg")
    #expect(page.said(of: wide(swapped)) == ["decimal-shift critical"])
  }

  @Test func `two values in each other's rows are two critical errors`() {
    let swapped = "암로디핀정 50 mg 1일 1회 경구\n로사르탄정 5 mg 1일 2회 경구\n"
    let expected = ["row-swap critical", "row-swap critical"]
    #expect(page.said(of: page.text.replacing(rows.first + rows.second, with: swapped)) == expected)
    let turned = "로사르탄정 5 mg 1일 2회 경구\n암로디핀정 50 mg 1일 1회 경구\n"
    #expect(page.said(of: page.text.replacing(rows.first + rows.second, with: turned)) == expected)
  }

  @Test func `a row left out is one finding with its row`() {
    let found = page.harms(of: page.text.replacing(rows.second, with: ""))
    #expect(found.map(\.errorClass) == [.rowOmitted])
    #expect(found[0].severity == .critical && found[0].row == 2 && found[0].truth == "로사르탄정")
    #expect(found[0].reading == nil && found[0].rule == "drug-omitted")
  }

  @Test func `a row repeated or invented is found in the reading`() {
    let twice = page.text.replacing(rows.second, with: rows.second + rows.second)
    #expect(page.said(of: twice) == ["row-duplicated critical"])
    let later = page.text + "\n" + rows.first
    #expect(page.said(of: later) == ["row-duplicated critical"])
    for row in ["발사르탄정 80 mg 1일 1회 경구\n", "와파린정 5 mg 1일 1회 경구\n"] {
      let invented = page.text.replacing(rows.second, with: rows.second + row)
      #expect(page.said(of: invented) == ["hallucinated critical"], "\(row)")
    }
    #expect(page.said(of: page.text + "\n이상입니다") == ["free-text minor"])
  }

  @Test func `a model in a loop is counted once a line and comes to an end`() {
    let loop = page.text + "\n" + String(repeating: rows.first, count: 4000)
    #expect(page.said(of: loop) == ["row-duplicated critical"])
    let babble = (0..<3000).map { "와파린정 \($0 + 1) mg 1일 1회 경구" }.joined(separator: "\n")
    #expect(page.harms(of: page.text + "\n" + babble).count == HarmScorer.maximumFindings)
  }

  @Test func `findings say where and by how much`() {
    let found = page.harms(of: page.text.replacing("5 mg 1일 1회", with: "50 mg 1일 1회"))[0]
    #expect(found.field == "dose" && found.row == 1 && found.truth == "5 mg")
    #expect(found.reading == "50 mg" && found.rule == "dose-tenfold" && found.ratio == 1)
    let scalars = Array(page.text.unicodeScalars)[found.span!]
    #expect(String(String.UnicodeScalarView(scalars)) == "5 mg")
  }

  @Test func `a finding survives JSON, under the names of the schema`() throws {
    let found = page.harms(of: page.text.replacing("500 mg", with: "50 mg"))[0]
    let data = try JSONEncoder().encode(found)
    #expect(try JSONDecoder().decode(HarmFinding.self, from: data) == found)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["class"] as? String == "decimal-shift")
    #expect((object["span"] as? [Int])?.count == 2)
  }

  @Test func `a blank page that was read as orders is critical`() {
    let found = HarmScorer().findings(
      PagePrediction(text: "암로디핀정 5 mg 1일 1회 경구"), against: PageReference(text: ""), type: nil,
      criticalFields: [])
    #expect(found.map(\.errorClass) == [.hallucinated])
    #expect(found[0].severity == .critical)
  }

  @Test func `a page score brings its harms, and old scores none`() throws {
    let reference = PageReference(text: page.text, fields: page.fields)
    let score = PageScorer().score(
      PagePrediction(text: page.text.replacing("500 mg", with: "50 mg")), against: reference,
      type: .prescription, criticalFields: DocumentProfile.prescription.criticalFields)
    #expect(score.harms?.map(\.errorClass) == [.decimalShift])
    let old = """
      {"characters":{"hits":1,"substitutions":0,"deletions":0,"insertions":0},
       "words":{"hits":1,"substitutions":0,"deletions":0,"insertions":0},
       "clinical_words":{"hits":1,"substitutions":0,"deletions":0,"insertions":0},"fields":[]}
      """
    #expect(try JSONDecoder().decode(PageScore.self, from: Data(old.utf8)).harms == nil)
  }
}
