import Boundary
import DocProfiles
import Foundation
import Scoring
import Testing

/// Pins the scores of many texts, and the bounds of many samples, to `PageScorer.version`.
@Suite struct ScorerVersionTests {
  /// Raise the version when this fails because a score was meant to change, and pin the digest that
  /// the failure prints. A version that was released is never pinned anew.
  @Test func noScoreChangesWithoutTheVersion() throws {
    let digest = try digest()
    #expect(PageScorer.version == "2")
    #expect(digest == "040b60cae2134de76c92c551aff96c4cf6acd596d14ab386f63a784d3333347f")
  }

  @Test func anotherSeverityOrLexiconIsAnotherHash() throws {
    let built = SeverityRules.builtIn.hash
    #expect(built == SeverityRules.builtIn.hash && built.count == 64)
    #expect(HarmScorer().lexiconHash != HarmScorer(lexicon: Lexicon(drugs: ["암로디핀정"])).lexiconHash)
    #expect(
      HarmScorer(lexicon: Lexicon(drugs: ["암로디핀정", "아스피린"])).lexiconHash
        == HarmScorer(lexicon: Lexicon(drugs: ["아스피린", "암로디핀정"])).lexiconHash)
  }

  private func digest() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let scorer = PageScorer(harms: HarmScorer(lexicon: Lexicon(drugs: HarmPage.drugs)))
    var checksum = Checksum(.sha256)
    for page in Self.pages {
      for reading in Self.readings(of: page.text) {
        let score = scorer.score(
          PagePrediction(text: reading),
          against: PageReference(text: page.text, fields: page.fields), type: .labResult,
          criticalFields: page.fields.map { CriticalField($0.name, $0.name, $0.kind) })
        checksum.update(Array(try encoder.encode(score)))
      }
    }
    for line in Self.bounds() { checksum.update(Array(line.utf8)) }
    return checksum.hexadecimal()
  }

  private static let pages = [
    HarmPage(
      """
      환자명 [patient_name:서채원] 발행일 [issue_date:2026-01-05]
      [drug_name:암로디핀정] [dose:5 mg] [frequency:1일 1회] [route:경구]
      [drug_name:로사르탄정] [dose:50 mg] [frequency:1일 2회] [route:경구]
      진단 [diagnosis_name:본태성 고혈압] [diagnosis_code:I10]
      """),
    HarmPage(
      """
      [test_name:Sodium] [value:140] [unit:mmol/L] [reference_range:136-145]
      [test_name:Potassium] [value:5.8] H [unit:mmol/L] [reference_range:3.5-5.1]
      [test_name:CRP] [value:<0.5] [unit:mg/dL] [reference_range:<0.50]
      [opinion:우측 유방암, 전이는 없음. 아스피린 100 mg 복용, HBsAg 음성.]
      """),
  ]

  /// Each page with each edit, one at a time: every class of error, and rewrites that are none.
  private static func readings(of text: String) -> [String] {
    let edits = [
      ("5 mg", "50 mg"), ("5 mg", "5.0mg"), ("5 mg", "5 µg"), ("50 mg", "0.05 g"),
      ("50 mg", "60 mg"), ("1일 2회", "1일 1회"), ("1일 2회", "bid"), ("경구", "정맥주사"),
      ("로사르탄정", "발사르탄정"), ("암로디핀정", "암로더핀정"), ("I10", "I11"), ("2026-01-05", "2026.1.5"),
      ("2026-01-05", "2026-01-06"), ("서채원", "서재원"), ("140", "14.0"), ("140", "149"),
      ("5.8 H", "5.8"), ("5.8", "5,8"), ("<0.5 ", ">0.5 "), ("136-145", "136~145"),
      ("우측", "좌측"), ("없음", "있음"), ("음성", "양성"), ("Potassium", "Sodium"), ("\n", " "),
      ("mmol/L", "mmoI/L"), ("100 mg", "10 mg"),
    ]
    let edited = edits.map { text.replacingOccurrence(of: $0, with: $1) }
    let lines = text.split(separator: "\n")
    return [
      text, "", text + "\n" + text, lines.dropLast().joined(separator: "\n"),
      lines.reversed().joined(separator: "\n"),
    ] + edited
  }

  /// To nine digits: the last of a logarithm is each machine's own.
  private static func bounds() -> [String] {
    let shares = (0..<40).map { (index: Int) -> ErrorShare in
      let (errors, size) = (index * index % 7, 5 + index % 3)
      return ErrorShare(errors: Double(errors), size: Double(size))
    }
    let others = shares.map { ErrorShare(errors: $0.errors / 2, size: $0.size) }
    let all: [Bounds?] = [
      DocumentBootstrap.bounds(of: shares, within: 0...1, confidence: 0.95, draws: 200),
      DocumentBootstrap.difference(
        from: shares, to: others, atMost: 1, confidence: 0.9, draws: 200),
      ProportionBounds.of(3, of: 50, confidence: 0.95),
      ProportionBounds.clustered(shares, confidence: 0.95)?.bounds,
      PercentileBounds.bounds(
        of: shares.map(\.errors), percentile: 0.95, confidence: 0.9),
    ]
    return all.map { bounds in
      [bounds?.lower, bounds?.upper].map { $0.map { String(format: "%.9g", $0) } ?? "none" }
        .joined(separator: " ")
    }
  }
}

extension String {
  fileprivate func replacingOccurrence(of text: String, with other: String) -> String {
    guard let range = range(of: text) else { return self }
    return replacingCharacters(in: range, with: other)
  }
}
