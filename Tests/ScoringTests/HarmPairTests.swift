import DocProfiles
import Scoring
import Testing

/// Class and severity of pairs whose harm hides inside a word or a second number.
@Suite struct HarmPairTests {
  private static let scorer = HarmScorer(
    lexicon: Lexicon(drugs: ["하이드랄라진정", "하이드록시진정", "로사르탄정", "발사르탄정"]))

  private func judged(_ kind: String, _ truth: String, _ reading: String) throws -> String {
    let pair = Self.scorer.explain(try ExplainCase(kind: kind, truth: truth, reading: reading))
    return "\(pair.errorClass?.rawValue ?? "equal") \(pair.severity?.rawValue ?? "-")"
  }

  @Test(arguments: [
    // Several numbers in one amount
    ("80/12.5 mg", "80/125 mg", "decimal-shift critical"),
    ("500 mg/5 mL", "500 mg/50 mL", "decimal-shift critical"),
    ("5-10 mg", "5-100 mg", "decimal-shift critical"),
    ("5-10 mg", "5~10 mg", "equal -"),
    ("1/2정", "0.5정", "equal -"),
    ("½정", "1/2정", "equal -"),
    ("1/2정", "1/4정", "dose-ratio critical"),
  ])
  func amounts(_ truth: String, _ reading: String, _ expected: String) throws {
    #expect(try judged("quantity", truth, reading) == expected)
  }

  @Test(arguments: [
    ("1일 1회 2정씩", "1일 1회 20정씩", "decimal-shift critical"),
    ("1일 3회 5mL", "1일 3회 50mL", "decimal-shift critical"),
    ("1일 3회", "1일 1회", "frequency critical"),
  ])
  func whatFollowsAFrequency(_ truth: String, _ reading: String, _ expected: String) throws {
    #expect(try judged("frequency", truth, reading) == expected)
  }

  @Test(arguments: [
    ("미검출", "검출", "negation-flip critical"),
    ("없음", "있음", "negation-flip critical"),
    ("Non-reactive", "Reactive", "negation-flip critical"),
    ("음성(-)", "양성(+)", "negation-flip critical"),
    ("Negative (0.1)", "Positive (0.1)", "negation-flip critical"),
    ("1:320", "음성", "negation-flip critical"),
    ("음성", "(-)", "rewritten benign"),
    ("5.8 H", "5.8 L", "flag-reversed critical"),
    ("5.8 H", "5.8", "flag-reversed critical"),
    ("5.8 H", "58 H", "decimal-shift critical"),
  ])
  func results(_ truth: String, _ reading: String, _ expected: String) throws {
    #expect(try judged("lab-value", truth, reading) == expected)
  }

  @Test(arguments: [
    ("우신 결석", "좌신 결석", "laterality critical"),
    ("R knee pain", "L knee pain", "laterality critical"),
    ("RUL nodule", "LUL nodule", "laterality critical"),
    ("OD 0.8", "OS 0.8", "laterality critical"),
    ("비흡연", "흡연", "negation-flip critical"),
    ("수술 불필요", "수술 필요", "negation-flip critical"),
    ("알레르기 무", "알레르기 유", "negation-flip critical"),
    ("흡연 안 함", "흡연 함", "negation-flip critical"),
    ("doesn't smoke", "does smoke", "negation-flip critical"),
    ("HBsAg -", "HBsAg +", "negation-flip critical"),
    ("우유를 마심", "우유를 마심", "equal -"),
  ])
  func words(_ truth: String, _ reading: String, _ expected: String) throws {
    #expect(try judged("free-text", truth, reading) == expected)
  }

  @Test(arguments: [
    ("하이드랄라진정", "하이드록시진점", "drug-swap critical"),
    ("발사르탄정", "로사르탄점", "drug-swap critical"),
    ("발사르탄정", "발사르탄점", "drug-name major"),
  ])
  func namesNearerToAnotherDrug(_ truth: String, _ reading: String, _ expected: String) throws {
    #expect(try judged("drug", truth, reading) == expected)
  }

  @Test(arguments: [
    ("Sodium 149 H 136-145", "Sodium 149 136-145", "flag-reversed critical"),
    ("Sodium 149 136-145", "Sodium 149 H 136-145", "flag-reversed critical"),
    ("K 4.1 mmol/L (3.5-5.1)", "K 4.1 mmol/L (3.5-51)", "reference-range major"),
    ("K 4.1 mmol/L 3.5 - 5.1", "K 4.1 mmol/L 3.5 - 51", "reference-range major"),
    ("K 4.1 mmol/L (3.5-5.1)", "K 4.1 mmol/L 3.5 - 5.1", "equal -"),
    ("HBsAg 음성", "HBsAg 양성", "negation-flip critical"),
  ])
  func laboratoryRows(_ truth: String, _ reading: String, _ expected: String) throws {
    #expect(try judged("lab-row", truth, reading) == expected)
  }
}

/// JSON as models wrap it.
@Suite struct WrappedJSONTests {
  private static let page = HarmPage("[drug_name:로사르탄정] [dose:50 mg] [route:경구]")

  @Test(arguments: [
    "Here is the result:\n```json\nJSON\n```\nI hope this helps.",
    "<think>two {brackets} here</think>\nJSON", "\u{feff}JSON", "JSON", "The rows: JSON",
  ])
  func isRead(_ wrapping: String) {
    let json = #"[{"drug_name": "로사르탄정", "dose": "50 mg", "route": "경구"}]"#
    #expect(Self.page.said(of: wrapping.replacing("JSON", with: json)) == [])
    #expect(
      Self.page.said(of: wrapping.replacing("JSON", with: json.replacing("50", with: "5")))
        == ["decimal-shift critical"])
  }

  @Test func aSecondRouteBesideTheRightOneIsAnotherOrder() {
    let findings = Self.page.said(of: Self.page.text + " 또는 정맥주사")
    #expect(findings.contains("hallucinated critical"), "\(findings)")
  }
}
