import DocProfiles
import Scoring

/// Times the judge: a thousand pages with a table of five drugs each, every third read with errors,
/// harm and severity included. Prints one JSON object.
@main
struct ScoringSpeed {
  static func main() {
    let pages = (0..<1000).map(Page.init)
    let scorer = PageScorer(harms: HarmScorer(lexicon: Lexicon(drugs: Set(Page.drugs))))
    let profile = DocumentProfile.prescription
    var findings = 0
    var best = Duration.seconds(1_000_000)
    // The first round also pays for tables that are made once.
    for _ in 0..<5 {
      let clock = ContinuousClock()
      findings = 0
      let taken = clock.measure {
        for page in pages {
          let score = scorer.score(
            PagePrediction(text: page.reading), against: page.truth, type: profile.type,
            criticalFields: profile.criticalFields)
          findings += score.harms?.count ?? 0
        }
      }
      best = min(best, taken)
    }
    let seconds = Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
    print(
      "{\"pages\":\(pages.count),\"rows_per_page\":5,\"findings\":\(findings),\"seconds\":\(seconds)}"
    )
  }
}

/// A prescription of five rows, and what was read of it.
private struct Page {
  static let drugs = [
    "암로디핀정", "로사르탄정", "메트포르민정", "아토르바스타틴정", "클로피도그렐정", "에소메프라졸캡슐", "레보티록신정",
    "푸로세미드정", "프레가발린캡슐", "세티리진정", "발사르탄정", "비소프롤롤정",
  ]

  var truth: PageReference
  var reading: String

  init(_ number: Int) {
    var text = "처 방 전\n환자 성명 박정자\n등록번호: \(90_000_000 + number * 7919)\n약품명 용량 횟수 경로\n"
    var fields: [ReferenceField] = []
    for row in 1...5 {
      let pick = number &* 31 &+ row &* 7
      let cells: [(String, FieldKind, String)] = [
        ("drug_name", .drugName, Self.drugs[(number + row * 5) % Self.drugs.count]),
        ("dose", .quantity, "\([5, 10, 20, 50, 100, 500][pick % 6]) mg"),
        ("frequency", .frequency, "1일 \(pick % 3 + 1)회"), ("route", .route, "경구"),
      ]
      for (place, (name, kind, value)) in cells.enumerated() {
        if place > 0 { text += " " }
        let start = text.unicodeScalars.count
        text += value
        fields.append(
          ReferenceField(
            name: name, kind: kind, value: value, row: row, span: start..<text.unicodeScalars.count)
        )
      }
      text += "\n"
    }
    text += "조제시 참고사항: 출혈이 없는지 확인할 것.\n교부일: 2026-03-\(10 + number % 19)"
    truth = PageReference(text: text, fields: fields)
    switch number % 6 {
    case 0: reading = text.replacing("0 mg", with: "00 mg", maxReplacements: 1)
    case 3: reading = text.replacing("정 ", with: "점 ", maxReplacements: 2)
    default: reading = text
    }
  }
}
